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

  /** By reference, in columns of whole numbers that all fit into 32 bits; else null. */
  final int[] ints;

  /** By reference, in columns of other whole numbers; else null. */
  final long[] longs;

  /** By reference, in columns of DOUBLE; else null. */
  final double[] doubles;

  /** By reference, in columns of text; else null. */
  final String[] words;

  private final int weight;

  private DictionaryValues(int[] ints, long[] longs, double[] doubles, String[] words, int weight) {
    this.ints = ints;
    this.longs = longs;
    this.doubles = doubles;
    this.words = words;
    this.weight = OBJECT_BYTES + weight;
  }

  /**
   * The values of a decompressed page.
   *
   * @param page what they are, one behind the other; nothing of it is kept
   * @throws RuntimeException if there are fewer than {@code count}, or of a type that no column has
   */
  static DictionaryValues of(PrimitiveTypeName type, ByteBuffer page, int count) {
    ByteBuffer bytes = page.order(ByteOrder.LITTLE_ENDIAN);
    if (count < 0 || count > bytes.remaining() / Integer.BYTES) {
      throw new ParquetDecodingException(
          "a dictionary has " + count + " values in " + bytes.remaining() + " bytes");
    }
    return switch (type) {
      case INT32 -> ints(bytes, count);
      case INT64 -> longs(bytes, count);
      case DOUBLE -> doubles(bytes, count);
      case BINARY -> words(bytes, count);
      default -> throw new ParquetDecodingException("no column has a dictionary of " + type);
    };
  }

  private static DictionaryValues ints(ByteBuffer bytes, int count) {
    int[] ints = new int[count];
    bytes.asIntBuffer().get(ints);
    return new DictionaryValues(ints, null, null, null, count * Integer.BYTES);
  }

  /** Prices and sizes are LONG, but mostly small: a dictionary of them takes half the memory. */
  private static DictionaryValues longs(ByteBuffer bytes, int count) {
    int first = bytes.position();
    int[] ints = new int[count];
    for (int i = 0; i < count; i++) {
      long value = bytes.getLong(first + i * Long.BYTES);
      ints[i] = (int) value;
      if (ints[i] != value) {
        long[] longs = new long[count];
        bytes.asLongBuffer().get(longs);
        return new DictionaryValues(null, longs, null, null, count * Long.BYTES);
      }
    }
    return new DictionaryValues(ints, null, null, null, count * Integer.BYTES);
  }

  private static DictionaryValues doubles(ByteBuffer bytes, int count) {
    double[] doubles = new double[count];
    for (int i = 0; i < count; i++) {
      doubles[i] = bytes.getDouble();
    }
    return new DictionaryValues(null, null, doubles, null, count * Double.BYTES);
  }

  private static DictionaryValues words(ByteBuffer bytes, int count) {
    String[] words = new String[count];
    for (int i = 0; i < count; i++) {
      ByteBuffer word = bytes.slice(bytes.position() + Integer.BYTES, bytes.getInt());
      words[i] = StandardCharsets.UTF_8.decode(word).toString();
      bytes.position(bytes.position() + word.limit());
    }
    return new DictionaryValues(null, null, null, words, bytes.position() + count * OBJECT_BYTES);
  }

  /** Looks up numbers: each reference from {@code from} to {@code to} becomes its value. */
  void replace(long[] references, int from, int to) {
    if (ints != null) {
      for (int i = from; i < to; i++) {
        references[i] = ints[(int) references[i]];
      }
    } else {
      for (int i = from; i < to; i++) {
        references[i] = longs[(int) references[i]];
      }
    }
  }

  /** A value as an object: a Long, a Double or a String. */
  Object get(int reference) {
    if (ints != null) {
      return (long) ints[reference];
    }
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
