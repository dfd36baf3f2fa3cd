package io.booklake.lake.columnar;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.column.values.bitpacking.BytePackerForLong;
import org.apache.parquet.column.values.bitpacking.Packer;

/**
 * Parquet's DELTA_BINARY_PACKED for a page of 64-bit numbers: the first one, then the differences
 * from each to the next, less the smallest of their block, in as few bits as their miniblock needs.
 *
 * <p>The fast twin of parquet-java's {@code DeltaBinaryPackingValuesWriterForLong}, which takes
 * values one by one: most of the lake's values go through here.
 */
final class DeltaPacking {
  private static final int BLOCK = 128;
  private static final int MINIBLOCK = 32;
  private static final int MINIBLOCKS = BLOCK / MINIBLOCK;
  private static final int MAX_VARINT_BYTES = 10;
  private static final int MAX_BLOCK_BYTES = MAX_VARINT_BYTES + MINIBLOCKS + BLOCK * Long.BYTES;
  private static final BytePackerForLong[] PACKERS =
      IntStream.rangeClosed(0, Long.SIZE)
          .mapToObj(Packer.LITTLE_ENDIAN::newBytePackerForLong)
          .toArray(BytePackerForLong[]::new);

  private final long[] deltas = new long[BLOCK];
  private byte[] packed = new byte[0];
  private int length;

  /** Packs the first {@code count} values. What is returned holds until the next page. */
  BytesInput pack(long[] values, int count) {
    int atMost = 4 * MAX_VARINT_BYTES + (count / BLOCK + 1) * MAX_BLOCK_BYTES;
    if (packed.length < atMost) {
      packed = new byte[atMost];
    }
    length = 0;
    writeVarint(BLOCK);
    writeVarint(MINIBLOCKS);
    writeVarint(count);
    writeZigZag(count == 0 ? 0 : values[0]);
    for (int from = 1; from < count; from += BLOCK) {
      packBlock(values, from, Math.min(BLOCK, count - from));
    }
    return BytesInput.from(packed, 0, length);
  }

  private void packBlock(long[] values, int from, int count) {
    long least = Long.MAX_VALUE;
    for (int i = 0; i < count; i++) {
      // May overflow: a reader adds modulo 2^64 too.
      long delta = values[from + i] - values[from + i - 1];
      deltas[i] = delta;
      least = Math.min(least, delta);
    }
    for (int i = 0; i < count; i++) {
      deltas[i] -= least;
    }
    Arrays.fill(deltas, count, BLOCK, 0);
    writeZigZag(least);
    int widths = length;
    length += MINIBLOCKS;
    for (int miniblock = 0; miniblock < MINIBLOCKS; miniblock++) {
      int begin = miniblock * MINIBLOCK;
      int width = width(begin);
      packed[widths + miniblock] = (byte) width;
      if (width > 0) {
        PACKERS[width].pack32Values(deltas, begin, packed, length);
        length += width * MINIBLOCK / Byte.SIZE;
      }
    }
  }

  private int width(int begin) {
    long bits = 0;
    for (int i = begin; i < begin + MINIBLOCK; i++) {
      bits |= deltas[i];
    }
    return Long.SIZE - Long.numberOfLeadingZeros(bits);
  }

  private void writeZigZag(long value) {
    writeVarint((value << 1) ^ (value >> 63));
  }

  private void writeVarint(long value) {
    long rest = value;
    while ((rest & ~0x7FL) != 0) {
      packed[length++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    packed[length++] = (byte) rest;
  }
}
