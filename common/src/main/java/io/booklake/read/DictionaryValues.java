package io.booklake.read;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.apache.parquet.io.ParquetDecodingException;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;

/**
 * The values that a column's pages refer to, decoded once: pages look up thousands, and a word is
 * one object for all rows that have it. Nobody changes them.
 */
final class DictionaryValues {
  private static final int OBJECT_BYTES = 96;

  /** By reference, in columns of whole numbers; else null. */
  final long[] longs;

  /** By reference, in columns of DOUBLE; else null. */
  final double[] doubles;

  /** By reference, in columns of text; else null. */
  final String[] words;

  private final int weight;

  private DictionaryValues(long[] longs, double[] doubles, String[] words, int weight) {
    this.longs = longs;
    this.doubles = doubles;
    this.words = words;
    this.weight = OBJECT_BYTES + weight;
  }

  /**
   * The values of a decompressed page.
   *
   * @param page what they are, one behind the other
   * @throws RuntimeException if there are fewer than {@code count}, or of a type that no column has
   */
  static DictionaryValues of(PrimitiveTypeName type, byte[] page, int count) {
    ByteBuffer bytes = ByteBuffer.wrap(page).order(ByteOrder.LITTLE_ENDIAN);
    return switch (type) {
      case INT32, INT64 -> longs(type == PrimitiveTypeName.INT64, bytes, count);
      case DOUBLE -> doubles(bytes, count);
      case BINARY -> words(bytes, count);
      default -> throw new ParquetDecodingException("no column has a dictionary of " + type);
    };
  }

  private static DictionaryValues longs(boolean isLong, ByteBuffer bytes, int count) {
    long[] longs = new long[count];
    for (int i = 0; i < count; i++) {
      longs[i] = isLong ? bytes.getLong() : bytes.getInt();
    }
    return new DictionaryValues(longs, null, null, count * Long.BYTES);
  }

  private static DictionaryValues doubles(ByteBuffer bytes, int count) {
    double[] doubles = new double[count];
    for (int i = 0; i < count; i++) {
      doubles[i] = bytes.getDouble();
    }
    return new DictionaryValues(null, doubles, null, count * Double.BYTES);
  }

  private static DictionaryValues words(ByteBuffer bytes, int count) {
    String[] words = new String[count];
    for (int i = 0; i < count; i++) {
      ByteBuffer word = bytes.slice(bytes.position() + Integer.BYTES, bytes.getInt());
      words[i] = StandardCharsets.UTF_8.decode(word).toString();
      bytes.position(bytes.position() + word.limit());
    }
    return new DictionaryValues(null, null, words, bytes.position() + count * OBJECT_BYTES);
  }

  /** A value as an object: a Long, a Double or a String. */
  Object get(int reference) {
    if (longs != null) {
      return longs[reference];
    }
    return doubles != null ? (Object) doubles[reference] : words[reference];
  }

  /** About how much memory they take, in bytes. */
  int weight() {
    return weight;
  }
}
