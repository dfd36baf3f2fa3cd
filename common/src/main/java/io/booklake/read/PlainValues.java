package io.booklake.read;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.apache.parquet.io.ParquetDecodingException;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;

/**
 * Values of a page as they are, one behind the other; text behind its length. Numbers go straight
 * into arrays.
 *
 * @see <a href="https://parquet.apache.org/docs/file-format/data-pages/encodings/">Parquet,
 *     Encodings</a>
 */
final class PlainValues {
  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle DOUBLES =
      MethodHandles.byteArrayViewVarHandle(double[].class, ByteOrder.LITTLE_ENDIAN);

  /** Bytes of an instant of INT96: nanoseconds of the day, and the Julian day, as Spark has it. */
  private static final int INSTANT_BYTES = 12;

  private static final int JULIAN_DAY_OF_1970 = 2_440_588;
  private static final long MICROS_A_DAY = 86_400_000_000L;
  private static final int NANOS_A_MICRO = 1_000;

  private final PrimitiveTypeName type;
  private final byte[] bytes;
  private final int end;
  private int at;

  /** Values from {@code from} to {@code end}, exclusive, of a type that this {@link #knows}. */
  PlainValues(PrimitiveTypeName type, byte[] bytes, int from, int end) {
    this.type = type;
    this.bytes = bytes;
    this.end = end;
    at = from;
  }

  /** Values that fill a buffer with an array. */
  PlainValues(PrimitiveTypeName type, ByteBuffer page) {
    this(
        type,
        page.array(),
        page.arrayOffset() + page.position(),
        page.arrayOffset() + page.limit());
  }

  /** Whether values of a type are read here. */
  static boolean knows(PrimitiveTypeName type) {
    return switch (type) {
      case INT32, INT64, INT96, DOUBLE, BINARY -> true;
      default -> false;
    };
  }

  /** Passes over the next values. */
  void skip(int count) {
    switch (type) {
      case INT32 -> pass(count, Integer.BYTES);
      case INT96 -> pass(count, INSTANT_BYTES);
      case BINARY -> {
        for (int i = 0; i < count; i++) {
          pass(length(), 1);
        }
      }
      default -> pass(count, Long.BYTES);
    }
  }

  /** Where some values begin, which are behind then. */
  private int pass(int count, int width) {
    int first = at;
    if (count < 0 || count > (end - at) / width) {
      throw new ParquetDecodingException("a page ends before its values do");
    }
    at += count * width;
    return first;
  }

  /**
   * The next values of INT64, or of INT96 as microseconds since 1970, into places {@code from} to
   * {@code to}, exclusive.
   */
  void read(long[] target, int from, int to) {
    if (type == PrimitiveTypeName.INT96) {
      for (int i = from; i < to; i++) {
        target[i] = instant();
      }
      return;
    }
    int first = pass(to - from, Long.BYTES);
    for (int i = from; i < to; i++) {
      target[i] = (long) LONGS.get(bytes, first + (i - from) * Long.BYTES);
    }
  }

  private long instant() {
    int first = pass(1, INSTANT_BYTES);
    long nanos = (long) LONGS.get(bytes, first);
    int julianDay = (int) INTS.get(bytes, first + Long.BYTES);
    return (julianDay - JULIAN_DAY_OF_1970) * MICROS_A_DAY + Math.floorDiv(nanos, NANOS_A_MICRO);
  }

  /** The next values of INT32, into places {@code from} to {@code to}, exclusive. */
  void read(int[] target, int from, int to) {
    int first = pass(to - from, Integer.BYTES);
    for (int i = from; i < to; i++) {
      target[i] = (int) INTS.get(bytes, first + (i - from) * Integer.BYTES);
    }
  }

  /** The next values of DOUBLE, into places {@code from} to {@code to}, exclusive. */
  void read(double[] target, int from, int to) {
    int first = pass(to - from, Double.BYTES);
    for (int i = from; i < to; i++) {
      target[i] = (double) DOUBLES.get(bytes, first + (i - from) * Double.BYTES);
    }
  }

  /** The next value of BINARY, which lies in the page. */
  Binary text() {
    int length = length();
    return Binary.fromConstantByteArray(bytes, pass(length, 1), length);
  }

  private int length() {
    return (int) INTS.get(bytes, pass(1, Integer.BYTES));
  }

  /** The next value as an object: a Long, a Double or a String. */
  Object next() {
    return switch (type) {
      case INT32 -> (long) (int) INTS.get(bytes, pass(1, Integer.BYTES));
      case INT64 -> (long) LONGS.get(bytes, pass(1, Long.BYTES));
      case INT96 -> instant();
      case DOUBLE -> (double) DOUBLES.get(bytes, pass(1, Double.BYTES));
      default -> text().toStringUsingUTF8();
    };
  }
}
