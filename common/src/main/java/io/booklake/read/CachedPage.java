package io.booklake.read;

import io.booklake.table.ColumnType;
import io.booklake.table.ColumnValues;

/**
 * The values of a page as the cache keeps them: whole numbers as what they exceed the least of them
 * by, in two bytes or four where that is enough. So more pages fit, and the garbage collector has
 * less to move while the cache fills.
 */
final class CachedPage {
  private static final int OBJECT_BYTES = 96;
  private static final int REFERENCE_BYTES = 4;
  private static final long SHORT_SPAN = 1L << Short.SIZE;
  private static final long INT_SPAN = 1L << Integer.SIZE;

  /** Whose numbers may stand in one of the following. */
  private final ColumnValues values;

  private final int rows;
  private long least;
  private char[] shorts;
  private int[] ints;

  /** Takes decoded values, which are its own from now on. */
  CachedPage(ColumnValues values) {
    this.values = values;
    rows = values.isNull.length;
    if (!values.hasNulls) {
      values.isNull = null;
    }
    if (isLong(values.column.type()) && rows > 0) {
      pack();
    }
  }

  private static boolean isLong(ColumnType type) {
    return type == ColumnType.LONG || type == ColumnType.TIMESTAMP;
  }

  private void pack() {
    long[] longs = values.longs;
    long most = longs[0];
    least = longs[0];
    for (long each : longs) {
      least = Math.min(least, each);
      most = Math.max(most, each);
    }
    long span = most - least;
    if (span >= 0 && span < SHORT_SPAN) {
      shorts = new char[rows];
      for (int row = 0; row < rows; row++) {
        shorts[row] = (char) (longs[row] - least);
      }
      values.longs = null;
    } else if (span >= 0 && span < INT_SPAN) {
      ints = new int[rows];
      for (int row = 0; row < rows; row++) {
        ints[row] = (int) (longs[row] - least);
      }
      values.longs = null;
    }
  }

  int rows() {
    return rows;
  }

  /** About how much memory it takes. */
  int weight() {
    int width = values.isNull == null ? 0 : 1;
    if (shorts != null) {
      width += Short.BYTES;
    } else if (ints != null) {
      width += Integer.BYTES;
    } else {
      width +=
          switch (values.column.type()) {
            case LONG, TIMESTAMP, DOUBLE -> Long.BYTES;
            case INT, DATE -> Integer.BYTES;
            case BOOLEAN -> 1;
            default -> REFERENCE_BYTES;
          };
    }
    return OBJECT_BYTES + rows * width;
  }

  boolean isNull(int row) {
    return values.isNull(row);
  }

  ColumnType type() {
    return values.column.type();
  }

  /** A value of LONG or TIMESTAMP. */
  long longAt(int row) {
    if (shorts != null) {
      return least + shorts[row];
    }
    return ints != null ? least + Integer.toUnsignedLong(ints[row]) : values.longs[row];
  }

  /** A value of INT or DATE. */
  int intAt(int row) {
    return values.ints[row];
  }

  /** A value of STRING. */
  String stringAt(int row) {
    return values.strings[row];
  }

  /**
   * Gives {@code count} rows of another column, from {@code to} on, the values from {@code from}
   * on.
   */
  void copyTo(ColumnValues target, int from, int to, int count) {
    if (shorts == null && ints == null) {
      target.copy(values, from, to, count);
      return;
    }
    for (int i = 0; i < count; i++) {
      target.longs[to + i] = longAt(from + i);
    }
    if (values.hasNulls) {
      System.arraycopy(values.isNull, from, target.isNull, to, count);
      target.hasNulls = true;
    }
  }
}
