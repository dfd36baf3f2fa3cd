package io.booklake.lake.columnar;

import io.booklake.table.ColumnValues;
import java.util.Arrays;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.statistics.LongStatistics;
import org.apache.parquet.column.statistics.Statistics;

/** 64-bit whole numbers and instants, as bit-packed differences: neighbours are alike. */
final class LongValues extends PageValues {
  private final DeltaPacking packing = new DeltaPacking();
  private long[] page = new long[ColumnarFile.PAGE_ROWS];
  private int count;
  private long fileMin = Long.MAX_VALUE;
  private long fileMax = Long.MIN_VALUE;

  @Override
  void add(ColumnValues column, int from, int to) {
    // A column with one value a row never outgrows the page.
    if (!column.hasNulls) {
      System.arraycopy(column.longs, from, page, count, to - from);
      count += to - from;
      return;
    }
    long[] values = column.longs;
    boolean[] isNull = column.isNull;
    for (int row = from; row < to; row++) {
      if (!isNull[row]) {
        page[count++] = values[row];
      }
    }
  }

  void add(long value) {
    if (count == page.length) {
      page = Arrays.copyOf(page, 2 * count);
    }
    page[count++] = value;
  }

  @Override
  BytesInput bytes() {
    return packing.pack(page, count);
  }

  @Override
  Encoding encoding() {
    return Encoding.DELTA_BINARY_PACKED;
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
    ((LongStatistics) statistics).setMinMax(min, max);
    fileMin = Math.min(fileMin, min);
    fileMax = Math.max(fileMax, max);
  }

  @Override
  void endPage() {
    count = 0;
  }

  @Override
  Comparable<?> min() {
    return fileMin <= fileMax ? fileMin : null;
  }

  @Override
  Comparable<?> max() {
    return fileMin <= fileMax ? fileMax : null;
  }
}
