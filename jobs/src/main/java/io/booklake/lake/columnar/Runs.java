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

  /**
   * Adds values {@code from} to {@code to}, exclusive. Behind the first run there is no branch for
   * each: where values repeat, and where not, no processor can guess.
   */
  void add(long[] column, int from, int to) {
    if (from == to) {
      return;
    }
    int row = from + 1;
    while (row < to && column[row] == column[from]) {
      row++;
    }
    add(column[from], row - from);
    reserve(to - row);
    int run = count - 1;
    int end = ends[run];
    long last = values[run];
    for (; row < to; row++) {
      long value = column[row];
      run += differ(value, last);
      values[run] = value;
      ends[run] = ++end;
      last = value;
    }
    count = run + 1;
  }

  /**
   * The same where it is known at which rows the value may change.
   *
   * @param changes rows, rising, the first among them
   */
  void add(long[] column, int[] changes, int changeCount, int from, int to) {
    if (from == to) {
      return;
    }
    int next = Arrays.binarySearch(changes, 0, changeCount, from);
    next = next < 0 ? -next - 1 : next + 1;
    int row = next < changeCount ? Math.min(to, changes[next]) : to;
    add(column[from], row - from);
    reserve(changeCount - next);
    int run = count - 1;
    int end = ends[run];
    while (row < to) {
      next++;
      int behind = next < changeCount ? Math.min(to, changes[next]) : to;
      run += differ(column[row], values[run]);
      values[run] = column[row];
      end += behind - row;
      ends[run] = end;
      row = behind;
    }
    count = run + 1;
  }

  /** The same for numbers of 32 bits. */
  void add(int[] column, int from, int to) {
    if (from == to) {
      return;
    }
    int row = from + 1;
    while (row < to && column[row] == column[from]) {
      row++;
    }
    add(column[from], row - from);
    reserve(to - row);
    int run = count - 1;
    int end = ends[run];
    long last = values[run];
    for (; row < to; row++) {
      long value = column[row];
      run += differ(value, last);
      values[run] = value;
      ends[run] = ++end;
      last = value;
    }
    count = run + 1;
  }

  /** 1 if two numbers are different, else 0. */
  private static int differ(long one, long other) {
    long bits = one ^ other;
    return (int) ((bits | -bits) >>> (Long.SIZE - 1));
  }

  private void reserve(int more) {
    if (count + more > values.length) {
      int capacity = Math.max(2 * values.length, count + more);
      values = Arrays.copyOf(values, capacity);
      ends = Arrays.copyOf(ends, capacity);
    }
  }

  /** Adds a value so many times. */
  void add(long value, int times) {
    if (count > 0 && values[count - 1] == value) {
      ends[count - 1] += times;
      return;
    }
    reserve(1);
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
