package io.booklake.lake.columnar;

import java.nio.charset.StandardCharsets;

/**
 * Writes structures in Thrift's compact protocol, of which all that is not data in a Parquet file
 * consists: fields in rising order of their numbers, as the Parquet format's definition gives them.
 *
 * @see <a
 *     href="https://github.com/apache/thrift/blob/master/doc/specs/thrift-compact-protocol.md">Thrift
 *     compact protocol</a>
 */
final class ThriftStruct {
  /** Types of the elements of a list. */
  static final int BOOL = 1;

  static final int I32 = 5;
  static final int I64 = 6;
  static final int BINARY = 8;
  static final int STRUCT = 12;

  private static final int BOOL_FALSE = 2;
  private static final int I16 = 4;
  private static final int LIST = 9;

  /** From one field to the next, in the short form; no struct of the format needs the long one. */
  private static final int MOST_STEP = 15;

  private static final int MOST_SHORT_LIST = 14;

  private final PageBytes out = new PageBytes();

  /** Structures of the format lie in one another five deep at most. */
  private final int[] outerFields = new int[5];

  private int depth;
  private int lastField;

  /** Begins anew, at the outermost structure. */
  ThriftStruct begin() {
    out.begin(0);
    depth = 0;
    lastField = 0;
    return this;
  }

  private void field(int number, int type) {
    int step = number - lastField;
    if (step <= 0 || step > MOST_STEP) {
      throw new IllegalArgumentException("field " + number + " behind " + lastField);
    }
    out.reserve(2 * PageBytes.MAX_VARINT_BYTES);
    out.writeByte(step << 4 | type);
    lastField = number;
  }

  ThriftStruct i16(int number, int value) {
    field(number, I16);
    out.writeZigZag(value);
    return this;
  }

  ThriftStruct i32(int number, int value) {
    field(number, I32);
    out.writeZigZag(value);
    return this;
  }

  ThriftStruct i64(int number, long value) {
    field(number, I64);
    out.writeZigZag(value);
    return this;
  }

  ThriftStruct bool(int number, boolean value) {
    field(number, value ? BOOL : BOOL_FALSE);
    return this;
  }

  ThriftStruct binary(int number, byte[] value) {
    field(number, BINARY);
    element(value);
    return this;
  }

  ThriftStruct text(int number, String value) {
    return binary(number, value.getBytes(StandardCharsets.UTF_8));
  }

  /** A structure, whose fields follow until its {@link #end}. */
  ThriftStruct struct(int number) {
    field(number, STRUCT);
    return element();
  }

  /** A list, whose elements follow. */
  ThriftStruct list(int number, int type, int size) {
    field(number, LIST);
    if (size <= MOST_SHORT_LIST) {
      out.writeByte(size << 4 | type);
    } else {
      out.writeByte(0xF0 | type);
      out.writeVarint(size);
    }
    return this;
  }

  /** A structure in a list, whose fields follow until its {@link #end}. */
  ThriftStruct element() {
    outerFields[depth++] = lastField;
    lastField = 0;
    return this;
  }

  /** A whole number in a list, of any length. */
  void element(long value) {
    out.reserve(PageBytes.MAX_VARINT_BYTES);
    out.writeZigZag(value);
  }

  void element(boolean value) {
    out.reserve(1);
    out.writeByte(value ? BOOL : BOOL_FALSE);
  }

  void element(byte[] value) {
    out.reserve(PageBytes.MAX_VARINT_BYTES + value.length);
    out.writeVarint(value.length);
    out.write(value);
  }

  void element(String value) {
    element(value.getBytes(StandardCharsets.UTF_8));
  }

  /** Ends the innermost structure. */
  ThriftStruct end() {
    out.reserve(1);
    out.writeByte(0);
    if (depth > 0) {
      lastField = outerFields[--depth];
    }
    return this;
  }

  /** What is written; it holds until the next {@link #begin}. */
  PageBytes bytes() {
    return out;
  }
}
