package io.booklake.format.lobster;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Decimal digits, eight bytes at a time and without a branch for each: numbers of different length
 * follow one another, so that a processor guesses wrong where they end.
 *
 * @see <a href="https://lemire.me/blog/2022/01/21/swar-explained-parsing-eight-digits/">Lemire,
 *     SWAR explained: parsing eight digits</a>
 */
final class EightBytes {
  /** How many. */
  static final int COUNT = Long.BYTES;

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private static final long ZEROS = 0x3030303030303030L;
  private static final long OVER_NINE = 0x7676767676767676L;
  private static final long HIGH_BITS = 0x8080808080808080L;

  private EightBytes() {}

  /** The bytes from {@code at} on, of which digits become their values, and all else is over 9. */
  static long at(byte[] bytes, int at) {
    return (long) LONGS.get(bytes, at) ^ ZEROS;
  }

  /** How many digits they begin with, 0 to 8. */
  static int digits(long eight) {
    // What is over 9 has its high bit or gets it by the sum, which carries into later bytes alone.
    long others = ((eight + OVER_NINE) | eight) & HIGH_BITS;
    return Long.numberOfTrailingZeros(others) >>> 3;
  }

  /**
   * The number that the first of them are.
   *
   * @param digits 1 to 8
   */
  static long number(long eight, int digits) {
    // Zeros in front: the digits move to the end, and what follows them out.
    long aligned = eight << (Long.SIZE - Byte.SIZE * digits);
    long pairs = (aligned * 10 + (aligned >>> 8)) & 0x00FF00FF00FF00FFL;
    long fours = ((pairs * 100) + (pairs >>> 16)) & 0x0000FFFF0000FFFFL;
    return (fours * 10_000 + (fours >>> 32)) & 0xFFFFFFFFL;
  }
}
