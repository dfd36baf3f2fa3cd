package io.booklake.lake.columnar;

import io.booklake.table.ColumnValues;
import java.util.Arrays;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.page.DictionaryPage;
import org.apache.parquet.column.statistics.IntStatistics;
import org.apache.parquet.column.statistics.LongStatistics;
import org.apache.parquet.column.statistics.Statistics;

/**
 * Whole numbers, instants and dates of 32 or 64 bits: as references to a dictionary while few are
 * different, else as bit-packed differences, as neighbours are alike.
 */
final class NumberValues extends PageValues {
  private final boolean isInt;
  private final DeltaPacking differences;
  private final RunLengthPacking references = new RunLengthPacking();
  private final NumberDictionary dictionary = new NumberDictionary();
  private long[] page = new long[ColumnarFile.PAGE_ROWS];
  private long[] numbered = page.clone();
  private int count;
  private Encoding encoding = Encoding.DELTA_BINARY_PACKED;
  private long fileMin = Long.MAX_VALUE;
  private long fileMax = Long.MIN_VALUE;

  /** With {@code isInt} for columns of 32 bits. */
  NumberValues(boolean isInt) {
    this.isInt = isInt;
    this.differences = new DeltaPacking(isInt);
  }

  @Override
  void add(ColumnValues column, int from, int to) {
    // A column with one value a row never outgrows the page.
    if (column.hasNulls) {
      addDefined(column, from, to);
    } else if (isInt) {
      int[] values = column.ints;
      for (int row = from; row < to; row++) {
        page[count++] = values[row];
      }
    } else {
      System.arraycopy(column.longs, from, page, count, to - from);
      count += to - from;
    }
  }

  private void addDefined(ColumnValues column, int from, int to) {
    boolean[] isNull = column.isNull;
    for (int row = from; row < to; row++) {
      if (!isNull[row]) {
        page[count++] = isInt ? column.ints[row] : column.longs[row];
      }
    }
  }

  void add(long value) {
    if (count == page.length) {
      page = Arrays.copyOf(page, 2 * count);
      numbered = Arrays.copyOf(numbered, 2 * count);
    }
    page[count++] = value;
  }

  @Override
  BytesInput bytes() {
    if (dictionary.number(page, count, count >= ColumnarFile.PAGE_ROWS, numbered)) {
      encoding = Encoding.RLE_DICTIONARY;
      return references.pack(numbered, count, dictionary.width());
    }
    encoding = Encoding.DELTA_BINARY_PACKED;
    return differences.pack(page, count);
  }

  @Override
  Encoding encoding() {
    return encoding;
  }

  @Override
  void describe(Statistics<?> statistics) {
    if (count == 0) {
      return;
    }
    long min = page[0];
    long max = page[0];
    for (int i = 1; i < count; i++) {
      min = Math.min(min, page[i]);
      max = Math.max(max, page[i]);
    }
    if (isInt) {
      ((IntStatistics) statistics).setMinMax((int) min, (int) max);
    } else {
      ((LongStatistics) statistics).setMinMax(min, max);
    }
    fileMin = Math.min(fileMin, min);
    fileMax = Math.max(fileMax, max);
  }

  @Override
  void endPage() {
    count = 0;
  }

  @Override
  DictionaryPage endRowGroup() {
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
