package io.booklake.lake.columnar;

import io.booklake.table.ColumnValues;

/**
 * 64-bit floating point, as it is. Of mids, spreads and imbalances Zstandard makes less when they
 * are split into streams of bytes (which Spark cannot read) or numbered in a dictionary.
 */
final class DoubleValues extends PageValues {
  private final PageBytes page = new PageBytes();

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
    page.reserve(Double.BYTES);
    page.writeLong(Double.doubleToRawLongBits(value));
  }

  @Override
  PageBytes bytes() {
    return page;
  }

  @Override
  PageEncoding encoding() {
    return PageEncoding.PLAIN;
  }

  @Override
  boolean hasOrder() {
    return !Double.isNaN(min);
  }

  @Override
  PageRange range() {
    if (!(min <= max)) {
      return null;
    }
    // The format wants a zero to be -0.0 as a minimum and +0.0 as a maximum, for readers to whom
    // the two are equal.
    return new PageRange(bytes(min == 0 ? -0.0 : min), bytes(max == 0 ? 0.0 : max));
  }

  private static byte[] bytes(double value) {
    return LittleEndian.bytes(Double.doubleToRawLongBits(value));
  }

  @Override
  void endPage() {
    page.begin(0);
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
