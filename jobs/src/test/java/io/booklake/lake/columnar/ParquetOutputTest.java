package io.booklake.lake.columnar;

import static org.assertj.core.api.Assertions.assertThat;

import io.booklake.table.ColumnBatch;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.DataPageHeaderV2;
import org.apache.parquet.format.Encoding;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.PageEncodingStats;
import org.apache.parquet.format.PageHeader;
import org.apache.parquet.format.PageLocation;
import org.apache.parquet.format.PageType;
import org.apache.parquet.format.RowGroup;
import org.apache.parquet.format.Util;
import org.apache.parquet.format.converter.ParquetMetadataConverter;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.hadoop.metadata.ParquetMetadata;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.parquet.internal.column.columnindex.ColumnIndexBuilder;
import org.apache.parquet.internal.column.columnindex.OffsetIndex;
import org.apache.parquet.io.SeekableInputStream;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.apache.parquet.schema.PrimitiveType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a file tells of its pages, as parquet-java reads it and as it would make it of the rows. */
class ParquetOutputTest {
  @TempDir private Path root;

  @SafeVarargs
  private HadoopInputFile write(List<List<Object>>... rowGroups) throws IOException {
    try (ColumnarWriter writer =
        new ColumnarWriter(
            EveryType.UNPARTITIONED, root.toUri().toString(), "00000", new Configuration())) {
      for (List<List<Object>> rows : rowGroups) {
        for (ColumnBatch batch : EveryType.batches(EveryType.UNPARTITIONED, rows, 700)) {
          writer.write(batch);
        }
        writer.endRowGroup();
      }
      String file = writer.finish().get(0).path();
      return HadoopInputFile.fromPath(
          new org.apache.hadoop.fs.Path(root.resolve(file).toUri()), new Configuration());
    }
  }

  @Test
  void theChecksumsOfAllPagesHold() throws IOException {
    HadoopInputFile file = write(EveryType.random(21, 9_000));
    ParquetReadOptions options =
        ParquetReadOptions.builder().usePageChecksumVerification(true).build();
    try (ParquetFileReader reader = new ParquetFileReader(file, options)) {
      PageReadStore pages = reader.readNextRowGroup();
      for (ColumnDescriptor column : reader.getFileMetaData().getSchema().getColumns()) {
        int rows = 0;
        for (var reading = pages.getPageReader(column); ; ) {
          var page = reading.readPage();
          if (page == null) {
            break;
          }
          assertThat(page.getCrc()).as(column.toString()).isPresent();
          rows += page.getIndexRowCount().orElseThrow();
        }
        assertThat(rows).isEqualTo(9_000);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void columnIndexesAreThoseThatParquetJavaMakesOfTheRows(long seed) throws IOException {
    List<List<Object>> rows = EveryType.random(seed, 9_000);
    for (int i = 0; i < rows.size(); i++) {
      List<Object> row = rows.get(i);
      boolean inFirstPage = i < ColumnarFile.PAGE_ROWS;
      // One that rises, one that falls below zero with a page of NULLs between, one that first
      // stays and then falls, one of which the largest alone falls, one that is the same in a whole
      // page,
      // one of which a zero is the end of a page, and others as they come.
      row.set(3, i - 4_000L);
      row.set(6, i / ColumnarFile.PAGE_ROWS == 2 ? null : 6_000 - i);
      row.set(1, row.get(1) == null ? null : 5_000 - Math.max(0, i - 3_000));
      row.set(7, i % 2 == 0 ? (Long) (2_000_000_000_000_000L - i) : row.get(7));
      row.set(0, row.get(0) == null ? null : inFirstPage == (seed % 2 == 0));
      row.set(4, inFirstPage ? Math.abs(i - 10.0) : -Math.abs(i - 8_000.0));
    }
    try (ParquetFileReader reader = ParquetFileReader.open(write(rows))) {
      for (BlockMetaData rowGroup : reader.getRowGroups()) {
        for (ColumnChunkMetaData chunk : rowGroup.getColumns()) {
          int column = EveryType.TABLE.columnNames().indexOf(chunk.getPath().toDotString());
          if (column >= 0) {
            assertThat(String.valueOf(reader.readColumnIndex(chunk)))
                .as(chunk.toString())
                .isEqualTo(twin(chunk, reader.readOffsetIndex(chunk), rows, column));
          }
        }
      }
    }
  }

  private static String twin(
      ColumnChunkMetaData chunk, OffsetIndex pages, List<List<Object>> rows, int column) {
    PrimitiveType type = chunk.getPrimitiveType();
    ColumnIndexBuilder builder = ColumnIndexBuilder.getBuilder(type, Integer.MAX_VALUE);
    Statistics<?> all = Statistics.createStats(type);
    for (int page = 0; page < pages.getPageCount(); page++) {
      Statistics<?> statistics = Statistics.createStats(type);
      long last = pages.getLastRowIndex(page, rows.size());
      for (long row = pages.getFirstRowIndex(page); row <= last; row++) {
        update(statistics, rows.get((int) row).get(column));
      }
      builder.add(statistics);
      all.mergeStatistics(statistics);
    }
    assertThat(chunk.getStatistics()).isEqualTo(all);
    return String.valueOf(builder.build());
  }

  private static void update(Statistics<?> statistics, Object value) {
    if (value == null) {
      statistics.incrementNumNulls();
    } else if (value instanceof Boolean truth) {
      statistics.updateStats(truth);
    } else if (value instanceof Integer number) {
      statistics.updateStats(number);
    } else if (value instanceof Long number) {
      statistics.updateStats(number);
    } else if (value instanceof Double number) {
      statistics.updateStats(number);
    } else {
      statistics.updateStats(Binary.fromString((String) value));
    }
  }

  @Test
  void theFooterTellsWhoWroteTheFileAndOfWhichVersionItsPagesAre() throws IOException {
    HadoopInputFile file = write(EveryType.random(22, 5_000));
    FileMetaData footer = footer(file);
    assertThat(footer.getCreated_by()).matches("booklake version \\S+ \\(build 0\\)");
    assertThat(footer.getNum_rows()).isEqualTo(5_000);
    assertThat(footer.getColumn_orders()).hasSize(footer.getRow_groups().get(0).getColumnsSize());
    for (ColumnChunk chunk : footer.getRow_groups().get(0).getColumns()) {
      assertThat(chunk.getMeta_data().getEncoding_stats())
          .extracting(PageEncodingStats::getPage_type)
          .contains(PageType.DATA_PAGE_V2)
          .doesNotContain(PageType.DATA_PAGE);
    }
  }

  private static FileMetaData footer(HadoopInputFile file) throws IOException {
    try (SeekableInputStream in = file.newStream()) {
      byte[] end = new byte[8];
      in.seek(file.getLength() - end.length);
      in.readFully(end);
      int length = (int) LittleEndian.INTS.get(end, 0);
      in.seek(file.getLength() - end.length - length);
      return Util.readFileMetaData(in);
    }
  }

  @Test
  void theFooterHasTheTypesThatReadersKnowNewAndOld() throws IOException {
    MessageType schema =
        MessageTypeParser.parseMessageType(
            """
            message booklake {
              optional boolean yes;
              optional int32 count;
              optional int32 trade_date (DATE);
              optional int64 total;
              optional double ratio;
              optional binary name (STRING);
              optional int32 day (DATE);
              optional int64 instant (TIMESTAMP(MICROS,true));
              optional group totals (MAP) {
                repeated group key_value {
                  required binary key (STRING);
                  optional int64 value;
                }
              }
              optional group ratios (MAP) {
                repeated group key_value {
                  required binary key (STRING);
                  optional double value;
                }
              }
              optional group names (MAP) {
                repeated group key_value {
                  required binary key (STRING);
                  optional binary value (STRING);
                }
              }
            }
            """);
    ParquetMetadata described =
        new ParquetMetadata(
            new org.apache.parquet.hadoop.metadata.FileMetaData(schema, Map.of(), "test"),
            List.of());
    assertThat(footer(write(EveryType.extremes())).getSchema())
        .isEqualTo(new ParquetMetadataConverter().toParquetMetadata(1, described).getSchema());
  }

  @Test
  void theFooterAndTheIndexesTellOfEachColumnWhatItsPagesTell() throws IOException {
    List<List<List<Object>>> groups =
        List.of(EveryType.random(1, 20_000), EveryType.random(3, 3_000));
    HadoopInputFile file = write(groups.get(0), groups.get(1));
    FileMetaData footer = footer(file);
    try (SeekableInputStream in = file.newStream()) {
      for (int i = 0; i < groups.size(); i++) {
        RowGroup rowGroup = footer.getRow_groups().get(i);
        long begin = in.getPos() + (i == 0 ? "PAR1".length() : 0);
        long plain = 0;
        assertThat(rowGroup.getOrdinal()).isEqualTo((short) i);
        assertThat(rowGroup.getFile_offset()).isEqualTo(begin);
        assertThat(rowGroup.getNum_rows()).isEqualTo(groups.get(i).size());
        for (ColumnChunk chunk : rowGroup.getColumns()) {
          checkPages(chunk, groups.get(i), in);
          plain += chunk.getMeta_data().getTotal_uncompressed_size();
        }
        assertThat(rowGroup.getTotal_byte_size()).isEqualTo(plain);
        assertThat(rowGroup.getTotal_compressed_size()).isEqualTo(in.getPos() - begin);
      }
    }
  }

  /** Holds a column of a row group against its pages; leaves the stream behind the last of them. */
  private static void checkPages(ColumnChunk chunk, List<List<Object>> rows, SeekableInputStream in)
      throws IOException {
    ColumnMetaData told = chunk.getMeta_data();
    String name = String.join(".", told.getPath_in_schema());
    boolean hasDictionary = told.isSetDictionary_page_offset();
    long begin = hasDictionary ? told.getDictionary_page_offset() : told.getData_page_offset();
    long plain = 0;
    long levels = 0;
    long firstRow = 0;
    List<Long> absent = new ArrayList<>();
    List<PageLocation> places = new ArrayList<>();
    Map<PageEncodingStats, Integer> encodings = new HashMap<>();
    in.seek(begin);
    while (in.getPos() < begin + told.getTotal_compressed_size()) {
      long offset = in.getPos();
      PageHeader header = Util.readPageHeader(in);
      long end = in.getPos() + header.getCompressed_page_size();
      plain += in.getPos() - offset + header.getUncompressed_page_size();
      in.seek(end);
      DataPageHeaderV2 data = header.getData_page_header_v2();
      Encoding encoding =
          data == null ? header.getDictionary_page_header().getEncoding() : data.getEncoding();
      encodings.merge(new PageEncodingStats(header.getType(), encoding, 0), 1, Integer::sum);
      if (data != null) {
        places.add(new PageLocation(offset, (int) (end - offset), firstRow));
        absent.add((long) data.getNum_nulls());
        levels += data.getNum_values();
        firstRow += data.getNum_rows();
      }
    }
    assertThat(in.getPos()).as(name).isEqualTo(begin + told.getTotal_compressed_size());
    assertThat(told.getTotal_uncompressed_size()).as(name).isEqualTo(plain);
    assertThat(told.getNum_values()).as(name).isEqualTo(levels).isEqualTo(levels(rows, name));
    assertThat(firstRow).as(name).isEqualTo(rows.size());
    assertThat(told.getData_page_offset()).as(name).isEqualTo(places.get(0).getOffset());
    assertThat(told.getEncoding_stats())
        .as(name)
        .containsExactlyInAnyOrderElementsOf(
            encodings.entrySet().stream()
                .map(each -> new PageEncodingStats(each.getKey()).setCount(each.getValue()))
                .toList());
    // RLE is that of the levels.
    Set<Encoding> all = EnumSet.of(Encoding.RLE);
    encodings.keySet().forEach(each -> all.add(each.getEncoding()));
    assertThat(told.getEncodings()).as(name).containsExactlyInAnyOrderElementsOf(all);
    long end = in.getPos();
    in.seek(chunk.getOffset_index_offset());
    assertThat(Util.readOffsetIndex(in).getPage_locations()).as(name).isEqualTo(places);
    in.seek(chunk.getColumn_index_offset());
    assertThat(Util.readColumnIndex(in).getNull_counts()).as(name).isEqualTo(absent);
    in.seek(end);
    assertThat(told.getStatistics().getNull_count())
        .as(name)
        .isEqualTo(absent.stream().mapToLong(each -> each).sum())
        .isEqualTo(absent(rows, name));
  }

  private static Object value(List<Object> row, String name) {
    return row.get(EveryType.TABLE.columnNames().indexOf(name.split("\\.", -1)[0]));
  }

  /** Values, and all that stands in place of one: a NULL, and a map without an entry. */
  private static long levels(List<List<Object>> rows, String name) {
    return rows.stream()
        .mapToLong(row -> value(row, name) instanceof Map<?, ?> map ? Math.max(1, map.size()) : 1)
        .sum();
  }

  /** Those that stand in place of a value. */
  private static long absent(List<List<Object>> rows, String name) {
    return rows.stream().mapToLong(row -> absent(value(row, name), name)).sum();
  }

  private static long absent(Object value, String name) {
    if (!(value instanceof Map<?, ?> map)) {
      return value == null ? 1 : 0;
    }
    boolean isOfKeys = name.endsWith(".key");
    long nulls = map.values().stream().filter(each -> each == null && !isOfKeys).count();
    return map.isEmpty() ? 1 : nulls;
  }
}
