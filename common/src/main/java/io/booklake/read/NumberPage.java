package io.booklake.read;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.io.ParquetDecodingException;

/**
 * The whole numbers of one page, decoded in one go: bit-packed differences, and references to a
 * dictionary in runs, as the Parquet format's page on encodings describes them. The fast twin of
 * parquet-java's readers, which take values one by one.
 */
final class NumberPage {
  /** What {@link #unpack} may look at behind the last byte. */
  private static final int SLACK_BYTES = 2 * Long.BYTES;

  /** Up to this width a value lies within the eight bytes from its first one on. */
  private static final int WIDEST_IN_ONE = Long.SIZE - Byte.SIZE + 1;

  private static final int GROUP = 8;
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  /** The values; as many as {@link #decode} was asked for. */
  long[] values = new long[0];

  private byte[] bytes = new byte[0];
  private int length;
  private int at;

  /** Whether it can decode pages of this encoding. */
  static boolean knows(Encoding encoding) {
    return encoding == Encoding.DELTA_BINARY_PACKED || encoding.usesDictionary();
  }

  /**
   * Decodes a page.
   *
   * @param count of its values that are not NULL
   * @param dictionary by reference; null if there is none
   * @throws RuntimeException if the bytes are no such page
   */
  void decode(Encoding encoding, BytesInput page, int count, long[] dictionary) throws IOException {
    length = Math.toIntExact(page.size());
    if (bytes.length < length + SLACK_BYTES) {
      bytes = new byte[length + SLACK_BYTES];
    }
    page.toInputStream().readNBytes(bytes, 0, length);
    at = 0;
    if (values.length < count) {
      values = new long[count];
    }
    if (encoding.usesDictionary()) {
      references(count);
      for (int i = 0; i < count; i++) {
        values[i] = dictionary[(int) values[i]];
      }
    } else {
      differences(count);
    }
  }

  private void references(int count) {
    if (count == 0) {
      return;
    }
    int width = bytes[at++];
    int next = 0;
    while (next < count) {
      long header = varint();
      int run = (int) Math.min(count - next, (header >>> 1) * ((header & 1) == 0 ? 1 : GROUP));
      if (run <= 0) {
        throw new ParquetDecodingException("a page has a run of nothing");
      }
      if ((header & 1) == 0) {
        int wholeBytes = (width + Byte.SIZE - 1) / Byte.SIZE;
        unpack(next, 1, wholeBytes * Byte.SIZE);
        at += wholeBytes;
        Arrays.fill(values, next, next + run, values[next]);
      } else {
        unpack(next, run, width);
        at += Math.toIntExact((header >>> 1) * width);
      }
      next += run;
    }
  }

  private void differences(int count) {
    int block = (int) varint();
    int miniblocks = (int) varint();
    if (varint() != count) {
      throw new ParquetDecodingException("a page has not as many values as it says");
    }
    int miniblock = block / miniblocks;
    long value = zigZag();
    int next = 0;
    if (count > 0) {
      values[next++] = value;
    }
    while (next < count) {
      long least = zigZag();
      int widths = at;
      at += miniblocks;
      for (int i = 0; i < miniblocks && next < count; i++) {
        int width = bytes[widths + i];
        int end = Math.min(count, next + miniblock);
        unpack(next, end - next, width);
        at += miniblock * width / Byte.SIZE;
        for (int j = next; j < end; j++) {
          value += least + values[j];
          values[j] = value;
        }
        next = end;
      }
    }
  }

  /** Values of {@code width} bits each, the lowest bits first, from {@link #at} on. */
  private void unpack(int from, int count, int width) {
    if (at + ((long) count * width + Byte.SIZE - 1) / Byte.SIZE > length) {
      throw new ParquetDecodingException("a page ends before its values");
    }
    long mask = mask(width);
    long bit = (long) at * Byte.SIZE;
    for (int i = from; i < from + count; i++) {
      int first = (int) (bit >>> 3);
      int shift = (int) bit & 7;
      long value = (long) LONGS.get(bytes, first) >>> shift;
      if (width > WIDEST_IN_ONE && shift > 0) {
        value |= (long) bytes[first + Long.BYTES] << (Long.SIZE - shift);
      }
      values[i] = value & mask;
      bit += width;
    }
  }

  private static long mask(int width) {
    return width == Long.SIZE ? -1L : (1L << width) - 1;
  }

  private long varint() {
    long value = 0;
    for (int shift = 0; ; shift += 7) {
      byte next = bytes[at++];
      value |= (long) (next & 0x7F) << shift;
      if (next >= 0) {
        return value;
      }
    }
  }

  private long zigZag() {
    long value = varint();
    return (value >>> 1) ^ -(value & 1);
  }
}
