package io.booklake.aggregate;

/** Mean of a whole number over the time that it stood: exact sums, one division. */
final class TimeWeightedMean {
  private final ExactSum sum = new ExactSum();
  private long nanos;

  void clear() {
    sum.clear();
    nanos = 0;
  }

  /** A value that stood for some time; one that stood for none counts nothing. */
  void add(long value, long forNanos) {
    sum.addProduct(value, forNanos);
    nanos += forNanos;
  }

  /** Whether anything stood for any time. */
  boolean isDefined() {
    return nanos != 0;
  }

  /**
   * The mean.
   *
   * @param unit what one unit of the result is in units of the values
   */
  double of(long unit) {
    return sum.over(unit, nanos);
  }
}
