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
  private long[] literals = new long[GROUP];
  private int literalCount;

  /**
   * Packs runs, behind a byte that tells the width of their values, as a page of references to a
   * dictionary has it. What is returned holds until the next page.
   *
   * @param width bits of a value, 0 to 32
   */
  BytesInput pack(Runs runs, int width) {
    int count = runs.length();
    // The worst is a group of its own between any two runs.
    page.begin(1 + PageBytes.MAX_VARINT_BYTES + (count / GROUP + 1) * (GROUP * 5));
    page.writeByte(width);
    if (literals.length < count + GROUP) {
      literals = new long[count + GROUP];
    }
    int from = 0;
    for (int run = 0; run < runs.count; run++) {
      long value = runs.values[run];
      int length = runs.ends[run] - from;
      from = runs.ends[run];
      // Groups are whole: what stands before a run takes from it what it lacks.
      int missing = -literalCount & (GROUP - 1);
      if (length - missing >= GROUP) {
        addLiterals(value, missing);
        packLiterals(width);
        page.writeVarint((long) (length - missing) << 1);
        writeValue(value, width);
      } else {
        addLiterals(value, length);
      }
    }
    addLiterals(0, -literalCount & (GROUP - 1));
    packLiterals(width);
    return page.ended();
  }

  private void writeValue(long value, int width) {
    for (int bit = 0; bit < width; bit += Byte.SIZE) {
      page.writeByte((int) (value >>> bit));
    }
  }

  private void addLiterals(long value, int times) {
    Arrays.fill(literals, literalCount, literalCount + times, value);
    literalCount += times;
  }

  /** Of whole groups. */
  private void packLiterals(int width) {
    if (literalCount == 0) {
      return;
    }
    page.writeVarint((long) (literalCount / GROUP) << 1 | 1);
    if (width > 0) {
      BitPacking.pack(literals, 0, literalCount, width, page.bytes, page.length);
      page.length += literalCount / GROUP * width;
    }
    literalCount = 0;
  }
}
