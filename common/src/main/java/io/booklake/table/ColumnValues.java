package io.booklake.table;

import java.util.Arrays;
import java.util.Map;

/**
 * The values of one column for the rows of a {@link ColumnBatch}: one array by the column's type,
 * and which of them are NULL.
 *
 * <p>Fields are public because writers and readers of files run over them in their inner loops. The
 * arrays may be replaced by those of whoever has the values already, so that nothing is copied.
 */
public final class ColumnValues {
  /** Which column. */
  public final Column column;

  /** Whether any row is NULL; where it is false {@link #isNull} says nothing. */
  public boolean hasNulls;

  /** By row: true where there is no value. */
  public boolean[] isNull;

  /** Values of {@link ColumnType#LONG}, and of TIMESTAMP as microseconds since 1970 in UTC. */
  public long[] longs;

  /** Values of {@link ColumnType#INT}, and of DATE as days since 1970. */
  public int[] ints;

  /** Values of {@link ColumnType#DOUBLE}. */
  public double[] doubles;

  /** Values of {@link ColumnType#BOOLEAN}. */
  public boolean[] booleans;

  /** Values of {@link ColumnType#STRING}. */
  public String[] strings;

  /** Values of the types that map names. */
  public Map<String, ?>[] maps;

  /**
   * Rows, rising, whose value may differ from that of the row before, the first row among them;
   * null where whoever filled the column does not know.
   */
  public int[] changes;

  /** How many there are. */
  public int changeCount;

  /** No value yet, and room for {@code capacity} of them. */
  @SuppressWarnings("unchecked")
  public ColumnValues(Column column, int capacity) {
    this.column = column;
    isNull = new boolean[capacity];
    switch (column.type()) {
      case LONG, TIMESTAMP -> longs = new long[capacity];
      case INT, DATE -> ints = new int[capacity];
      case DOUBLE -> doubles = new double[capacity];
      case BOOLEAN -> booleans = new boolean[capacity];
      case STRING -> strings = new String[capacity];
      case STRING_TO_LONG, STRING_TO_DOUBLE, STRING_TO_STRING ->
          maps = (Map<String, ?>[]) new Map<?, ?>[capacity];
    }
  }

  void grow(int capacity) {
    isNull = Arrays.copyOf(isNull, capacity);
    switch (column.type()) {
      case LONG, TIMESTAMP -> longs = Arrays.copyOf(longs, capacity);
      case INT, DATE -> ints = Arrays.copyOf(ints, capacity);
      case DOUBLE -> doubles = Arrays.copyOf(doubles, capacity);
      case BOOLEAN -> booleans = Arrays.copyOf(booleans, capacity);
      case STRING -> strings = Arrays.copyOf(strings, capacity);
      case STRING_TO_LONG, STRING_TO_DOUBLE, STRING_TO_STRING ->
          maps = Arrays.copyOf(maps, capacity);
    }
  }

  /** Gives one row the value of another. */
  public void copy(int from, int to) {
    isNull[to] = hasNulls && isNull[from];
    switch (column.type()) {
      case LONG, TIMESTAMP -> longs[to] = longs[from];
      case INT, DATE -> ints[to] = ints[from];
      case DOUBLE -> doubles[to] = doubles[from];
      case BOOLEAN -> booleans[to] = booleans[from];
      case STRING -> strings[to] = strings[from];
      case STRING_TO_LONG, STRING_TO_DOUBLE, STRING_TO_STRING -> copyMap(maps, from, to);
    }
  }

  /** Gives rows from {@code to} on the values that another column has from {@code from} on. */
  public void copy(ColumnValues source, int from, int to, int count) {
    if (source.hasNulls) {
      System.arraycopy(source.isNull, from, isNull, to, count);
      hasNulls = true;
    }
    System.arraycopy(source.array(), from, array(), to, count);
  }

  private Object array() {
    return switch (column.type()) {
      case LONG, TIMESTAMP -> longs;
      case INT, DATE -> ints;
      case DOUBLE -> doubles;
      case BOOLEAN -> booleans;
      case STRING -> strings;
      case STRING_TO_LONG, STRING_TO_DOUBLE, STRING_TO_STRING -> maps;
    };
  }

  private static <T> void copyMap(T[] maps, int from, int to) {
    maps[to] = maps[from];
  }

  /** Makes a row NULL. */
  public void setNull(int row) {
    hasNulls = true;
    isNull[row] = true;
  }

  /** Whether a row is NULL. */
  public boolean isNull(int row) {
    return hasNulls && isNull[row];
  }
}
