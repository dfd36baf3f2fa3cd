package io.booklake.lake.columnar;

import static org.assertj.core.api.Assertions.assertThat;

import io.booklake.table.ColumnBatch;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.PageEncodingStats;
import org.apache.parquet.format.PageType;
import org.apache.parquet.format.Util;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.parquet.internal.column.columnindex.ColumnIndexBuilder;
import org.apache.parquet.internal.column.columnindex.OffsetIndex;
import org.apache.parquet.io.SeekableInputStream;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.PrimitiveType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a file tells of its pages, as parquet-java reads it and as it would make it of the rows. */
class ParquetOutputTest {
  @TempDir private Path root;

  private HadoopInputFile write(List<List<Object>> rows) throws IOException {
    try (ColumnarWriter writer =
        new ColumnarWriter(
            EveryType.UNPARTITIONED, root.toUri().toString(), "00000", new Configuration())) {
      for (ColumnBatch batch : EveryType.batches(EveryType.UNPARTITIONED, rows, 700)) {
        writer.write(batch);
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
      // One that rises, one that falls with a page of NULLs between, and others as they come.
      rows.get(i).set(3, (long) i);
      rows.get(i).set(6, i / ColumnarFile.PAGE_ROWS == 2 ? null : 9_000 - i);
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
    try (SeekableInputStream in = file.newStream()) {
      byte[] end = new byte[8];
      in.seek(file.getLength() - end.length);
      in.readFully(end);
      int length = (int) LittleEndian.INTS.get(end, 0);
      in.seek(file.getLength() - end.length - length);
      FileMetaData footer = Util.readFileMetaData(in);

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
  }
}
