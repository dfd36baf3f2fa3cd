package io.booklake.read;

import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * Structs as Thrift's compact protocol writes them. Thrift's own classes are made for streams and
 * make objects of every struct, list and number; a file that is newly opened has thousands.
 *
 * @see <a
 *     href="https://github.com/apache/thrift/blob/master/doc/specs/thrift-compact-protocol.md">Thrift,
 *     Compact Protocol</a>
 */
final class ThriftBytes {
  /** Types of fields and elements. */
  static final int INT = 5;

  static final int LONG = 6;
  static final int BINARY = 8;
  static final int STRUCT = 12;

  /** Behind the last field of a struct there is none. */
  static final int NONE = 0;

  private static final int TRUE = 1;
  private static final int FALSE = 2;
  private static final int BYTE = 3;
  private static final int SHORT = 4;
  private static final int DOUBLE = 7;
  private static final int LIST = 9;
  private static final int SET = 10;
  private static final int MAP = 11;

  /** In a list's head: the count stands behind it. */
  private static final int MANY = 15;

  /** No file has structs in each other so often. */
  private static final int MOST_DEPTH = 32;

  private final byte[] bytes;
  private final int end;
  private int at;

  /** Of the field that was begun last. */
  private int type;

  ThriftBytes(byte[] bytes, int from, int length) {
    this.bytes = bytes;
    at = from;
    end = from + length;
  }

  /** Where the next byte is in the array. */
  int position() {
    return at;
  }

  /** The next byte, 0 to 255. */
  int next() throws IOException {
    if (at >= end) {
      throw new EOFException("a struct ends too early");
    }
    return bytes[at++] & 0xFF;
  }

  /** Passes over a byte that must be there. */
  void expect(int wanted) throws IOException {
    int found = next();
    if (found != wanted) {
      throw new IOException("found " + found + " in a struct, expected " + wanted);
    }
  }

  /**
   * Begins the next field of a struct. Its value must be taken, or passed over.
   *
   * @param before number of the field before it, {@link #NONE} for the first
   * @return its number, or {@link #NONE}
   */
  int field(int before) throws IOException {
    int head = next();
    if (head == 0) {
      return NONE;
    }
    type = head & 0x0F;
    int step = head >>> 4;
    long field = step == 0 ? number() : before + step;
    if (field <= NONE || field > Short.MAX_VALUE) {
      throw new IOException("a struct has a field " + field);
    }
    return (int) field;
  }

  private void expectType(boolean isIt) throws IOException {
    if (!isIt) {
      throw new IOException("a field has type " + type + ", expected another");
    }
  }

  /** The field's value, a number of at most 64 bits. */
  long whole() throws IOException {
    expectType(type >= SHORT && type <= LONG);
    return number();
  }

  /** The field's value, a number of at most 32 bits. */
  int integer() throws IOException {
    long value = whole();
    if (value != (int) value) {
      throw new IOException("found " + value + ", expected a number of 32 bits");
    }
    return (int) value;
  }

  /** The field's value, true or false. */
  boolean truth() throws IOException {
    expectType(type == TRUE || type == FALSE);
    return type == TRUE;
  }

  /** The field's value, a text. */
  String text() throws IOException {
    expectType(type == BINARY);
    return element();
  }

  /** Begins the field's value, a struct. */
  void struct() throws IOException {
    expectType(type == STRUCT);
  }

  /** Begins the field's value, bytes: how many follow, to be passed over. */
  int binary() throws IOException {
    expectType(type == BINARY);
    return count();
  }

  /** Passes over some bytes, no more than follow. */
  void pass(int count) {
    at += count;
  }

  /**
   * Begins the field's value, a list: how many elements follow.
   *
   * @param elementType of any number if {@link #INT} or {@link #LONG}
   */
  int list(int elementType) throws IOException {
    expectType(type == LIST);
    int head = next();
    int count = head >>> 4 == MANY ? count() : head >>> 4;
    if ((head & 0x0F) != elementType && count > 0) {
      throw new IOException("a list is of type " + (head & 0x0F) + ", expected " + elementType);
    }
    return count;
  }

  /** Begins the field's value, a list of true and false, each of them a byte: how many follow. */
  int truths() throws IOException {
    expectType(type == LIST);
    int head = next();
    int count = head >>> 4 == MANY ? count() : head >>> 4;
    if ((head & 0x0F) > FALSE && count > 0) {
      throw new IOException("a list is of type " + (head & 0x0F) + ", expected true and false");
    }
    return count;
  }

  /** The next element of {@link #truths}. */
  boolean truthElement() throws IOException {
    return next() == TRUE;
  }

  /** The next element of a list, a text. */
  String element() throws IOException {
    int length = count();
    String text = new String(bytes, at, length, StandardCharsets.UTF_8);
    at += length;
    return text;
  }

  /** Passes over the field's value. */
  void skip() throws IOException {
    skip(type, 0);
  }

  private void skip(int of, int depth) throws IOException {
    if (depth > MOST_DEPTH) {
      throw new IOException("structs are in each other more than " + MOST_DEPTH + " times");
    }
    switch (of) {
      case TRUE, FALSE -> {}
      case BYTE -> next();
      case SHORT, INT, LONG -> number();
      case DOUBLE -> {
        for (int i = 0; i < Double.BYTES; i++) {
          next();
        }
      }
      case BINARY -> pass(count());
      case LIST, SET -> {
        int head = next();
        int count = head >>> 4 == MANY ? count() : head >>> 4;
        skip(count, head & 0x0F, depth);
      }
      case MAP -> {
        int count = count();
        int types = count == 0 ? 0 : next();
        for (int i = 0; i < count; i++) {
          skip(1, types >>> 4, depth);
          skip(1, types & 0x0F, depth);
        }
      }
      case STRUCT -> {
        for (int field = field(NONE); field != NONE; field = field(field)) {
          skip(type, depth + 1);
        }
      }
      default -> throw new IOException("a field has type " + of);
    }
  }

  /** Elements: true and false take a byte there. */
  private void skip(int count, int of, int depth) throws IOException {
    for (int i = 0; i < count; i++) {
      skip(of == TRUE || of == FALSE ? BYTE : of, depth + 1);
    }
  }

  /** A number that may be negative. */
  long number() throws IOException {
    long value = varint();
    return (value >>> 1) ^ -(value & 1);
  }

  /** How many elements or bytes follow, which take a byte each at least. */
  int count() throws IOException {
    long count = varint();
    if (count < 0 || count > end - at) {
      throw new IOException("a struct has " + count + " elements in " + (end - at) + " bytes");
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
    throw new IOException("a number of a struct has no end");
  }
}
