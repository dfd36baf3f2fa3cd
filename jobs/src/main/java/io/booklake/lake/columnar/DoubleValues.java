package io.booklake.lake.columnar;

import io.booklake.table.ColumnValues;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.bytes.HeapByteBufferAllocator;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.statistics.DoubleStatistics;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.column.values.plain.PlainValuesWriter;

/**
 * 64-bit floating point, as it is. Of mids, spreads and imbalances Zstandard makes less when they
 * are split into streams of bytes (which Spark cannot read) or numbered in a dictionary.
 */
final class DoubleValues extends PageValues {
  private final PlainValuesWriter encoder =
      new PlainValuesWriter(SLAB_BYTES, PAGE_BYTES, HeapByteBufferAllocator.getInstance());

  // A NaN makes both a NaN, for good: it has no place in an order, and a reader that prunes by the
  // others would lose it.
  private double min = Double.POSITIVE_INFINITY;
  private double max = Double.NEGATIVE_INFINITY;
  private double fileMin = Double.POSITIVE_INFINITY;
  private double fileMax = Double.NEGATIVE_INFINITY;

  @Override
  void add(ColumnValues column, int from, int to) {
    double[] values = column.doubles;
    boolean[] isNull = column.isNull;
    boolean hasNulls = column.hasNulls;
    for (int row = from; row < to; row++) {
      if (!hasNulls || !isNull[row]) {
        add(values[row]);
      }
    }
  }

  void add(double value) {
    min = Math.min(min, value);
    max = Math.max(max, value);
    encoder.writeDouble(value);
  }

  @Override
  BytesInput bytes() {
    return encoder.getBytes();
  }

  @Override
  Encoding encoding() {
    return Encoding.PLAIN;
  }

  @Override
  boolean hasOrder() {
    return !Double.isNaN(min);
  }

  @Override
  void describe(Statistics<?> page) {
    if (min <= max) {
      // The format wants a zero to be -0.0 as a minimum and +0.0 as a maximum, for readers to whom
      // the two are equal.
      ((DoubleStatistics) page).setMinMax(min == 0 ? -0.0 : min, max == 0 ? 0.0 : max);
    }
  }

  @Override
  void endPage() {
    encoder.reset();
    fileMin = Math.min(fileMin, min);
    fileMax = Math.max(fileMax, max);
    min = Double.POSITIVE_INFINITY;
    max = Double.NEGATIVE_INFINITY;
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
