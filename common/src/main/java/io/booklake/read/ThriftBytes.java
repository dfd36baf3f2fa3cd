package io.booklake.read;

import java.io.EOFException;
import java.io.IOException;

/** Numbers as Thrift's compact protocol writes them, one behind the other. */
final class ThriftBytes {
  private final byte[] bytes;
  private final int end;
  private int at;

  ThriftBytes(byte[] bytes, int from, int length) {
    this.bytes = bytes;
    at = from;
    end = from + length;
  }

  /** The next byte, 0 to 255. */
  int next() throws IOException {
    if (at >= end) {
      throw new EOFException("an index ends too early");
    }
    return bytes[at++] & 0xFF;
  }

  /** Passes over a byte that must be there. */
  void expect(int wanted) throws IOException {
    int found = next();
    if (found != wanted) {
      throw new IOException("found " + found + " in an index, expected " + wanted);
    }
  }

  /** A number that may be negative. */
  long number() throws IOException {
    long value = varint();
    return (value >>> 1) ^ -(value & 1);
  }

  /** How many elements follow, which take a byte each at least. */
  int count() throws IOException {
    long count = varint();
    if (count < 0 || count > end - at) {
      throw new IOException("an index has " + count + " elements in " + (end - at) + " bytes");
    }
    return (int) count;
  }

  private long varint() throws IOException {
    long value = 0;
    for (int shift = 0; shift < Long.SIZE; shift += 7) {
      int next = next();
      value |= (next & 0x7FL) << shift;
      if (next < 0x80) {
        return value;
      }
    }
    throw new IOException("a number of an index has no end");
  }
}
