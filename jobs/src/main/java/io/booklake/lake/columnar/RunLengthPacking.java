package io.booklake.lake.columnar;

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
   * Packs references to a dictionary: behind a byte that tells their width. What is returned holds
   * until the next page.
   *
   * @param width bits of a reference, 0 to 32
   */
  PageBytes packReferences(Runs runs, int width) {
    begin(runs);
    page.writeByte(width);
    return pack(runs, width);
  }

  /** Packs levels. */
  PageBytes packLevels(Runs runs, int width) {
    begin(runs);
    return pack(runs, width);
  }

  /** Packs what is true (1) or false (0): behind the number of bytes that follow. */
  PageBytes packBooleans(Runs runs) {
    begin(runs);
    page.writeInt(0);
    pack(runs, 1);
    LittleEndian.INTS.set(page.bytes, 0, page.length - Integer.BYTES);
    return page;
  }

  private void begin(Runs runs) {
    // The worst is a group of its own between any two runs.
    int groups = runs.length() / GROUP + 1;
    page.begin(Integer.BYTES + PageBytes.MAX_VARINT_BYTES + groups * (GROUP * 5));
  }

  private PageBytes pack(Runs runs, int width) {
    int count = runs.length();
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
      boolean repeats = length - missing >= GROUP;
      addLiterals(value, repeats ? missing : length);
      if (repeats) {
        packLiterals(width);
        page.writeVarint((long) (length - missing) << 1);
        writeValue(value, width);
      }
    }
    addLiterals(0, -literalCount & (GROUP - 1));
    packLiterals(width);
    return page;
  }

  private void writeValue(long value, int width) {
    for (int bit = 0; bit < width; bit += Byte.SIZE) {
      page.writeByte((int) (value >>> bit));
    }
  }

  /**
   * A group at once, of which what is too much is written over next: these runs are so short that
   * to count takes longer.
   */
  private void addLiterals(long value, int times) {
    for (int done = 0; done < times; done += GROUP) {
      int at = literalCount + done;
      for (int i = 0; i < GROUP; i++) {
        literals[at + i] = value;
      }
    }
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
