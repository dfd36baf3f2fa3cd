package io.booklake.read;

import java.util.Arrays;
import org.apache.parquet.io.ParquetDecodingException;

/**
 * Small numbers in runs of one value and in packed bits: levels, flags, and references to a
 * dictionary. What is passed over is not unpacked. The class that parquet-java has for it loads 280
 * others, one for each width and order of bits.
 *
 * @see <a href="https://parquet.apache.org/docs/file-format/data-pages/encodings/">Parquet,
 *     Encodings, RLE</a>
 */
final class HybridRuns {
  /** Numbers of a packed run come in groups of so many. */
  private static final int GROUP = 8;

  private final byte[] bytes;
  private final int width;
  private final int end;

  /** Of what follows the run. */
  private int at;

  private int left;
  private boolean isPacked;

  /** Of a run of one value. */
  private int value;

  /** Of a packed run, where the next number begins. */
  private long bit;

  /**
   * The numbers in bytes {@code from} to {@code end}, exclusive, behind which there are {@link
   * PackedBits#SLACK_BYTES} more.
   *
   * @param width bits of a number, 0 to 32
   */
  HybridRuns(int width, byte[] bytes, int from, int end) {
    this.width = width;
    this.bytes = bytes;
    this.at = from;
    this.end = end;
  }

  /**
   * The next number.
   *
   * @throws ParquetDecodingException if there is none
   */
  int next() {
    take(1);
    if (!isPacked) {
      return value;
    }
    int next = PackedBits.one(bytes, bit, width);
    bit += width;
    return next;
  }

  /**
   * The next numbers, into places {@code from} to {@code to}, exclusive.
   *
   * @throws ParquetDecodingException if there are not as many
   */
  void read(long[] target, int from, int to) {
    int next = from;
    while (next < to) {
      int count = take(to - next);
      if (isPacked) {
        PackedBits.unpack(bytes, bit, width, target, next, next + count);
        bit += (long) count * width;
      } else {
        Arrays.fill(target, next, next + count, value);
      }
      next += count;
    }
  }

  /**
   * Passes over the next numbers.
   *
   * @throws ParquetDecodingException if there are not as many
   */
  void skip(int count) {
    int more = count;
    while (more > 0) {
      int taken = take(more);
      bit += (long) taken * width;
      more -= taken;
    }
  }

  /**
   * Passes over the next numbers; how many of them are {@code wanted}.
   *
   * @throws ParquetDecodingException if there are not as many
   */
  int skip(int count, int wanted) {
    int found = 0;
    int more = count;
    while (more > 0) {
      int taken = take(more);
      if (!isPacked) {
        found += value == wanted ? taken : 0;
      } else {
        for (int i = 0; i < taken; i++) {
          found += PackedBits.one(bytes, bit, width) == wanted ? 1 : 0;
          bit += width;
        }
      }
      more -= taken;
    }
    return found;
  }

  /** Takes some of a run, no more than {@code most}: how many. */
  private int take(int most) {
    if (left == 0) {
      begin();
    }
    int count = Math.min(most, left);
    if (isPacked && bit + (long) count * width > (long) end * Byte.SIZE) {
      throw endsTooEarly();
    }
    left -= count;
    return count;
  }

  private void begin() {
    int header = header();
    long length = Integer.toUnsignedLong(header >>> 1);
    isPacked = (header & 1) == 1;
    if (isPacked) {
      bit = (long) at * Byte.SIZE;
      at = Math.toIntExact(at + length * width);
      length *= GROUP;
    } else {
      value = 0;
      for (int shift = 0; shift < width; shift += Byte.SIZE) {
        value |= octet() << shift;
      }
    }
    if (length == 0) {
      throw new ParquetDecodingException("a page has a run of nothing");
    }
    left = Math.toIntExact(length);
  }

  private int header() {
    int header = 0;
    for (int shift = 0; ; shift += 7) {
      int next = octet();
      header |= (next & 0x7F) << shift;
      if (next < 0x80) {
        return header;
      }
    }
  }

  private int octet() {
    if (at >= end) {
      throw endsTooEarly();
    }
    return bytes[at++] & 0xFF;
  }

  private static ParquetDecodingException endsTooEarly() {
    return new ParquetDecodingException("a page ends before its runs");
  }
}
