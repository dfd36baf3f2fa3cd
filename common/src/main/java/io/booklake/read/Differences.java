package io.booklake.read;

import org.apache.parquet.io.ParquetDecodingException;

/**
 * Whole numbers as bit-packed differences. Each is the sum of those before it, so what is passed
 * over is unpacked too; what comes behind is not. The fast twin of parquet-java's reader, which
 * takes values one by one.
 *
 * @see <a href="https://parquet.apache.org/docs/file-format/data-pages/encodings/">Parquet,
 *     Encodings, DELTA_BINARY_PACKED</a>
 */
final class Differences {
  private final byte[] bytes;
  private final int end;
  private final int miniblocks;
  private final int miniblockLength;
  private final long[] miniblock;
  private int at;

  /** Numbers that are not in {@link #miniblock} yet. */
  private int left;

  /** Of the miniblock, already as numbers. */
  private int next;

  private int filled;

  /** The number before. */
  private long last;

  private long least;

  /** Where the widths of a block's miniblocks stand, and which of these is next. */
  private int widths;

  private int nextMiniblock;

  /**
   * The numbers in bytes {@code from} to {@code end}, exclusive, behind which there are {@link
   * PackedBits#SLACK_BYTES} more.
   */
  Differences(byte[] bytes, int from, int end) {
    this.bytes = bytes;
    this.end = end;
    at = from;
    int block = (int) varint();
    miniblocks = (int) varint();
    miniblockLength = block / miniblocks;
    left = (int) varint();
    miniblock = new long[Math.min(miniblockLength, left)];
    last = zigZag();
    if (left > 0) {
      miniblock[filled++] = last;
      left--;
    }
    nextMiniblock = miniblocks;
  }

  /**
   * The next numbers, into places {@code from} to {@code to}, exclusive.
   *
   * @throws RuntimeException if there are not as many
   */
  void read(long[] target, int from, int to) {
    int place = from;
    while (place < to) {
      int count = take(to - place);
      System.arraycopy(miniblock, next - count, target, place, count);
      place += count;
    }
  }

  /**
   * Passes over the next numbers.
   *
   * @throws RuntimeException if there are not as many
   */
  void skip(int count) {
    int more = count;
    while (more > 0) {
      more -= take(more);
    }
  }

  /** Takes some of a miniblock, no more than {@code most}: how many. */
  private int take(int most) {
    if (next == filled) {
      fill();
    }
    int count = Math.min(most, filled - next);
    next += count;
    return count;
  }

  private void fill() {
    if (nextMiniblock == miniblocks) {
      least = zigZag();
      widths = at;
      at += miniblocks;
      nextMiniblock = 0;
    }
    int width = bytes[widths + nextMiniblock++];
    next = 0;
    filled = Math.min(left, miniblockLength);
    if (filled == 0 || at + ((long) filled * width + Byte.SIZE - 1) / Byte.SIZE > end) {
      throw new ParquetDecodingException("a page ends before its values");
    }
    PackedBits.unpack(bytes, (long) at * Byte.SIZE, width, miniblock, 0, filled);
    for (int i = 0; i < filled; i++) {
      last += least + miniblock[i];
      miniblock[i] = last;
    }
    at += miniblockLength * width / Byte.SIZE;
    left -= filled;
  }

  private long varint() {
    long value = 0;
    for (int shift = 0; ; shift += 7) {
      byte octet = bytes[at++];
      value |= (long) (octet & 0x7F) << shift;
      if (octet >= 0) {
        return value;
      }
    }
  }

  private long zigZag() {
    long value = varint();
    return (value >>> 1) ^ -(value & 1);
  }
}
