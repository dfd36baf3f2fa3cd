package io.booklake.lake.columnar;

/** Repetition or definition levels of a page: small numbers, mostly the same. */
final class Levels {
  private final int width;
  private final Runs runs = new Runs();
  private final RunLengthPacking packing;

  /** Of levels up to {@code max}. */
  Levels(int max, PagePacking packing) {
    this.packing = packing.runs;
    width = Integer.SIZE - Integer.numberOfLeadingZeros(max);
  }

  /** Adds a level so many times. */
  void add(int level, int times) {
    runs.add(level, times);
  }

  /** Ends the page. */
  PageBytes end() {
    PageBytes packed = packing.packLevels(runs, width).copy();
    runs.clear();
    return packed;
  }
}
