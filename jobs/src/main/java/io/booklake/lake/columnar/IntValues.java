package io.booklake.lake.columnar;

import io.booklake.table.ColumnValues;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.bytes.HeapByteBufferAllocator;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.statistics.IntStatistics;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.column.values.delta.DeltaBinaryPackingValuesWriterForInteger;

/** 32-bit whole numbers and dates, as bit-packed differences: neighbours are alike. */
final class IntValues extends PageValues {
  private final DeltaBinaryPackingValuesWriterForInteger encoder =
      new DeltaBinaryPackingValuesWriterForInteger(
          SLAB_BYTES, PAGE_BYTES, HeapByteBufferAllocator.getInstance());
  private int min = Integer.MAX_VALUE;
  private int max = Integer.MIN_VALUE;
  private int fileMin = Integer.MAX_VALUE;
  private int fileMax = Integer.MIN_VALUE;

  @Override
  void add(ColumnValues column, int from, int to) {
    int[] values = column.ints;
    if (column.hasNulls) {
      boolean[] isNull = column.isNull;
      for (int row = from; row < to; row++) {
        if (!isNull[row]) {
          add(values[row]);
        }
      }
      return;
    }
    int low = min;
    int high = max;
    for (int row = from; row < to; row++) {
      int value = values[row];
      low = Math.min(low, value);
      high = Math.max(high, value);
      encoder.writeInteger(value);
    }
    min = low;
    max = high;
  }

  void add(int value) {
    min = Math.min(min, value);
    max = Math.max(max, value);
    encoder.writeInteger(value);
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
      ((IntStatistics) page).setMinMax(min, max);
    }
  }

  @Override
  void endPage() {
    encoder.reset();
    fileMin = Math.min(fileMin, min);
    fileMax = Math.max(fileMax, max);
    min = Integer.MAX_VALUE;
    max = Integer.MIN_VALUE;
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
