package io.booklake.lake.columnar;

import java.util.Arrays;

/**
 * Parquet's DELTA_BINARY_PACKED for a page of whole numbers: the first one, then the differences
 * from each to the next, less the smallest of their block, in as few bits as their miniblock needs.
 *
 * <p>The fast twin of parquet-java's {@code DeltaBinaryPackingValuesWriterForLong} and {@code
 * ...ForInteger}, which take values one by one.
 */
final class DeltaPacking {
  private static final int BLOCK = 128;
  private static final int MINIBLOCK = 32;
  private static final int MINIBLOCKS = BLOCK / MINIBLOCK;
  private static final int MAX_BLOCK_BYTES =
      PageBytes.MAX_VARINT_BYTES + MINIBLOCKS + BLOCK * Long.BYTES;

  private final boolean isInt;
  private final long[] deltas = new long[BLOCK];
  private final PageBytes page = new PageBytes();

  /**
   * For columns of one type.
   *
   * @param isInt whether it has 32 bits: then differences have, too, and overflow as such
   */
  DeltaPacking(boolean isInt) {
    this.isInt = isInt;
  }

  /** Packs the first {@code count} values. What is returned holds until the next page. */
  PageBytes pack(long[] values, int count) {
    page.begin(4 * PageBytes.MAX_VARINT_BYTES + (count / BLOCK + 1) * MAX_BLOCK_BYTES);
    page.writeVarint(BLOCK);
    page.writeVarint(MINIBLOCKS);
    page.writeVarint(count);
    page.writeZigZag(count == 0 ? 0 : values[0]);
    for (int from = 1; from < count; from += BLOCK) {
      packBlock(values, from, Math.min(BLOCK, count - from));
    }
    return page;
  }

  private void packBlock(long[] values, int from, int count) {
    // Differences may overflow: a reader adds modulo 2^64, or 2^32, too.
    for (int i = 0; i < count; i++) {
      deltas[i] = values[from + i] - values[from + i - 1];
    }
    if (isInt) {
      for (int i = 0; i < count; i++) {
        deltas[i] = (int) deltas[i];
      }
    }
    long least = Long.MAX_VALUE;
    for (int i = 0; i < count; i++) {
      least = Math.min(least, deltas[i]);
    }
    for (int i = 0; i < count; i++) {
      deltas[i] -= least;
    }
    Arrays.fill(deltas, count, BLOCK, 0);
    page.writeZigZag(least);
    int widths = page.length;
    page.length += MINIBLOCKS;
    for (int miniblock = 0; miniblock < MINIBLOCKS; miniblock++) {
      int begin = miniblock * MINIBLOCK;
      int width = BitPacking.width(deltas, begin, MINIBLOCK);
      page.bytes[widths + miniblock] = (byte) width;
      if (width > 0) {
        BitPacking.pack(deltas, begin, MINIBLOCK, width, page.bytes, page.length);
        page.length += width * MINIBLOCK / Byte.SIZE;
      }
    }
  }
}
