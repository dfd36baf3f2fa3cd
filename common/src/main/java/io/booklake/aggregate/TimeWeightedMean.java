package io.booklake.aggregate;

import java.math.BigInteger;

/**
 * Mean of a whole number over the time that it stood: exact sums, one division. A spread of 64-bit
 * prices times nanoseconds does not fit in 64 bits, so sums have 128.
 */
final class TimeWeightedMean {
  private long high;
  private long low;
  private long nanos;

  void clear() {
    high = 0;
    low = 0;
    nanos = 0;
  }

  /** A value that stood for some time; one that stood for none counts nothing. */
  void add(long value, long forNanos) {
    long productLow = value * forNanos;
    long sum = low + productLow;
    long carry = Long.compareUnsigned(sum, low) < 0 ? 1 : 0;
    low = sum;
    high += Math.multiplyHigh(value, forNanos) + carry;
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
    BigInteger weight = BigInteger.valueOf(unit).multiply(BigInteger.valueOf(nanos));
    return sum() / weight.doubleValue();
  }

  private double sum() {
    if (high == low >> 63) {
      return low;
    }
    BigInteger lower = new BigInteger(Long.toUnsignedString(low));
    return BigInteger.valueOf(high).shiftLeft(Long.SIZE).add(lower).doubleValue();
  }
}
