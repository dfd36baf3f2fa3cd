package io.booklake.lake.columnar;

import org.apache.parquet.bytes.BytesInput;

/** The bytes of a page while they are encoded; used again for the next page. */
final class PageBytes {
  static final int MAX_VARINT_BYTES = 10;

  byte[] bytes = new byte[0];
  int length;

  /** Begins a page of at most this many bytes, and what packing may overwrite behind them. */
  void begin(int atMost) {
    if (bytes.length < atMost + BitPacking.SLACK_BYTES) {
      bytes = new byte[atMost + BitPacking.SLACK_BYTES];
    }
    length = 0;
  }

  void writeByte(int value) {
    bytes[length++] = (byte) value;
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

  /** Holds until the next page begins. */
  BytesInput ended() {
    return BytesInput.from(bytes, 0, length);
  }
}
