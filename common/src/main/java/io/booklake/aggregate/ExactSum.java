package io.booklake.aggregate;

import java.math.BigInteger;

/**
 * A sum of products of 64-bit numbers, in 128 bits: a price times a size, or a spread times
 * nanoseconds, needs more than 64. Two's complement, and far from overflow: 2^63 products of a
 * price and a size have room.
 */
final class ExactSum {
  private long high;
  private long low;

  void clear() {
    high = 0;
    low = 0;
  }

  void addProduct(long a, long b) {
    long product = a * b;
    long sum = low + product;
    long carry = Long.compareUnsigned(sum, low) < 0 ? 1 : 0;
    low = sum;
    high += Math.multiplyHigh(a, b) + carry;
  }

  /** Whether the sum, which is not negative, reaches a bound, which is not either. */
  boolean reaches(long bound) {
    return high > 0 || Long.compareUnsigned(low, bound) >= 0;
  }

  /** The nearest double. */
  double nearest() {
    if (high == low >> 63) {
      return low;
    }
    BigInteger lower = new BigInteger(Long.toUnsignedString(low));
    return BigInteger.valueOf(high).shiftLeft(Long.SIZE).add(lower).doubleValue();
  }
}
