package io.booklake.read;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Numbers of as many bits each, the lowest bits first, as all encodings of Parquet pack them. */
final class PackedBits {
  /** What is looked at behind the last byte that counts, so that no value is taken bit by bit. */
  static final int SLACK_BYTES = 2 * Long.BYTES;

  /** Up to this width a value lies within the eight bytes from its first one on. */
  private static final int WIDEST_IN_ONE = Long.SIZE - Byte.SIZE + 1;

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private PackedBits() {}

  /**
   * Unpacks numbers into places {@code from} to {@code to}, exclusive.
   *
   * @param firstBit of the first of them
   * @param width bits of a number, 0 to 64
   */
  static void unpack(byte[] bytes, long firstBit, int width, long[] target, int from, int to) {
    long mask = width == Long.SIZE ? -1L : (1L << width) - 1;
    long bit = firstBit;
    for (int i = from; i < to; i++) {
      int first = (int) (bit >>> 3);
      int shift = (int) bit & 7;
      long value = (long) LONGS.get(bytes, first) >>> shift;
      if (width > WIDEST_IN_ONE && shift > 0) {
        value |= (long) bytes[first + Long.BYTES] << (Long.SIZE - shift);
      }
      target[i] = value & mask;
      bit += width;
    }
  }

  /** One number of at most 32 bits. */
  static int one(byte[] bytes, long bit, int width) {
    long value = (long) LONGS.get(bytes, (int) (bit >>> 3)) >>> (bit & 7);
    return (int) (value & ((1L << width) - 1));
  }
}
