package io.booklake.read;

import java.io.IOException;
import java.io.InputStream;
import org.apache.parquet.io.ParquetDecodingException;

/**
 * Small numbers in runs of one value and in packed bits: levels, and references to words. The class
 * that parquet-java has for it loads 280 others, one for each width and order of bits.
 *
 * @see <a href="https://parquet.apache.org/docs/file-format/data-pages/encodings/">Parquet,
 *     Encodings, RLE</a>
 */
final class HybridRuns {
  /** Numbers of a packed run come in groups of so many. */
  private static final int GROUP = 8;

  private final int width;
  private final byte[] bytes;
  private int at;
  private int left;
  private boolean isPacked;

  /** Of a run of one value, this; of a packed one, the bits that were taken in already. */
  private long bits;

  private int bitCount;

  /**
   * All numbers that are left in a stream.
   *
   * @param width bits of a number, 0 to 32
   */
  HybridRuns(int width, InputStream in) throws IOException {
    this.width = width;
    bytes = in.readNBytes(in.available());
  }

  /**
   * The next number.
   *
   * @throws ParquetDecodingException if there is none
   */
  int next() {
    if (left == 0) {
      begin();
    }
    left--;
    if (!isPacked) {
      return (int) bits;
    }
    while (bitCount < width) {
      bits |= (long) octet() << bitCount;
      bitCount += Byte.SIZE;
    }
    int value = (int) (bits & ((1L << width) - 1));
    bits >>>= width;
    bitCount -= width;
    return value;
  }

  private void begin() {
    int header = header();
    isPacked = (header & 1) == 1;
    left = isPacked ? (header >>> 1) * GROUP : header >>> 1;
    if (left <= 0) {
      throw new ParquetDecodingException("a page has a run of nothing");
    }
    bits = 0;
    bitCount = 0;
    for (int shift = 0; !isPacked && shift < width; shift += Byte.SIZE) {
      bits |= (long) octet() << shift;
    }
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
    if (at == bytes.length) {
      throw new ParquetDecodingException("a page ends before its runs");
    }
    return bytes[at++] & 0xFF;
  }
}
