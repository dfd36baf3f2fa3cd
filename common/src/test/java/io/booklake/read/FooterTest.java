package io.booklake.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.booklake.model.TickerDay;
import io.booklake.table.ColumnRange;
import io.booklake.table.Table;
import io.booklake.table.TableCatalog;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.ParquetProperties.WriterVersion;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.SchemaElement;
import org.apache.parquet.format.Util;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.parquet.internal.column.columnindex.ColumnIndex;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Held against what parquet-java reads of the same files. */
class FooterTest {
  private static final TickerDay DAY = SimulatedDay.of("SIM", 3);

  @TempDir private Path folder;

  private Path messages(WriterVersion version, boolean dictionary) throws IOException {
    List<Map<String, Object>> rows = StoredRows.messages(DAY, SimulatedDay.events(DAY, 2_500));
    rows.get(7).remove("price");
    return written(TableCatalog.MESSAGES, rows, version, dictionary);
  }

  private Path written(
      Table table, List<Map<String, Object>> rows, WriterVersion version, boolean dictionary)
      throws IOException {
    Path file = folder.resolve("file.parquet");
    StoredRows.write(file, table, rows, new StoredRows.Layout(version, dictionary, 100));
    return file;
  }

  private static byte[] footerOf(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    int length =
        ByteBuffer.wrap(bytes)
            .order(ByteOrder.LITTLE_ENDIAN)
            .getInt(bytes.length - 2 * Integer.BYTES);
    return Arrays.copyOfRange(
        bytes, bytes.length - 2 * Integer.BYTES - length, bytes.length - 2 * Integer.BYTES);
  }

  private static Footer read(byte[] footer) throws IOException {
    return Footer.read(footer, 0, footer.length);
  }

  private static ParquetFileReader open(Path file) throws IOException {
    return ParquetFileReader.open(
        HadoopInputFile.fromPath(new org.apache.hadoop.fs.Path(file.toUri()), new Configuration()));
  }

  @ParameterizedTest
  @CsvSource({"PARQUET_1_0, true", "PARQUET_1_0, false", "PARQUET_2_0, true", "PARQUET_2_0, false"})
  void columnsAndRowGroupsAreThoseThatParquetReads(WriterVersion version, boolean dictionary)
      throws IOException {
    assertSame(messages(version, dictionary));
  }

  @Test
  void columnsInMapsAreAmongThem() throws IOException {
    Map<String, Object> row =
        Map.of("ticker", "SIM", "table_versions", Map.of("depth", 1L), "proven_share", 0.5);

    assertSame(written(TableCatalog.TICKER_DAYS, List.of(row), WriterVersion.PARQUET_2_0, true));
  }

  private static void assertSame(Path path) throws IOException {
    byte[] bytes = Files.readAllBytes(path);
    Footer footer = read(footerOf(path));
    try (ParquetFileReader file = open(path)) {
      List<ColumnDescriptor> columns = file.getFileMetaData().getSchema().getColumns();
      assertThat(footer.columns()).hasSameSizeAs(columns);
      for (int i = 0; i < columns.size(); i++) {
        ColumnDescriptor found = footer.columns().get(i);
        assertThat(found.getPath()).isEqualTo(columns.get(i).getPath());
        assertThat(found.getMaxRepetitionLevel()).isEqualTo(columns.get(i).getMaxRepetitionLevel());
        assertThat(found.getMaxDefinitionLevel()).isEqualTo(columns.get(i).getMaxDefinitionLevel());
        assertThat(type(found)).isEqualTo(type(columns.get(i)));
      }
      assertThat(footer.rowGroups()).hasSameSizeAs(file.getRowGroups());
      for (int group = 0; group < file.getRowGroups().size(); group++) {
        BlockMetaData stored = file.getRowGroups().get(group);
        Map<String, ColumnRange> ranges = FooterRanges.of(stored);
        assertThat(footer.rowGroups().get(group).rows()).isEqualTo(stored.getRowCount());
        for (int i = 0; i < columns.size(); i++) {
          StoredChunk found = footer.rowGroups().get(group).chunks().get(i);
          ColumnChunkMetaData expected = stored.getColumns().get(i);
          assertSame(found, expected);
          ColumnRange range = ranges.get(expected.getPath().toDotString());
          assertThat(found.range()).isEqualTo(isSearched(columns.get(i)) ? range : null);
          assertThat(pages(bytes, found, columns.get(i)))
              .isEqualTo(pages(file.readColumnIndex(expected), columns.get(i)));
        }
      }
    }
  }

  private static void assertSame(StoredChunk found, ColumnChunkMetaData expected) {
    assertThat(found.codec()).isEqualTo(expected.getCodec());
    assertThat(found.hasDictionary()).isEqualTo(expected.hasDictionaryPage());
    if (found.hasDictionary()) {
      assertThat(found.dictionary()).isEqualTo(expected.getDictionaryPageOffset());
    }
    assertThat(found.pages()).isEqualTo(expected.getFirstDataPageOffset());
    assertThat(found.begin()).isEqualTo(expected.getStartingPos());
    assertThat(found.bytes()).isEqualTo(expected.getTotalSize());
    assertThat(found.columnIndex()).isEqualTo(expected.getColumnIndexReference().getOffset());
    assertThat(found.columnIndexBytes()).isEqualTo(expected.getColumnIndexReference().getLength());
    assertThat(found.offsetIndex()).isEqualTo(expected.getOffsetIndexReference().getOffset());
    assertThat(found.offsetIndexBytes()).isEqualTo(expected.getOffsetIndexReference().getLength());
  }

  private static PrimitiveTypeName type(ColumnDescriptor column) {
    return column.getPrimitiveType().getPrimitiveTypeName();
  }

  private static boolean isSearched(ColumnDescriptor column) {
    return switch (type(column)) {
      case INT32, INT64, BINARY -> true;
      default -> false;
    };
  }

  private static List<ColumnRange> pages(byte[] file, StoredChunk chunk, ColumnDescriptor column)
      throws IOException {
    return isSearched(column)
        ? PageRanges.read(
            type(column), file, Math.toIntExact(chunk.columnIndex()), chunk.columnIndexBytes())
        : List.of();
  }

  private static List<ColumnRange> pages(ColumnIndex index, ColumnDescriptor column) {
    List<ColumnRange> pages = new ArrayList<>();
    for (int i = 0; isSearched(column) && i < index.getNullPages().size(); i++) {
      long nulls = index.getNullCounts().get(i);
      boolean isNull = index.getNullPages().get(i);
      pages.add(
          new ColumnRange(
              isNull ? null : value(column, index.getMinValues().get(i)),
              isNull ? null : value(column, index.getMaxValues().get(i)),
              nulls));
    }
    return pages;
  }

  private static Comparable<?> value(ColumnDescriptor column, ByteBuffer stored) {
    ByteBuffer bytes = stored.duplicate().order(ByteOrder.LITTLE_ENDIAN);
    return switch (type(column)) {
      case INT32 -> bytes.getInt();
      case INT64 -> bytes.getLong();
      default -> StandardCharsets.UTF_8.decode(bytes).toString();
    };
  }

  private static FileMetaData stored(Path file) throws IOException {
    return Util.readFileMetaData(new ByteArrayInputStream(footerOf(file)));
  }

  private static byte[] bytes(FileMetaData footer) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Util.writeFileMetaData(footer, out);
    return out.toByteArray();
  }

  @Test
  void whatAWriterLeavesOutIsNotThere() throws IOException {
    FileMetaData footer = stored(messages(WriterVersion.PARQUET_2_0, true));
    ColumnChunk first = footer.getRow_groups().get(0).getColumns().get(0);
    first.unsetColumn_index_offset();
    first.unsetOffset_index_offset();
    first.getMeta_data().unsetStatistics();
    // As some writers say that there is no such page.
    first.getMeta_data().setDictionary_page_offset(0);
    footer
        .getRow_groups()
        .get(0)
        .getColumns()
        .get(1)
        .getMeta_data()
        .getStatistics()
        .unsetNull_count();

    List<StoredChunk> chunks = read(bytes(footer)).rowGroups().get(0).chunks();

    assertThat(chunks.get(0).columnIndex()).isEqualTo(StoredChunk.NONE);
    assertThat(chunks.get(0).offsetIndex()).isEqualTo(StoredChunk.NONE);
    assertThat(chunks.get(0).range()).isNull();
    assertThat(chunks.get(0).hasDictionary()).isFalse();
    assertThat(chunks.get(1).range()).isNull();
    assertThat(chunks.get(2).range()).isNotNull();
  }

  @Test
  void aFooterThatDoesNotFitTogetherIsRefused() throws IOException {
    Path file = messages(WriterVersion.PARQUET_2_0, true);
    FileMetaData noPages = stored(file);
    noPages.getRow_groups().get(0).getColumns().get(0).unsetMeta_data();
    FileMetaData fewColumns = stored(file);
    fewColumns.getRow_groups().get(0).getColumns().remove(3);
    FileMetaData manyColumns = stored(file);
    manyColumns
        .getRow_groups()
        .get(0)
        .addToColumns(noPages.getRow_groups().get(0).getColumns().get(1));
    FileMetaData fewElements = stored(file);
    fewElements.getSchema().remove(3);
    FileMetaData noColumns = stored(file);
    noColumns.getSchema().get(0).setNum_children(0);
    noColumns.getRow_groups().clear();

    for (FileMetaData each : List.of(noPages, fewColumns, manyColumns, fewElements, noColumns)) {
      byte[] bytes = bytes(each);
      assertThatIOException().isThrownBy(() -> read(bytes));
    }
  }

  @Test
  void columnsInEachOtherWithoutEndAreRefused() throws IOException {
    FileMetaData deep = stored(messages(WriterVersion.PARQUET_2_0, true));
    deep.getSchema().clear();
    for (int i = 0; i < 100_000; i++) {
      deep.addToSchema(new SchemaElement("group").setNum_children(1));
    }
    byte[] bytes = bytes(deep);
    assertThatIOException().isThrownBy(() -> read(bytes)).withMessageContaining("in each other");
  }

  /** A damaged file may say anything, but takes neither memory nor time for it. */
  @Test
  void aDamagedFooterIsReadOrRefused() throws IOException {
    byte[] sound = footerOf(messages(WriterVersion.PARQUET_2_0, true));
    for (int length = 0; length < sound.length; length++) {
      byte[] cut = Arrays.copyOf(sound, length);
      assertThatIOException().isThrownBy(() -> read(cut));
    }
    Random random = new Random(3);
    int refused = 0;
    for (int i = 0; i < 20_000; i++) {
      byte[] flipped = sound.clone();
      flipped[random.nextInt(flipped.length)] = (byte) random.nextInt(256);
      try {
        read(flipped);
      } catch (IOException | RuntimeException e) {
        refused++;
      }
    }
    assertThat(refused).isPositive();
  }
}
