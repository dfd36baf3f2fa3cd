package io.booklake.read;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.apache.parquet.bytes.ByteBufferInputStream;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.bytes.BytesUtils;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.ValuesType;
import org.apache.parquet.column.page.DataPage;
import org.apache.parquet.column.page.DataPageV1;
import org.apache.parquet.column.page.DataPageV2;
import org.apache.parquet.column.values.ValuesReader;
import org.apache.parquet.io.ParquetDecodingException;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;

/**
 * A page, decompressed, but its values as they are encoded: a few KB for thousands of rows. Nobody
 * changes it, so any number of threads may decode what they need of it.
 */
final class StoredPage {
  private static final int OBJECT_BYTES = 160;

  /** Encodings by their number in the format: parquet-java's enumeration loads forty classes. */
  private static final int PLAIN = 0;

  private static final int PLAIN_DICTIONARY = 2;

  private static final int RLE = 3;
  private static final int DELTA_BINARY_PACKED = 5;
  private static final int RLE_DICTIONARY = 8;

  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  private final int count;
  private final int encoding;
  private final boolean mayHoldNull;
  private final byte[] bytes;
  private final int end;

  /** Levels of repetition, levels of definition and values stand one behind the other. */
  private int repetitions;

  private int repetitionsEnd;
  private int definitions;
  private int values;

  private StoredPage(int count, int encoding, boolean mayHoldNull, byte[] bytes) {
    this.count = count;
    this.encoding = encoding;
    this.mayHoldNull = mayHoldNull;
    this.bytes = bytes;
    this.end = bytes.length - PackedBits.SLACK_BYTES;
  }

  /**
   * A page of the first version: levels stand after their length, if the column has any.
   *
   * @param bytes with {@link PackedBits#SLACK_BYTES} behind them
   * @param count of values, those that are NULL too
   * @param encoding of the values, by its number in the format
   */
  static StoredPage first(ColumnDescriptor descriptor, byte[] bytes, int count, int encoding) {
    StoredPage page =
        new StoredPage(count, encoding, descriptor.getMaxDefinitionLevel() > 0, bytes);
    if (descriptor.getMaxRepetitionLevel() > 0) {
      page.repetitions = Integer.BYTES;
      page.repetitionsEnd = Integer.BYTES + (int) INTS.get(bytes, 0);
    }
    page.definitions = page.repetitionsEnd;
    page.values = page.repetitionsEnd;
    if (descriptor.getMaxDefinitionLevel() > 0) {
      page.definitions += Integer.BYTES;
      page.values = page.definitions + (int) INTS.get(bytes, page.repetitionsEnd);
    }
    return page;
  }

  /**
   * A page of the second version.
   *
   * @param bytes with {@link PackedBits#SLACK_BYTES} behind them
   * @param repetitionBytes of them, which come first
   * @param definitionBytes of them, which come next
   * @param count of values, those that are NULL too
   * @param encoding of the values, by its number in the format
   */
  static StoredPage second(
      byte[] bytes, int repetitionBytes, int definitionBytes, int count, int nulls, int encoding) {
    StoredPage page = new StoredPage(count, encoding, nulls > 0, bytes);
    page.repetitionsEnd = repetitionBytes;
    page.definitions = repetitionBytes;
    page.values = repetitionBytes + definitionBytes;
    return page;
  }

  /** A page that parquet-java has read. */
  static StoredPage of(ColumnDescriptor descriptor, DataPage page) throws IOException {
    if (page instanceof DataPageV2 second) {
      BytesInput repetitions = second.getRepetitionLevels();
      BytesInput definitions = second.getDefinitionLevels();
      return second(
          withSlack(BytesInput.concat(repetitions, definitions, second.getData())),
          (int) repetitions.size(),
          (int) definitions.size(),
          second.getValueCount(),
          second.getNullCount(),
          number(second.getDataEncoding()));
    }
    DataPageV1 first = (DataPageV1) page;
    return first(
        descriptor,
        withSlack(first.getBytes()),
        first.getValueCount(),
        number(first.getValueEncoding()));
  }

  /** Both of parquet-java's enumerations are of the format's names; one knows the numbers. */
  private static int number(Encoding encoding) {
    return org.apache.parquet.format.Encoding.valueOf(encoding.name()).getValue();
  }

  private static Encoding parquets(int number) {
    org.apache.parquet.format.Encoding found =
        org.apache.parquet.format.Encoding.findByValue(number);
    if (found == null) {
      throw new ParquetDecodingException("a page has encoding " + number);
    }
    return Encoding.valueOf(found.name());
  }

  private static byte[] withSlack(BytesInput input) throws IOException {
    int length = Math.toIntExact(input.size());
    byte[] bytes = new byte[length + PackedBits.SLACK_BYTES];
    input.toInputStream().readNBytes(bytes, 0, length);
    return bytes;
  }

  /** Of values, those that are NULL too. */
  int count() {
    return count;
  }

  /** Whether values are references to a dictionary. */
  boolean isNumbered() {
    return encoding == RLE_DICTIONARY || encoding == PLAIN_DICTIONARY;
  }

  /** Whether values are BOOLEAN in runs. */
  boolean isOfFlags() {
    return encoding == RLE;
  }

  /** Whether values are differences. */
  boolean isOfDifferences() {
    return encoding == DELTA_BINARY_PACKED;
  }

  /** Whether definition levels must be looked at. */
  boolean mayHoldNull() {
    return mayHoldNull;
  }

  /** By value, at which level it repeats; {@code most} is the column's highest level. */
  HybridRuns repetitions(int most) {
    return new HybridRuns(BytesUtils.getWidthFromMaxInt(most), bytes, repetitions, repetitionsEnd);
  }

  /** By value, up to which level it is there; {@code most} is the column's highest level. */
  HybridRuns definitions(int most) {
    return new HybridRuns(BytesUtils.getWidthFromMaxInt(most), bytes, definitions, values);
  }

  /** The values, where they are references to a dictionary, behind their width. */
  HybridRuns references() {
    // A page of NULL alone may leave out even the width.
    return values < end
        ? new HybridRuns(bytes[values], bytes, values + 1, end)
        : new HybridRuns(0, bytes, end, end);
  }

  /** The values, where they are BOOLEAN in runs, behind the length of these. */
  HybridRuns flags() {
    return new HybridRuns(1, bytes, values + Integer.BYTES, end);
  }

  /**
   * A value, where they are BOOLEAN and stand as they are.
   *
   * @param number of it, NULL not counted
   */
  boolean flag(int number) {
    long bit = (long) values * Byte.SIZE + number;
    if (bit >= (long) end * Byte.SIZE) {
      throw new ParquetDecodingException("a page ends before its values do");
    }
    return PackedBits.one(bytes, bit, 1) == 1;
  }

  /** The values, where they are differences. */
  Differences differences() {
    return new Differences(bytes, values, end);
  }

  /** The values in any other encoding, by parquet-java. */
  ValuesReader others(ColumnDescriptor descriptor) throws IOException {
    ValuesReader reader = parquets(encoding).getValuesReader(descriptor, ValuesType.VALUES);
    reader.initFromPage(
        count, ByteBufferInputStream.wrap(ByteBuffer.wrap(bytes, values, end - values)));
    return reader;
  }

  /** Whether values stand as they are. */
  boolean isPlain() {
    return encoding == PLAIN;
  }

  /** The values, where they stand as they are, of a type that {@link PlainValues#knows}. */
  PlainValues plain(PrimitiveTypeName type) {
    return new PlainValues(type, bytes, values, end);
  }

  /** About how much memory it takes, in bytes. */
  int weight() {
    return OBJECT_BYTES + bytes.length;
  }
}
