package io.booklake.job;

import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.struct;

import io.booklake.model.TickerDay;
import io.booklake.verify.CheckResult;
import io.booklake.verify.DayChecks;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.functions;

/**
 * Brings rows of several tables to the checks of their ticker-day, in an order that goes across the
 * tables. Spark's sort spills to disk, so that memory is bounded whatever the day.
 *
 * @param <C> the checks of one ticker-day
 */
final class MergedRows<C extends DayChecks> {
  private static final List<String> POSITION =
      List.of("position_0", "position_1", "position_2", "position_3");
  private static final int PART = RowValues.KEY.size() + POSITION.size();

  /** Before every event and every order. */
  private static final String FIRST = "-9223372036854775807L";

  /** Behind every event. */
  static final String LAST = "9223372036854775807L";

  /** Hands a row on. */
  @FunctionalInterface
  interface Taker<C> extends Serializable {
    void take(C checks, InternalRow values);
  }

  /** Makes the checks of a ticker-day. */
  @FunctionalInterface
  interface Begin<C> extends Serializable {
    C begin(TickerDay day);
  }

  /**
   * One of the tables.
   *
   * @param rows with the columns of the key
   * @param columns that are needed, in the order in which {@code taker} finds them
   * @param position four whole numbers, as expressions, by which the rows of a day are sorted
   */
  record Part<C>(Dataset<Row> rows, List<String> columns, List<String> position, Taker<C> taker) {}

  private final TickerDayTables days;
  private final List<Part<C>> parts = new ArrayList<>();

  /** Begins with the keys alone, so that a day is checked of which a table holds no row. */
  MergedRows(TickerDayTables days) {
    this.days = days;
    parts.add(
        new Part<>(
            days.keys(), RowValues.KEY, List.of(FIRST, "0", "0", "0"), (checks, values) -> {}));
  }

  MergedRows<C> with(
      Dataset<Row> rows, List<String> columns, List<String> position, Taker<C> taker) {
    parts.add(new Part<>(rows, columns, position, taker));
    return this;
  }

  /** Does it, a ticker-day after the other in each of Spark's tasks. */
  List<CheckResult> check(Begin<C> begin) {
    Feed<C> feed = new Feed<>(parts, begin);
    return IntStream.range(0, parts.size())
        .mapToObj(part -> parts.get(part).rows.select(columns(part)))
        .reduce(Dataset::union)
        .orElseThrow()
        .repartition(days.days().size(), named(RowValues.KEY))
        .sortWithinPartitions(
            named(Stream.concat(RowValues.KEY.stream(), POSITION.stream()).toList()))
        .queryExecution()
        .toRdd()
        .toJavaRDD()
        .mapPartitions(feed::check)
        .collect();
  }

  private Column[] columns(int part) {
    List<Column> columns = new ArrayList<>(List.of(named(RowValues.KEY)));
    for (int i = 0; i < POSITION.size(); i++) {
      columns.add(expr(parts.get(part).position.get(i)).cast("bigint").as(POSITION.get(i)));
    }
    columns.add(lit(part).as("part"));
    for (int other = 0; other < parts.size(); other++) {
      columns.add(values(parts.get(other), other == part).as("values_" + other));
    }
    return columns.toArray(Column[]::new);
  }

  private static Column values(Part<?> part, boolean own) {
    Column values = struct(named(part.columns));
    return own ? values : lit(null).cast(part.rows.select(values).schema().apply(0).dataType());
  }

  private static Column[] named(List<String> names) {
    return names.stream().map(functions::col).toArray(Column[]::new);
  }

  /** What runs inside of tasks. */
  private static final class Feed<C extends DayChecks> implements Serializable {
    private final List<Taker<C>> takers = new ArrayList<>();
    private final int[] widths;
    private final Begin<C> begin;

    Feed(List<Part<C>> parts, Begin<C> begin) {
      parts.forEach(part -> takers.add(part.taker));
      widths = parts.stream().mapToInt(part -> part.columns.size()).toArray();
      this.begin = begin;
    }

    Iterator<CheckResult> check(Iterator<InternalRow> rows) throws IOException {
      List<CheckResult> results = new ArrayList<>();
      C checks = null;
      try {
        while (rows.hasNext()) {
          InternalRow row = rows.next();
          int part = row.getInt(PART);
          if (part == 0) {
            end(checks, results);
            checks = begin.begin(RowValues.tickerDay(row));
          } else {
            takers.get(part).take(checks, row.getStruct(PART + 1 + part, widths[part]));
          }
        }
        end(checks, results);
        return results.iterator();
      } finally {
        if (checks != null) {
          checks.close();
        }
      }
    }

    private static void end(DayChecks checks, List<CheckResult> results) throws IOException {
      if (checks != null) {
        results.addAll(checks.results());
        checks.close();
      }
    }
  }
}
