package io.booklake.aggregate;

import io.booklake.format.lobster.EventBatch;
import io.booklake.table.ColumnBatch;
import io.booklake.table.ColumnValues;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/** What an aggregation made, to look at. */
final class AggregatedRows {
  private final List<Map<String, Object>> rows = new ArrayList<>();

  private AggregatedRows() {}

  /** One aggregation over one ticker-day. */
  static AggregatedRows of(Aggregation aggregation, Session session, List<EventBatch> events) {
    aggregation.begin(session);
    events.forEach(aggregation::add);
    AggregatedRows made = new AggregatedRows();
    ColumnBatch batch = aggregation.end();
    for (int row = 0; row < batch.rows; row++) {
      Map<String, Object> values = new LinkedHashMap<>();
      for (ColumnValues column : batch.columns()) {
        values.put(column.column.name(), value(column, row));
      }
      made.rows.add(values);
    }
    return made;
  }

  private static Object value(ColumnValues column, int row) {
    if (column.isNull(row)) {
      return null;
    }
    return switch (column.column.type()) {
      case LONG, TIMESTAMP -> column.longs[row];
      case INT -> column.ints[row];
      case DATE -> LocalDate.ofEpochDay(column.ints[row]);
      case DOUBLE -> column.doubles[row];
      case BOOLEAN -> column.booleans[row];
      case STRING -> column.strings[row];
      case STRING_TO_LONG, STRING_TO_DOUBLE, STRING_TO_STRING -> column.maps[row];
    };
  }

  /** These rows, then others. */
  AggregatedRows and(AggregatedRows others) {
    AggregatedRows both = new AggregatedRows();
    both.rows.addAll(rows);
    both.rows.addAll(others.rows);
    return both;
  }

  /** The rows that have a value in a column. */
  AggregatedRows where(String column, Object value) {
    AggregatedRows found = new AggregatedRows();
    rows.stream().filter(row -> Objects.equals(row.get(column), value)).forEach(found.rows::add);
    return found;
  }

  /** Sum of a column of whole numbers, by the value of another. */
  Map<Object, Long> sums(String by, String column) {
    return rows.stream()
        .collect(
            Collectors.groupingBy(
                row -> row.get(by), Collectors.summingLong(row -> (Long) row.get(column))));
  }

  /**
   * Rows as lines of values with a space between, for comparison by eye; ordered by the columns
   * that are shown.
   */
  static List<String> lines(AggregatedRows made, String columns) {
    List<String> shown = List.of(columns.split(" ", -1));
    return made.rows.stream()
        .map(row -> shown.stream().map(column -> value(row, column)).toList())
        .sorted(AggregatedRows::compare)
        .map(values -> values.stream().map(String::valueOf).collect(Collectors.joining(" ")))
        .toList();
  }

  /** A word in place of null, which a list of values cannot hold. */
  private static Object value(Map<String, Object> row, String column) {
    if (!row.containsKey(column)) {
      throw new IllegalArgumentException("no column " + column);
    }
    Object value = row.get(column);
    return value == null ? "null" : value;
  }

  @SuppressWarnings("unchecked")
  private static int compare(List<Object> left, List<Object> right) {
    for (int i = 0; i < left.size(); i++) {
      Object a = left.get(i);
      Object b = right.get(i);
      int order =
          a.getClass() == b.getClass()
              ? ((Comparable<Object>) a).compareTo(b)
              : Comparator.<Boolean>reverseOrder().compare(a.equals("null"), b.equals("null"));
      if (order != 0) {
        return order;
      }
    }
    return 0;
  }
}
