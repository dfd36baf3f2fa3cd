package io.booklake.lake.columnar;

import java.util.Arrays;

/** The values of a page as runs of equal ones: most columns of a book repeat the row before. */
final class Runs {
  private static final int FIRST_CAPACITY = 64;

  /** By run, its value; neighbours differ. */
  long[] values = new long[FIRST_CAPACITY];

  /** By run, how many values of the page lie up to its end. */
  int[] ends = new int[FIRST_CAPACITY];

  /** How many there are. */
  int count;

  /** Values in all of them. */
  int length() {
    return count == 0 ? 0 : ends[count - 1];
  }

  /** Adds values {@code from} to {@code to}, exclusive. */
  void add(long[] column, int from, int to) {
    int row = from;
    while (row < to) {
      long value = column[row];
      int end = row + 1;
      while (end < to && column[end] == value) {
        end++;
      }
      add(value, end - row);
      row = end;
    }
  }

  /**
   * The same where it is known at which rows the value may change.
   *
   * @param changes rows, rising, the first among them
   */
  void add(long[] column, int[] changes, int changeCount, int from, int to) {
    int next = Arrays.binarySearch(changes, 0, changeCount, from);
    next = next < 0 ? -next - 1 : next + 1;
    int row = from;
    while (row < to) {
      int end = next < changeCount ? Math.min(to, changes[next++]) : to;
      add(column[row], end - row);
      row = end;
    }
  }

  /** The same for numbers of 32 bits. */
  void add(int[] column, int from, int to) {
    int row = from;
    while (row < to) {
      int value = column[row];
      int end = row + 1;
      while (end < to && column[end] == value) {
        end++;
      }
      add(value, end - row);
      row = end;
    }
  }

  /** Adds a value so many times. */
  void add(long value, int times) {
    if (count > 0 && values[count - 1] == value) {
      ends[count - 1] += times;
      return;
    }
    if (count == values.length) {
      values = Arrays.copyOf(values, 2 * count);
      ends = Arrays.copyOf(ends, 2 * count);
    }
    int end = length() + times;
    values[count] = value;
    ends[count++] = end;
  }

  /**
   * Becomes runs as long as those of another, and while they hold. Their values are to be set, and
   * none is to be added.
   */
  void takeLengthsOf(Runs other) {
    if (values.length < other.count) {
      values = new long[other.values.length];
    }
    ends = other.ends;
    count = other.count;
  }

  /** Writes the values one by one, as many as there are. */
  void unroll(long[] target) {
    int from = 0;
    for (int run = 0; run < count; run++) {
      Arrays.fill(target, from, ends[run], values[run]);
      from = ends[run];
    }
  }

  void clear() {
    count = 0;
  }
}
