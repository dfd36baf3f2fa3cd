package io.booklake.aggregate;

import java.math.BigInteger;

/**
 * A sum of products of 64-bit numbers, in 128 bits: a price times a size, or a spread times
 * nanoseconds, needs more than 64. Two's complement, and far from overflow: 2^63 products of a
 * price and a size have room.
 */
final class ExactSum {
  /** Whole numbers up to this are doubles. */
  private static final long EXACT_IN_A_DOUBLE = 1L << 53;

  private static final BigInteger LOW_BITS =
      BigInteger.ONE.shiftLeft(Long.SIZE).subtract(BigInteger.ONE);

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

  /**
   * The sum over the product of two positive numbers: the exact quotient, rounded once, half to
   * even.
   */
  double over(long a, long b) {
    long divisor = a * b;
    boolean isSmall =
        high == low >> 63
            && Math.abs(low) <= EXACT_IN_A_DOUBLE
            && Math.multiplyHigh(a, b) == 0
            && divisor >= 0
            && divisor <= EXACT_IN_A_DOUBLE;
    return isSmall
        ? (double) low / (double) divisor
        : nearest(value(), BigInteger.valueOf(a).multiply(BigInteger.valueOf(b)));
  }

  private BigInteger value() {
    BigInteger lower = BigInteger.valueOf(low).and(LOW_BITS);
    return BigInteger.valueOf(high).shiftLeft(Long.SIZE).add(lower);
  }

  /**
   * A quotient cut to ten bits more than a double has, the last of them set if anything was cut
   * off: so rounding these is rounding it.
   */
  private static double nearest(BigInteger dividend, BigInteger divisor) {
    BigInteger magnitude = dividend.abs();
    int shift = 63 - (magnitude.bitLength() - divisor.bitLength());
    BigInteger[] cut =
        shift >= 0
            ? magnitude.shiftLeft(shift).divideAndRemainder(divisor)
            : magnitude.divideAndRemainder(divisor.shiftLeft(-shift));
    // Of 63 or 64 bits.
    long bits = cut[0].shiftRight(1).longValue();
    boolean isCut = cut[1].signum() != 0 || cut[0].testBit(0);
    double quotient = Math.scalb((double) (isCut ? bits | 1 : bits), 1 - shift);
    return dividend.signum() < 0 ? -quotient : quotient;
  }
}
