package io.booklake.read;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.parquet.io.ParquetDecodingException;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;

/**
 * The values that a column's pages refer to, decoded once: pages look up thousands, and a word is
 * one object for all rows that have it. Nobody changes them.
 */
final class DictionaryValues {
  private static final int OBJECT_BYTES = 96;

  /**
   * By reference, in columns of whole numbers: one of these, the smallest that all of them fit
   * into. Prices and sizes are LONG, but mostly small.
   */
  private final short[] shorts;

  private final int[] ints;
  private final long[] longs;

  /** By reference, in columns of DOUBLE; else null. */
  final double[] doubles;

  /** By reference, in columns of text; else null. */
  final String[] words;

  private final int weight;

  private DictionaryValues(
      short[] shorts, int[] ints, long[] longs, double[] doubles, String[] words, int weight) {
    this.shorts = shorts;
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
   * @param room for numbers before they are stored in few bytes: in arrays of their own they were
   *     two fifths of what a cold row of {@code depth} allocates
   * @throws RuntimeException if there are fewer than {@code count}, or of a type that no column has
   */
  static DictionaryValues of(PrimitiveTypeName type, ByteBuffer page, int count, Room room) {
    ByteBuffer bytes = page.order(ByteOrder.LITTLE_ENDIAN);
    if (count < 0 || count > bytes.remaining() / Integer.BYTES) {
      throw new ParquetDecodingException(
          "a dictionary has " + count + " values in " + bytes.remaining() + " bytes");
    }
    return switch (type) {
      case INT32 -> ints(bytes, count);
      case INT64 -> {
        long[] longs = room.numbers(count);
        bytes.asLongBuffer().get(longs, 0, count);
        yield longs(longs, count);
      }
      case INT96 -> {
        long[] micros = room.numbers(count);
        new PlainValues(type, page).read(micros, 0, count);
        yield longs(micros, count);
      }
      case DOUBLE -> doubles(bytes, count);
      case BINARY -> words(bytes, count);
      default -> throw new ParquetDecodingException("no column has a dictionary of " + type);
    };
  }

  private static DictionaryValues ints(ByteBuffer bytes, int count) {
    int[] ints = new int[count];
    bytes.asIntBuffer().get(ints);
    return new DictionaryValues(null, ints, null, null, null, count * Integer.BYTES);
  }

  /** One pass, where all are as small as the first: {@code lost} has the bits that do not fit. */
  private static DictionaryValues longs(long[] longs, int count) {
    long first = count == 0 ? 0 : longs[0];
    if (first == (short) first) {
      short[] shorts = new short[count];
      long lost = 0;
      for (int i = 0; i < count; i++) {
        shorts[i] = (short) longs[i];
        lost |= longs[i] ^ shorts[i];
      }
      if (lost == 0) {
        return new DictionaryValues(shorts, null, null, null, null, count * Short.BYTES);
      }
    }
    if (first == (int) first) {
      int[] ints = new int[count];
      long lost = 0;
      for (int i = 0; i < count; i++) {
        ints[i] = (int) longs[i];
        lost |= longs[i] ^ ints[i];
      }
      if (lost == 0) {
        return new DictionaryValues(null, ints, null, null, null, count * Integer.BYTES);
      }
    }
    long[] kept = Arrays.copyOf(longs, count);
    return new DictionaryValues(null, null, kept, null, null, count * Long.BYTES);
  }

  private static DictionaryValues doubles(ByteBuffer bytes, int count) {
    double[] doubles = new double[count];
    for (int i = 0; i < count; i++) {
      doubles[i] = bytes.getDouble();
    }
    return new DictionaryValues(null, null, null, doubles, null, count * Double.BYTES);
  }

  private static DictionaryValues words(ByteBuffer bytes, int count) {
    String[] words = new String[count];
    for (int i = 0; i < count; i++) {
      ByteBuffer word = bytes.slice(bytes.position() + Integer.BYTES, bytes.getInt());
      words[i] = StandardCharsets.UTF_8.decode(word).toString();
      bytes.position(bytes.position() + word.limit());
    }
    return new DictionaryValues(
        null, null, null, null, words, bytes.position() + count * OBJECT_BYTES);
  }

  /** Looks up whole numbers: each reference from {@code from} to {@code to} becomes its value. */
  void replace(long[] references, int from, int to) {
    if (shorts != null) {
      for (int i = from; i < to; i++) {
        references[i] = shorts[(int) references[i]];
      }
    } else if (ints != null) {
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
    if (words != null) {
      return words[reference];
    }
    if (doubles != null) {
      return doubles[reference];
    }
    if (longs != null) {
      return longs[reference];
    }
    return (long) (ints != null ? ints[reference] : shorts[reference]);
  }

  /** About how much memory they take, in bytes. */
  int weight() {
    return weight;
  }
}
