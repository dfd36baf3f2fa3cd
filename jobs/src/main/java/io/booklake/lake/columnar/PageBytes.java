package io.booklake.lake.columnar;

import java.util.Arrays;

/** Bytes while they are encoded; the same array serves one page after the other. */
final class PageBytes {
  static final int MAX_VARINT_BYTES = 10;

  static final PageBytes NONE = new PageBytes(new byte[0]);

  byte[] bytes;
  int length;

  /** Without room yet. */
  PageBytes() {
    bytes = new byte[0];
  }

  /** Of these, which are complete. */
  PageBytes(byte[] bytes) {
    this.bytes = bytes;
    length = bytes.length;
  }

  /** Begins with room for this many bytes, and what packing may overwrite behind them. */
  void begin(int atMost) {
    length = 0;
    if (bytes.length < atMost + BitPacking.SLACK_BYTES) {
      bytes = new byte[atMost + BitPacking.SLACK_BYTES];
    }
  }

  /** Makes room for more, whatever that may be in the end. */
  void reserve(int more) {
    if (bytes.length - length < more) {
      bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + more));
    }
  }

  void writeByte(int value) {
    bytes[length++] = (byte) value;
  }

  void write(byte[] values) {
    System.arraycopy(values, 0, bytes, length, values.length);
    length += values.length;
  }

  /** The lowest byte first. */
  void writeInt(int value) {
    LittleEndian.INTS.set(bytes, length, value);
    length += Integer.BYTES;
  }

  /** The lowest byte first. */
  void writeLong(long value) {
    LittleEndian.LONGS.set(bytes, length, value);
    length += Long.BYTES;
  }

  /** Seven bits a byte, the lowest first. */
  void writeVarint(long value) {
    long rest = value;
    while ((rest & ~0x7FL) != 0) {
      bytes[length++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    bytes[length++] = (byte) rest;
  }

  /** So that small negative numbers stay small. */
  void writeZigZag(long value) {
    writeVarint((value << 1) ^ (value >> 63));
  }

  /** The same in an array of their own. */
  PageBytes copy() {
    return new PageBytes(Arrays.copyOf(bytes, length));
  }
}
