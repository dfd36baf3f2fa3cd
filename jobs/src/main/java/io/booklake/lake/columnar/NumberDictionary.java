package io.booklake.lake.columnar;

import io.booklake.model.NumberIndex;
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

  private long[] entries = new long[64];
  private final NumberIndex places = new NumberIndex(2 * entries.length);
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
      int reference = places.find(entries, value);
      if (reference == NumberIndex.NONE) {
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

  private int enter(long value) {
    if (count == entries.length) {
      entries = Arrays.copyOf(entries, 2 * count);
    }
    entries[count] = value;
    places.append(entries);
    return count++;
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
    places.clear();
    count = 0;
    isOpen = true;
    return page;
  }

  /** Bytes that wait for the end of the row group, and those of the table. */
  long bufferedBytes() {
    return (long) count * 4 * Long.BYTES;
  }
}
