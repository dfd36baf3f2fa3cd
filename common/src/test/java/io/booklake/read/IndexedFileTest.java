package io.booklake.read;

import static org.assertj.core.api.Assertions.assertThat;

import io.booklake.table.TableCatalog;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.column.ParquetProperties.WriterVersion;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.parquet.internal.column.columnindex.OffsetIndex;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The end of a file, however long it is. */
class IndexedFileTest {
  @TempDir private Path folder;

  /** Reads arrays as a file system would, and notes what of them is asked for. */
  private static final class Noted implements FileParts {
    private final byte[] file;
    private final List<Span> asked = new ArrayList<>();

    Noted(byte[] file) {
      this.file = file;
    }

    @Override
    public List<ByteBuffer> read(String path, long length, List<Span> spans, Room room) {
      asked.addAll(spans);
      Span span = spans.get(0);
      byte[] bytes = room.of(span.length());
      System.arraycopy(file, (int) span.offset(), bytes, 0, span.length());
      return List.of(ByteBuffer.wrap(bytes, 0, span.length()));
    }
  }

  @ParameterizedTest
  @CsvSource({
    // All in the first read; indexes before it; row groups in such number that the footer is, too.
    "100, 100, 1",
    "8000, 5, 2",
    "120000, 1000, 3",
  })
  void placesOfPagesAreThoseThatParquetTellsHoweverLongTheFilesEndIs(
      int rows, int pageRows, int reads) throws IOException {
    Path path = folder.resolve("messages.parquet");
    StoredRows.write(
        path,
        TableCatalog.MESSAGES,
        LongStream.range(0, rows).mapToObj(IndexedFileTest::row).toList(),
        new StoredRows.Layout(WriterVersion.PARQUET_2_0, true, pageRows));
    byte[] bytes = Files.readAllBytes(path);
    Noted noted = new Noted(bytes);

    IndexedFile file = IndexedFile.read(path.toString(), bytes.length, noted, new Room());

    assertThat(noted.asked).hasSize(reads);
    if (reads > 1) {
      // What is there already is not read again.
      assertThat(noted.asked.get(reads - 1).end()).isEqualTo(noted.asked.get(reads - 2).offset());
    }
    try (ParquetFileReader known =
        ParquetFileReader.open(
            HadoopInputFile.fromPath(
                new org.apache.hadoop.fs.Path(path.toUri()), new Configuration()))) {
      assertThat(file.rowGroups()).isEqualTo(known.getRowGroups().size());
      for (int group = 0; group < file.rowGroups(); group++) {
        for (ColumnChunkMetaData chunk : known.getRowGroups().get(group).getColumns()) {
          int column = file.column(chunk.getPath().toDotString());
          assertThat(places(file.offsetIndex(group, column)))
              .isEqualTo(places(known.readOffsetIndex(chunk)));
          assertThat(file.pageRanges(group, column))
              .hasSameSizeAs(known.readColumnIndex(chunk).getMinValues());
        }
        int index = file.column("event_index");
        long groupBegin = (Long) file.range(group, index).min();
        for (int page = 0; page < file.offsetIndex(group, index).getPageCount(); page++) {
          assertThat(file.pageRanges(group, index).get(page).min())
              .isEqualTo(groupBegin + file.offsetIndex(group, index).getFirstRowIndex(page));
        }
      }
    }
  }

  private static Map<String, Object> row(long index) {
    return Map.of(
        "ticker",
        "SIMA",
        "levels",
        10,
        "event_index",
        index,
        "time_ns",
        34_200_000_000_000L + index,
        "event_type",
        1,
        "order_id",
        index,
        "size",
        100L,
        "price",
        1_000_000L,
        "direction",
        1);
  }

  private static List<List<Long>> places(OffsetIndex index) {
    return IntStream.range(0, index.getPageCount())
        .mapToObj(
            page ->
                List.of(
                    index.getOffset(page),
                    (long) index.getCompressedPageSize(page),
                    index.getFirstRowIndex(page)))
        .toList();
  }
}
