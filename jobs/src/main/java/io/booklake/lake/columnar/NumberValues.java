package io.booklake.lake.columnar;

import io.booklake.table.ColumnValues;
import java.util.Arrays;

/**
 * Whole numbers, instants and dates of 32 or 64 bits: as references to a dictionary while few are
 * different, else as bit-packed differences, as neighbours are alike.
 */
final class NumberValues extends PageValues {
  private final boolean isInt;
  private final PagePacking packing;
  private final DeltaPacking differences;
  private final NumberDictionary dictionary = new NumberDictionary();

  /** The page, as long as its values may be numbered. */
  private final Runs runs = new Runs();

  /** The page, where they may not. */
  private long[] page = new long[ColumnarFile.PAGE_ROWS];

  private int count;
  private PageEncoding encoding = PageEncoding.DELTA_BINARY_PACKED;
  private long fileMin = Long.MAX_VALUE;
  private long fileMax = Long.MIN_VALUE;

  /** With {@code isInt} for columns of 32 bits. */
  NumberValues(boolean isInt, PagePacking packing) {
    this.isInt = isInt;
    this.packing = packing;
    this.differences = isInt ? packing.ints : packing.longs;
  }

  @Override
  void add(ColumnValues column, int from, int to) {
    if (!column.hasNulls) {
      addAll(column, from, to);
      return;
    }
    boolean[] isNull = column.isNull;
    int row = from;
    while (row < to) {
      int end = row;
      while (end < to && !isNull[end]) {
        end++;
      }
      addAll(column, row, end);
      row = end + 1;
    }
  }

  private void addAll(ColumnValues column, int from, int to) {
    if (dictionary.isOpen()) {
      if (isInt) {
        runs.add(column.ints, from, to);
      } else if (column.changes != null) {
        runs.add(column.longs, column.changes, column.changeCount, from, to);
      } else {
        runs.add(column.longs, from, to);
      }
      return;
    }
    reserve(to - from);
    if (isInt) {
      for (int row = from; row < to; row++) {
        page[count++] = column.ints[row];
      }
    } else {
      System.arraycopy(column.longs, from, page, count, to - from);
      count += to - from;
    }
  }

  void add(long value) {
    if (dictionary.isOpen()) {
      runs.add(value, 1);
    } else {
      reserve(1);
      page[count++] = value;
    }
  }

  private void reserve(int more) {
    if (count + more > page.length) {
      page = Arrays.copyOf(page, Math.max(2 * page.length, count + more));
    }
  }

  @Override
  PageBytes bytes() {
    if (dictionary.number(runs, runs.length() >= ColumnarFile.PAGE_ROWS, packing.references)) {
      encoding = PageEncoding.RLE_DICTIONARY;
      return packing.runs.packReferences(packing.references, dictionary.width());
    }
    if (runs.count > 0) {
      reserve(runs.length());
      runs.unroll(page);
      count = runs.length();
      runs.clear();
    }
    encoding = PageEncoding.DELTA_BINARY_PACKED;
    return differences.pack(page, count);
  }

  @Override
  PageEncoding encoding() {
    return encoding;
  }

  @Override
  PageRange range() {
    // One of the two holds the page.
    long[] all = runs.count > 0 ? runs.values : page;
    int length = Math.max(runs.count, count);
    if (length == 0) {
      return null;
    }
    long min = all[0];
    long max = all[0];
    for (int i = 1; i < length; i++) {
      min = Math.min(min, all[i]);
      max = Math.max(max, all[i]);
    }
    fileMin = Math.min(fileMin, min);
    fileMax = Math.max(fileMax, max);
    return isInt
        ? new PageRange(LittleEndian.bytes((int) min), LittleEndian.bytes((int) max))
        : new PageRange(LittleEndian.bytes(min), LittleEndian.bytes(max));
  }

  @Override
  void endPage() {
    count = 0;
    runs.clear();
  }

  @Override
  Dictionary endRowGroup() {
    return dictionary.end(isInt);
  }

  @Override
  long bufferedBytes() {
    return dictionary.bufferedBytes();
  }

  @Override
  Comparable<?> min() {
    return fileMin <= fileMax ? number(fileMin) : null;
  }

  @Override
  Comparable<?> max() {
    return fileMin <= fileMax ? number(fileMax) : null;
  }

  private Comparable<?> number(long value) {
    return isInt ? (Comparable<?>) (int) value : (Comparable<?>) value;
  }
}
