package io.booklake.lake.columnar;

/**
 * Numbers in as many bits as the largest needs, the lowest bits first, as the Parquet format packs
 * them in all its encodings.
 *
 * <p>parquet-java has a class for every width, of one long method each. They are no faster, and to
 * compile them took as much processor time as packing twenty million values.
 */
final class BitPacking {
  /** What {@link #pack} may overwrite behind the last byte that counts. */
  static final int SLACK_BYTES = 2 * Long.BYTES;

  /** Up to this width four values leave room in a word: a shift by 64 would be one by 0. */
  private static final int NARROW = 15;

  /** Up to this width two values that begin anywhere in a byte fit into a word. */
  private static final int MIDDLE = 29;

  private BitPacking() {}

  /**
   * Packs {@code count} values, a multiple of 8, into {@code count * width / 8} bytes.
   *
   * @param width 1 to 64; no value has more bits
   */
  static void pack(long[] values, int from, int count, int width, byte[] to, int at) {
    if (width <= NARROW) {
      packNarrow(values, from, count, width, to, at);
    } else if (width <= MIDDLE) {
      packMiddle(values, from, count, width, to, at);
    } else {
      packWide(values, from, count, width, to, at);
    }
  }

  /** Eight at a time, always as two words: so there is nothing to decide. */
  private static void packNarrow(long[] values, int from, int count, int width, byte[] to, int at) {
    int next = at;
    for (int i = from; i < from + count; i += 8) {
      long low = four(values, i, width);
      long high = four(values, i + 4, width);
      LittleEndian.LONGS.set(to, next, low | (high << (4 * width)));
      LittleEndian.LONGS.set(to, next + Long.BYTES, high >>> (Long.SIZE - 4 * width));
      next += width;
    }
  }

  private static long four(long[] values, int from, int width) {
    return values[from]
        | (values[from + 1] << width)
        | (values[from + 2] << (2 * width))
        | (values[from + 3] << (3 * width));
  }

  /**
   * Eight at a time, as four words that each begin in the byte in which the pair before ends, and
   * with what that left there. Where that is depends on the width alone: again there is nothing to
   * decide.
   */
  private static void packMiddle(long[] values, int from, int count, int width, byte[] to, int at) {
    int second = 2 * width;
    int third = 4 * width;
    int fourth = 6 * width;
    int secondByte = second / Byte.SIZE;
    int thirdByte = third / Byte.SIZE;
    int fourthByte = fourth / Byte.SIZE;
    int next = at;
    for (int i = from; i < from + count; i += 8) {
      long word = two(values, i, width);
      LittleEndian.LONGS.set(to, next, word);
      word >>>= Byte.SIZE * secondByte;
      word |= two(values, i + 2, width) << (second % Byte.SIZE);
      LittleEndian.LONGS.set(to, next + secondByte, word);
      word >>>= Byte.SIZE * (thirdByte - secondByte);
      word |= two(values, i + 4, width) << (third % Byte.SIZE);
      LittleEndian.LONGS.set(to, next + thirdByte, word);
      word >>>= Byte.SIZE * (fourthByte - thirdByte);
      word |= two(values, i + 6, width) << (fourth % Byte.SIZE);
      LittleEndian.LONGS.set(to, next + fourthByte, word);
      next += width;
    }
  }

  private static long two(long[] values, int from, int width) {
    return values[from] | (values[from + 1] << width);
  }

  private static void packWide(long[] values, int from, int count, int width, byte[] to, int at) {
    int next = at;
    long pending = 0;
    int bits = 0;
    for (int i = from; i < from + count; i++) {
      long value = values[i];
      pending |= value << bits;
      int free = Long.SIZE - bits;
      if (width < free) {
        bits += width;
      } else {
        LittleEndian.LONGS.set(to, next, pending);
        next += Long.BYTES;
        // A shift by 64 would be one by 0.
        pending = free == Long.SIZE ? 0 : value >>> free;
        bits = width - free;
      }
    }
    if (bits > 0) {
      LittleEndian.LONGS.set(to, next, pending);
    }
  }

  /** Bits that the largest of these values needs, taken as unsigned. */
  static int width(long[] values, int from, int count) {
    long bits = 0;
    for (int i = from; i < from + count; i++) {
      bits |= values[i];
    }
    return Long.SIZE - Long.numberOfLeadingZeros(bits);
  }
}
