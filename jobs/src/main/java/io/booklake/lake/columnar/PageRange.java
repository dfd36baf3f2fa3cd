package io.booklake.lake.columnar;

/** The smallest and the largest value of a page, as they are stored, texts without their length. */
final class PageRange {
  final byte[] min;
  final byte[] max;

  PageRange(byte[] min, byte[] max) {
    this.min = min;
    this.max = max;
  }
}
