package io.booklake.lake.columnar;

import java.util.Arrays;

/**
 * The different numbers of a column in a row group, as long as they are few: prices and sizes of a
 * book are, times are not. References to it that repeat from row to row take next to nothing.
 */
final class NumberDictionary {
  /** More entries than this cost the reader of one page more than they save. */
  static final int MOST_ENTRIES = 4096;

  /** A first page with more different numbers than one in so many tells that they are not few. */
  private static final int ROWS_AN_ENTRY = 4;

  /** The same where no other page follows over which the entries could be shared. */
  private static final int ROWS_AN_ENTRY_ALONE = 16;

  private static final int NONE = -1;

  /** Times 2^64: whose products are spread evenly (Knuth, The art of computer programming, 6.4). */
  private static final long GOLDEN_RATIO = 0x9E3779B97F4A7C15L;

  private long[] entries = new long[64];

  /**
   * Where a value's hash points to, or behind it: its number plus one; 0 where nothing is. The
   * values are in {@link #entries} already, and there is such a table for each column of a book.
   */
  private int[] slots = new int[4 * entries.length];

  private int count;
  private boolean isOpen = true;

  /** Whether pages of this row group may still be numbered. */
  boolean isOpen() {
    return isOpen;
  }

  /**
   * Numbers a page's values.
   *
   * @param isFull whether other pages may follow
   * @param references are the values, numbered, afterwards, as long as the values are there
   * @return false, with nothing entered, if this page and those that follow do better without
   */
  boolean number(Runs values, boolean isFull, Runs references) {
    if (!isOpen || values.count == 0) {
      return false;
    }
    int rowsAnEntry = isFull ? ROWS_AN_ENTRY : ROWS_AN_ENTRY_ALONE;
    int most = count > 0 ? MOST_ENTRIES : Math.min(MOST_ENTRIES, values.length() / rowsAnEntry);
    int before = count;
    references.takeLengthsOf(values);
    for (int run = 0; run < values.count; run++) {
      long value = values.values[run];
      int reference = find(value);
      if (reference == NONE) {
        if (count == most) {
          close(before);
          return false;
        }
        reference = enter(value);
      }
      // Neighbours differ, and so do their references.
      references.values[run] = reference;
    }
    return true;
  }

  private int find(long value) {
    int slot = slot(value);
    int number;
    while ((number = slots[slot]) != 0) {
      if (entries[number - 1] == value) {
        return number - 1;
      }
      slot = (slot + 1) & (slots.length - 1);
    }
    return NONE;
  }

  private int enter(long value) {
    if (count == entries.length) {
      entries = Arrays.copyOf(entries, 2 * count);
      slots = new int[2 * slots.length];
      for (int number = 0; number < count; number++) {
        take(number);
      }
    }
    entries[count] = value;
    take(count);
    return count++;
  }

  private void take(int number) {
    int slot = slot(entries[number]);
    while (slots[slot] != 0) {
      slot = (slot + 1) & (slots.length - 1);
    }
    slots[slot] = number + 1;
  }

  private int slot(long value) {
    return (int) ((value * GOLDEN_RATIO) >>> Long.numberOfLeadingZeros(slots.length - 1));
  }

  private void close(int before) {
    count = before;
    isOpen = false;
  }

  /** Bits of a reference. */
  int width() {
    return Integer.SIZE - Integer.numberOfLeadingZeros(count - 1);
  }

  /** Ends the row group: the dictionary, or null if no page refers to it. */
  Dictionary end(boolean isInt) {
    Dictionary page = null;
    if (count > 0) {
      PageBytes plain = new PageBytes();
      plain.begin(count * Long.BYTES);
      for (int i = 0; i < count; i++) {
        if (isInt) {
          plain.writeInt((int) entries[i]);
        } else {
          plain.writeLong(entries[i]);
        }
      }
      page = new Dictionary(plain, count);
    }
    Arrays.fill(slots, 0);
    count = 0;
    isOpen = true;
    return page;
  }

  /** Bytes that wait for the end of the row group, and those of the table. */
  long bufferedBytes() {
    return (long) count * 4 * Long.BYTES;
  }
}
