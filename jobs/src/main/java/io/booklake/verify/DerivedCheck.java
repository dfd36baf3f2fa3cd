package io.booklake.verify;

import io.booklake.aggregate.Aggregation;
import io.booklake.aggregate.Candles;
import io.booklake.aggregate.DepthMetrics;
import io.booklake.aggregate.VolumeProfile;
import io.booklake.format.lobster.EventBatch;
import io.booklake.model.PriceBin;
import io.booklake.model.SliceSpec;
import io.booklake.table.ColumnBatch;
import io.booklake.table.ColumnValues;
import io.booklake.table.Table;
import io.booklake.table.TableCatalog;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Checks a derived table: its rows are computed again from the events as they are in the lake, and
 * each must be the same in every column.
 */
final class DerivedCheck {
  private static final String EMPTY_BARS = "+empty";

  private final Published published;
  private final Table table;

  /** What places a row among those of its spec. */
  private final List<String> position;

  private final Verdict verdict;
  private final Map<String, Expected> expected = new TreeMap<>();

  /** The rows of one spec. */
  private static final class Expected {
    final Aggregation aggregation;
    ColumnBatch rows;
    int next;

    Expected(Aggregation aggregation) {
      this.aggregation = aggregation;
    }

    ColumnBatch rows() {
      if (rows == null) {
        rows = aggregation.end();
      }
      return rows;
    }
  }

  /**
   * Begins a ticker-day.
   *
   * @param table that is checked; the check has the same name
   * @param position columns by which rows of one spec come in order
   */
  DerivedCheck(Published published, Table table, List<String> position) {
    this.published = published;
    this.table = table;
    this.position = position;
    verdict = new Verdict(published.tickerDay(), table.name());
    for (String name : published.derived().getOrDefault(table.name(), Set.of())) {
      try {
        Aggregation aggregation = aggregation(name);
        aggregation.begin(published.session());
        expected.put(name.replace(EMPTY_BARS, ""), new Expected(aggregation));
      } catch (IllegalArgumentException e) {
        verdict.differs("ticker_days: " + table.name() + " holds '" + name + "': " + e);
      }
    }
  }

  private Aggregation aggregation(String name) {
    if (table.equals(TableCatalog.CANDLES)) {
      return new Candles(SliceSpec.bar(name.replace(EMPTY_BARS, "")), name.endsWith(EMPTY_BARS));
    }
    if (table.equals(TableCatalog.DEPTH_METRICS)) {
      return new DepthMetrics(SliceSpec.grid(name));
    }
    int bin = name.indexOf('@');
    return new VolumeProfile(
        SliceSpec.window(name.substring(0, Math.max(bin, 0))),
        PriceBin.parse(name.substring(bin + 1)));
  }

  /** The next events. */
  void add(EventBatch events) {
    if (verdict.failed()) {
      return;
    }
    for (Expected each : expected.values()) {
      try {
        each.aggregation.add(events);
      } catch (ArithmeticException e) {
        cannotCompute(e);
      }
    }
  }

  /** Sizes that nobody has may sum up to what does not fit, or to nothing to divide by. */
  private void cannotCompute(ArithmeticException e) {
    verdict.differs(table.name() + " cannot be computed from the events: " + e.getMessage());
  }

  /** A row of the table, by position and behind all events. */
  void row(DerivedRow found) {
    verdict.row();
    Expected of = expected.get(found.spec());
    // What the ledger does not speak of is not published.
    if (verdict.failed() || of == null) {
      return;
    }
    try {
      compare(found, of);
    } catch (ArithmeticException e) {
      cannotCompute(e);
    }
  }

  private void compare(DerivedRow found, Expected of) {
    ColumnBatch rows = of.rows();
    if (of.next == rows.rows) {
      verdict.differs(
          table.name() + ", " + found.spec() + ": a row more than the " + rows.rows + " expected");
      return;
    }
    int row = of.next++;
    int key = TableCatalog.KEY.size();
    for (int i = 0; i < found.values().size(); i++) {
      ColumnValues column = rows.columns().get(key + i);
      Object wanted = value(column, row);
      if (!Objects.equals(found.values().get(i), wanted)) {
        verdict.differs(
            place(found.spec(), rows, row)
                + ": "
                + column.column.name()
                + " found "
                + found.values().get(i)
                + ", expected "
                + wanted
                + " as computed from messages and depth");
        return;
      }
    }
  }

  private String place(String spec, ColumnBatch rows, int row) {
    return table.name()
        + ", "
        + spec
        + position.stream()
            .map(name -> ", " + name + " " + value(rows.column(name), row))
            .collect(Collectors.joining());
  }

  private static Object value(ColumnValues values, int row) {
    if (values.isNull(row)) {
      return null;
    }
    return switch (values.column.type()) {
      case BOOLEAN -> values.booleans[row];
      case INT, DATE -> values.ints[row];
      case LONG, TIMESTAMP -> values.longs[row];
      case DOUBLE -> values.doubles[row];
      case STRING -> values.strings[row];
      default -> throw new IllegalArgumentException(values.column.name() + " is a map");
    };
  }

  /**
   * Ends the ticker-day.
   *
   * @param isWhole whether all events were handed on
   */
  CheckResult result(boolean isWhole) {
    if (!published.has(table.name())) {
      return CheckResult.skipped(
          published.tickerDay(), table.name(), table.name() + " does not hold it");
    }
    if (!isWhole) {
      return CheckResult.skipped(published.tickerDay(), table.name(), RowCheck.NOT_WHOLE);
    }
    expected.forEach(this::mustBeComplete);
    return verdict.result();
  }

  private void mustBeComplete(String spec, Expected of) {
    if (verdict.failed()) {
      return;
    }
    try {
      ColumnBatch rows = of.rows();
      if (of.next < rows.rows) {
        verdict.differs(place(spec, rows, of.next) + ": no such row");
      }
    } catch (ArithmeticException e) {
      cannotCompute(e);
    }
  }
}
