package io.booklake.read;

import io.booklake.table.ColumnRange;
import io.booklake.table.ColumnValues;

/**
 * What a row must hold in one column to be read.
 *
 * @param column its name
 * @param min smallest value, of the Java type that the column has: Long, Integer, Double or String
 * @param max largest value, inclusive
 * @param orNull whether NULL will do too
 */
record Condition(String column, Comparable<?> min, Comparable<?> max, boolean orNull) {

  static Condition equal(String column, Comparable<?> value) {
    return new Condition(column, value, value, false);
  }

  static Condition atLeast(String column, long min) {
    return new Condition(column, min, Long.MAX_VALUE, false);
  }

  static Condition atMost(String column, long max) {
    return new Condition(column, Long.MIN_VALUE, max, false);
  }

  /** Whether rows of which the column holds {@code range} may meet this. */
  boolean mayHold(ColumnRange range) {
    return range == null
        || (orNull && range.nulls() > 0)
        || (range.min() != null
            && compare(range.min(), max) <= 0
            && compare(range.max(), min) >= 0);
  }

  /** Whether rows of which the column holds {@code range} surely all meet this. */
  boolean holds(ColumnRange range) {
    return range != null
        && range.min() != null
        && (orNull || range.nulls() == 0)
        && compare(range.min(), min) >= 0
        && compare(range.max(), max) <= 0;
  }

  /** A column's range has the type of its values. */
  @SuppressWarnings("unchecked")
  private static int compare(Comparable<?> left, Comparable<?> right) {
    return ((Comparable<Object>) left).compareTo(right);
  }

  /** Whether a row meets this. */
  boolean holds(ColumnValues values, int row) {
    if (values.isNull(row)) {
      return orNull;
    }
    return switch (values.column.type()) {
      case LONG, TIMESTAMP -> {
        long value = values.longs[row];
        yield value >= (Long) min && value <= (Long) max;
      }
      case INT, DATE -> values.ints[row] >= (Integer) min && values.ints[row] <= (Integer) max;
      case DOUBLE ->
          Double.compare(values.doubles[row], (Double) min) >= 0
              && Double.compare(values.doubles[row], (Double) max) <= 0;
      case STRING ->
          values.strings[row].compareTo((String) min) >= 0
              && values.strings[row].compareTo((String) max) <= 0;
      default -> throw new IllegalArgumentException(column + " is no column to search by");
    };
  }
}
