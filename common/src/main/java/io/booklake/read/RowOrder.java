package io.booklake.read;

import io.booklake.table.ColumnBatch;
import io.booklake.table.ColumnValues;
import io.booklake.table.Table;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * How a table's rows of a ticker-day are ordered.
 *
 * @param columns by which, the first one first
 */
record RowOrder(List<String> columns) {
  static RowOrder of(Table table) {
    return new RowOrder(
        table.sortColumns().stream().filter(name -> !TickerDayRows.isKey(name)).toList());
  }

  /** The column by which rows are ordered before all others. */
  String first() {
    return columns.get(0);
  }

  /** What orders a row, to be compared by {@link #compare}. */
  List<Comparable<Object>> key(ColumnBatch rows, int row) {
    return columns.stream().map(name -> comparable(value(rows.column(name), row))).toList();
  }

  @SuppressWarnings("unchecked")
  static Comparable<Object> comparable(Object value) {
    return (Comparable<Object>) value;
  }

  private static Object value(ColumnValues values, int row) {
    return switch (values.column.type()) {
      case LONG, TIMESTAMP -> values.longs[row];
      case INT, DATE -> values.ints[row];
      case DOUBLE -> values.doubles[row];
      case STRING -> values.strings[row];
      default ->
          throw new IllegalArgumentException("no table is ordered by " + values.column.name());
    };
  }

  static int compare(List<Comparable<Object>> left, List<Comparable<Object>> right) {
    for (int i = 0; i < left.size(); i++) {
      int order = left.get(i).compareTo(right.get(i));
      if (order != 0) {
        return order;
      }
    }
    return 0;
  }

  /** In order even where files overlap, as they may where jobs replaced some bars of a day. */
  ColumnBatch sorted(ColumnBatch rows) {
    List<List<Comparable<Object>>> keys =
        IntStream.range(0, rows.rows).mapToObj(row -> key(rows, row)).toList();
    boolean isSorted =
        IntStream.range(1, rows.rows).allMatch(i -> compare(keys.get(i - 1), keys.get(i)) <= 0);
    if (isSorted) {
      return rows;
    }
    Integer[] places = IntStream.range(0, rows.rows).boxed().toArray(Integer[]::new);
    Arrays.sort(places, Comparator.comparing(keys::get, RowOrder::compare));
    ColumnBatch sorted = new ColumnBatch(rows.table(), rows.rows);
    for (int place : places) {
      copy(rows, place, sorted);
    }
    return sorted;
  }

  /** Copies a row behind those of a batch that has room for it. */
  static void copy(ColumnBatch source, int row, ColumnBatch target) {
    for (int i = 0; i < source.columns().size(); i++) {
      target.columns().get(i).copy(source.columns().get(i), row, target.rows, 1);
    }
    target.rows++;
  }
}
