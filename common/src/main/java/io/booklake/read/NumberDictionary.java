package io.booklake.read;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.apache.parquet.column.Dictionary;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;

/** Whole numbers that pages refer to, in an array: a page looks up thousands. */
final class NumberDictionary extends Dictionary {
  private final long[] numbers;

  private NumberDictionary(long[] numbers) {
    super(Encoding.PLAIN);
    this.numbers = numbers;
  }

  static boolean knows(PrimitiveTypeName type) {
    return type == PrimitiveTypeName.INT64 || type == PrimitiveTypeName.INT32;
  }

  /**
   * The numbers of a decompressed page.
   *
   * @param type one that {@link #knows} it
   * @throws IOException if there are fewer than {@code count}
   */
  static NumberDictionary of(PrimitiveTypeName type, byte[] page, int count) throws IOException {
    int width = type == PrimitiveTypeName.INT64 ? Long.BYTES : Integer.BYTES;
    if (page.length / width < count) {
      throw new IOException("a dictionary ends before its numbers");
    }
    ByteBuffer bytes = ByteBuffer.wrap(page).order(ByteOrder.LITTLE_ENDIAN);
    long[] numbers = new long[count];
    for (int i = 0; i < count; i++) {
      numbers[i] = width == Long.BYTES ? bytes.getLong() : bytes.getInt();
    }
    return new NumberDictionary(numbers);
  }

  /** All of them, not to be changed. */
  long[] numbers() {
    return numbers;
  }

  @Override
  public int getMaxId() {
    return numbers.length - 1;
  }

  @Override
  public long decodeToLong(int id) {
    return numbers[id];
  }

  @Override
  public int decodeToInt(int id) {
    return (int) numbers[id];
  }
}
