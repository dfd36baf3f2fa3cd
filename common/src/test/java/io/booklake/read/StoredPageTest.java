package io.booklake.read;

import static org.assertj.core.api.Assertions.assertThat;

import io.booklake.table.Column;
import io.booklake.table.ColumnType;
import io.booklake.table.ColumnValues;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.IntPredicate;
import org.apache.parquet.bytes.ByteBufferInputStream;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.bytes.HeapByteBufferAllocator;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.Dictionary;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.ParquetProperties;
import org.apache.parquet.column.ParquetProperties.WriterVersion;
import org.apache.parquet.column.ValuesType;
import org.apache.parquet.column.page.DataPageV1;
import org.apache.parquet.column.page.DataPageV2;
import org.apache.parquet.column.page.DictionaryPage;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.column.values.ValuesReader;
import org.apache.parquet.column.values.ValuesWriter;
import org.apache.parquet.column.values.rle.RunLengthBitPackingHybridEncoder;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Types;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Any rows of pages that parquet-java made, beside what its own reader makes of the whole page. */
class StoredPageTest {
  private static final int RANGES = 60;

  private final Random random = new Random(5);

  /** A page as parquet-java keeps it, and the slow twin's values of it; null where NULL. */
  private record Page(
      ColumnDescriptor descriptor,
      DataPageV2 page,
      DataPageV1 older,
      DictionaryPage dictionary,
      List<Object> values) {}

  @ParameterizedTest
  @CsvSource({
    // type, numbered, different values, longest run, NULL in so many rows (0: none; 1: all)
    "LONG, true, 3, 900, 0",
    "LONG, true, 3000, 1, 0",
    "LONG, true, 200, 40, 5",
    "LONG, true, 1, 1, 2",
    "LONG, true, 9, 9, 1",
    "LONG, false, 1000000, 1, 0",
    "LONG, false, 2, 300, 3",
    "LONG, false, 5, 5, 1",
    "TIMESTAMP, false, 100000, 2, 900",
    "INT, true, 7, 20, 0",
    "INT, true, 7, 1, 40",
    "INT, false, 30000, 3, 0",
    "DATE, false, 30000, 3, 4",
    "STRING, true, 2, 3, 0",
    "STRING, true, 5, 700, 700",
    "STRING, true, 100, 1, 9",
    "STRING, false, 80, 4, 3",
    "DOUBLE, true, 12, 30, 2",
    "DOUBLE, false, 1000, 1, 0",
    "DOUBLE, false, 1000, 7, 6",
    "BOOLEAN, false, 2, 1, 0",
    "BOOLEAN, false, 2, 90, 3"
  })
  void anyRowsOfAPageAreThoseOfTheWholePageByParquetsReader(
      ColumnType type, boolean isNumbered, int different, int longestRun, int everyNull)
      throws IOException {
    IntPredicate isNull = everyNull == 0 ? row -> false : row -> row / longestRun % everyNull == 0;
    for (int rows : new int[] {1, 2_000, 16_001}) {
      Page page = page(type, isNumbered, rows, different, longestRun, isNull);
      assertAnyRows(type, page, true);
      assertAnyRows(type, page, false);
    }
  }

  private void assertAnyRows(ColumnType type, Page page, boolean isOlder) throws IOException {
    StoredPage stored = StoredPage.of(page.descriptor, isOlder ? page.older : page.page);
    int rows = page.values.size();
    for (int i = 0; i < RANGES; i++) {
      int from = i == 0 ? 0 : random.nextInt(rows);
      int to = i == 0 ? rows : from + 1 + random.nextInt(Math.min(1 + 40 * i, rows - from));
      int gap = random.nextInt(rows - to + 1);
      int at = random.nextInt(9);
      ColumnValues target =
          new ColumnValues(new Column("tested", type, "A column"), at + rows - from);
      StoredColumn column =
          new StoredColumn(page.descriptor, List.of(stored).iterator()::next, dictionary(page));

      column.skip(from);
      column.read(target, at, at + to - from);
      assertThat(values(target, at, to - from)).isEqualTo(page.values.subList(from, to));

      column.skip(gap);
      int rest = Math.min(3, rows - to - gap);
      ColumnValues behind = new ColumnValues(target.column, rest);
      column.read(behind, 0, rest);
      assertThat(values(behind, 0, rest)).isEqualTo(page.values.subList(to + gap, to + gap + rest));
    }
  }

  private static DictionaryValues dictionary(Page page) throws IOException {
    return page.dictionary == null
        ? null
        : DictionaryValues.of(
            page.descriptor.getPrimitiveType().getPrimitiveTypeName(),
            ByteBuffer.wrap(page.dictionary.getBytes().toInputStream().readAllBytes()),
            page.dictionary.getDictionarySize(),
            new Room());
  }

  private static List<Object> values(ColumnValues column, int from, int count) {
    List<Object> values = new ArrayList<>();
    for (int row = from; row < from + count; row++) {
      values.add(column.isNull(row) ? null : value(column, row));
    }
    return values;
  }

  private static Object value(ColumnValues column, int row) {
    return switch (column.column.type()) {
      case LONG, TIMESTAMP -> column.longs[row];
      case INT, DATE -> column.ints[row];
      case DOUBLE -> column.doubles[row];
      case BOOLEAN -> column.booleans[row];
      default -> column.strings[row];
    };
  }

  private Page page(
      ColumnType type,
      boolean isNumbered,
      int rows,
      int different,
      int longestRun,
      IntPredicate isNull)
      throws IOException {
    PrimitiveTypeName stored =
        switch (type) {
          case LONG, TIMESTAMP -> PrimitiveTypeName.INT64;
          case INT, DATE -> PrimitiveTypeName.INT32;
          case DOUBLE -> PrimitiveTypeName.DOUBLE;
          case BOOLEAN -> PrimitiveTypeName.BOOLEAN;
          default -> PrimitiveTypeName.BINARY;
        };
    PrimitiveType primitive = Types.optional(stored).named("tested");
    ColumnDescriptor descriptor = new ColumnDescriptor(new String[] {"tested"}, primitive, 0, 1);
    ValuesWriter writer =
        ParquetProperties.builder()
            .withWriterVersion(WriterVersion.PARQUET_2_0)
            .withDictionaryEncoding(isNumbered)
            .build()
            .newValuesWriter(descriptor);
    List<Boolean> nulls = new ArrayList<>();
    int count = 0;
    long value = 0;
    int run = 0;
    RunLengthBitPackingHybridEncoder levels =
        new RunLengthBitPackingHybridEncoder(1, 64, 1 << 20, HeapByteBufferAllocator.getInstance());
    for (int row = 0; row < rows; row++, run--) {
      if (run == 0) {
        run = 1 + random.nextInt(longestRun);
        value = random.nextInt(different);
      }
      nulls.add(isNull.test(row));
      levels.writeInt(nulls.get(row) ? 0 : 1);
      if (!nulls.get(row)) {
        write(stored, writer, value);
        count++;
      }
    }
    BytesInput encoded = copy(writer.getBytes());
    BytesInput definitions = copy(levels.toBytes());
    Encoding encoding = writer.getEncoding();
    DictionaryPage dictionary = writer.toDictPageAndClose();
    Statistics<?> none = Statistics.createStats(primitive);
    DataPageV2 page =
        DataPageV2.uncompressed(
            rows, rows - count, rows, BytesInput.empty(), definitions, encoding, encoded, none);
    BytesInput older =
        copy(BytesInput.concat(BytesInput.fromInt((int) definitions.size()), definitions, encoded));
    DataPageV1 first =
        new DataPageV1(older, rows, (int) older.size(), none, Encoding.RLE, Encoding.RLE, encoding);
    return new Page(
        descriptor,
        page,
        first,
        dictionary,
        slowly(type, descriptor, encoding, encoded, count, dictionary, nulls));
  }

  private static BytesInput copy(BytesInput bytes) throws IOException {
    return BytesInput.from(bytes.toInputStream().readAllBytes());
  }

  private static void write(PrimitiveTypeName type, ValuesWriter writer, long value) {
    switch (type) {
      case INT64 -> writer.writeLong(value * value - 5_000_000_000L);
      case INT32 -> writer.writeInteger((int) (value - 1_000));
      case DOUBLE -> writer.writeDouble(value / 3.0);
      case BOOLEAN -> writer.writeBoolean(value == 1);
      default -> writer.writeBytes(Binary.fromString("wörd " + value));
    }
  }

  private static List<Object> slowly(
      ColumnType type,
      ColumnDescriptor descriptor,
      Encoding encoding,
      BytesInput encoded,
      int count,
      DictionaryPage page,
      List<Boolean> nulls)
      throws IOException {
    Dictionary dictionary =
        page == null ? null : page.getEncoding().initDictionary(descriptor, page);
    ValuesReader reader =
        encoding.usesDictionary()
            ? encoding.getDictionaryBasedValuesReader(descriptor, ValuesType.VALUES, dictionary)
            : encoding.getValuesReader(descriptor, ValuesType.VALUES);
    reader.initFromPage(
        count, ByteBufferInputStream.wrap(ByteBuffer.wrap(encoded.toInputStream().readAllBytes())));
    List<Object> values = new ArrayList<>();
    for (boolean isNull : nulls) {
      values.add(isNull ? null : value(type, reader));
    }
    return values;
  }

  private static Object value(ColumnType type, ValuesReader reader) {
    return switch (type) {
      case LONG, TIMESTAMP -> reader.readLong();
      case INT, DATE -> reader.readInteger();
      case DOUBLE -> reader.readDouble();
      case BOOLEAN -> reader.readBoolean();
      default -> reader.readBytes().toStringUsingUTF8();
    };
  }
}
