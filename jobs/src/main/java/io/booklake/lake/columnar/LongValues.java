package io.booklake.lake.columnar;

import io.booklake.table.ColumnValues;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.bytes.HeapByteBufferAllocator;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.statistics.LongStatistics;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.column.values.delta.DeltaBinaryPackingValuesWriterForLong;

/** 64-bit whole numbers and instants, as bit-packed differences: neighbours are alike. */
final class LongValues extends PageValues {
  private final DeltaBinaryPackingValuesWriterForLong encoder =
      new DeltaBinaryPackingValuesWriterForLong(
          SLAB_BYTES, PAGE_BYTES, HeapByteBufferAllocator.getInstance());
  private long min = Long.MAX_VALUE;
  private long max = Long.MIN_VALUE;
  private long fileMin = Long.MAX_VALUE;
  private long fileMax = Long.MIN_VALUE;

  @Override
  void add(ColumnValues column, int from, int to) {
    long[] values = column.longs;
    if (column.hasNulls) {
      boolean[] isNull = column.isNull;
      for (int row = from; row < to; row++) {
        if (!isNull[row]) {
          add(values[row]);
        }
      }
      return;
    }
    long low = min;
    long high = max;
    for (int row = from; row < to; row++) {
      long value = values[row];
      low = Math.min(low, value);
      high = Math.max(high, value);
      encoder.writeLong(value);
    }
    min = low;
    max = high;
  }

  void add(long value) {
    min = Math.min(min, value);
    max = Math.max(max, value);
    encoder.writeLong(value);
  }

  @Override
  BytesInput bytes() {
    return encoder.getBytes();
  }

  @Override
  Encoding encoding() {
    return Encoding.DELTA_BINARY_PACKED;
  }

  @Override
  void describe(Statistics<?> page) {
    if (min <= max) {
      ((LongStatistics) page).setMinMax(min, max);
    }
  }

  @Override
  void endPage() {
    encoder.reset();
    fileMin = Math.min(fileMin, min);
    fileMax = Math.max(fileMax, max);
    min = Long.MAX_VALUE;
    max = Long.MIN_VALUE;
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
