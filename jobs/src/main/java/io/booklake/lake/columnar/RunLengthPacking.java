package io.booklake.lake.columnar;

import java.util.Arrays;
import org.apache.parquet.bytes.BytesInput;

/**
 * Parquet's RLE for a page of small numbers: what repeats at least eight times is said once, what
 * lies between is packed in groups of eight.
 *
 * <p>The fast twin of parquet-java's {@code RunLengthBitPackingHybridEncoder}, which takes values
 * one by one.
 */
final class RunLengthPacking {
  private static final int GROUP = 8;

  private final PageBytes page = new PageBytes();
  private final long[] padded = new long[GROUP];

  /**
   * Packs the first {@code count} values, behind a byte that tells their width, as a page of
   * references to a dictionary has it. What is returned holds until the next page.
   *
   * @param width bits of a value, 0 to 32
   */
  BytesInput pack(long[] values, int count, int width) {
    // The worst is a group of its own between any two runs.
    page.begin(1 + PageBytes.MAX_VARINT_BYTES + (count / GROUP + 1) * (GROUP * 5));
    page.writeByte(width);
    int literal = 0;
    int at = 0;
    while (at < count) {
      int end = at + 1;
      long value = values[at];
      while (end < count && values[end] == value) {
        end++;
      }
      // Groups are whole: what stands before a run takes from it what it lacks.
      int missing = -(at - literal) & (GROUP - 1);
      if (end - at - missing >= GROUP) {
        packLiterals(values, literal, at + missing, width);
        page.writeVarint((long) (end - at - missing) << 1);
        writeValue(value, width);
        literal = end;
      }
      at = end;
    }
    packLiterals(values, literal, count, width);
    return page.ended();
  }

  private void writeValue(long value, int width) {
    for (int bit = 0; bit < width; bit += Byte.SIZE) {
      page.writeByte((int) (value >>> bit));
    }
  }

  private void packLiterals(long[] values, int from, int to, int width) {
    if (from == to) {
      return;
    }
    int groups = (to - from + GROUP - 1) / GROUP;
    page.writeVarint((long) groups << 1 | 1);
    if (width == 0) {
      return;
    }
    int whole = (to - from) & -GROUP;
    BitPacking.pack(values, from, whole, width, page.bytes, page.length);
    page.length += whole * width / Byte.SIZE;
    if (whole < to - from) {
      Arrays.fill(padded, 0);
      System.arraycopy(values, from + whole, padded, 0, to - from - whole);
      BitPacking.pack(padded, 0, GROUP, width, page.bytes, page.length);
      page.length += width;
    }
  }
}
