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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The end of a file, however long it is. */
class IndexedFileTest {
  @TempDir private Path folder;

  /** Reads arrays as a file system would, and notes what of them is asked for. */
  private static final class Noted implements FileParts {
    private final byte[] file;

    /** By read. */
    private final List<List<Span>> asked = new ArrayList<>();

    Noted(byte[] file) {
      this.file = file;
    }

    @Override
    public List<ByteBuffer> read(String path, long length, List<Span> spans, Room room) {
      asked.add(spans);
      byte[] bytes = room.of(spans.stream().mapToInt(Span::length).sum());
      List<ByteBuffer> parts = new ArrayList<>();
      int at = 0;
      for (Span span : spans) {
        System.arraycopy(file, (int) span.offset(), bytes, at, span.length());
        parts.add(ByteBuffer.wrap(bytes, at, span.length()));
        at += span.length();
      }
      return parts;
    }
  }

  /**
   * The indexes of all, of some and of no row groups in the first read; a footer so long that it is
   * read by itself.
   */
  @ParameterizedTest
  @CsvSource({
    "100, 100, 1, 1",
    "8000, 20, 1, 2",
    "8000, 5, 1, 0",
    "120000, 1000, 2, 0",
  })
  void placesOfPagesAreThoseThatParquetTellsHoweverLongTheFilesEndIs(
      int rows, int pageRows, int reads, int kept) throws IOException {
    Path path = stored(rows, pageRows);
    byte[] bytes = Files.readAllBytes(path);
    Noted noted = new Noted(bytes);
    Room room = new Room();

    IndexedFile file = IndexedFile.read(path.toString(), bytes.length, noted, room);

    assertThat(noted.asked).hasSize(reads);
    assertThat(IntStream.range(0, file.rowGroups()).filter(group -> file.knownIndex(group) != null))
        .hasSize(kept);
    try (ParquetFileReader known =
        ParquetFileReader.open(
            HadoopInputFile.fromPath(
                new org.apache.hadoop.fs.Path(path.toUri()), new Configuration()))) {
      assertThat(file.rowGroups()).isEqualTo(known.getRowGroups().size());
      for (int group = 0; group < file.rowGroups(); group++) {
        PageIndex index = file.index(group, noted, room);
        for (ColumnChunkMetaData chunk : known.getRowGroups().get(group).getColumns()) {
          int column = file.column(chunk.getPath().toDotString());
          assertThat(places(index.places(column))).isEqualTo(places(known.readOffsetIndex(chunk)));
          assertThat(index.ranges(column))
              .hasSameSizeAs(known.readColumnIndex(chunk).getMinValues());
        }
        int column = file.column("event_index");
        long groupBegin = (Long) file.range(group, column).min();
        OffsetIndex places = index.places(column);
        for (int page = 0; page < places.getPageCount(); page++) {
          assertThat(index.ranges(column).get(page).min())
              .isEqualTo(groupBegin + places.getFirstRowIndex(page));
        }
      }
    }
    // What is there already is not read again.
    assertThat(noted.asked).hasSize(reads + file.rowGroups() - kept);
  }

  @Test
  void ofAJumpOnlyTheIndexOfItsRowGroupIsReadAndOnce() throws IOException {
    Path path = stored(120_000, 1_000);
    byte[] bytes = Files.readAllBytes(path);
    Noted noted = new Noted(bytes);
    Room room = new Room();
    IndexedFile file = IndexedFile.read(path.toString(), bytes.length, noted, room);
    int opened = noted.asked.size();
    int weight = file.weight();
    assertThat(file.rowGroups()).isGreaterThan(2);
    assertThat(file.knownIndex(1)).isNull();

    PageIndex index = file.index(1, noted, room);

    assertThat(noted.asked).hasSize(opened + 1);
    assertThat(length(noted.asked.get(opened))).isEqualTo(indexBytes(file, 1));
    assertThat(file.knownIndex(1)).isSameAs(index);
    assertThat(file.knownIndex(0)).isNull();
    assertThat(file.weight()).isEqualTo(weight + 2 * indexBytes(file, 1));

    file.index(1, noted, room);

    assertThat(noted.asked).hasSize(opened + 1);

    List<Integer> all = IntStream.range(0, file.rowGroups()).boxed().toList();
    file.readIndexes(all, noted, room);

    assertThat(noted.asked).hasSize(opened + 2);
    assertThat(length(noted.asked.get(opened + 1)))
        .isEqualTo(
            all.stream().filter(each -> each != 1).mapToInt(each -> indexBytes(file, each)).sum());
    assertThat(file.knownIndex(1)).isSameAs(index);

    file.readIndexes(all, noted, room);

    assertThat(noted.asked).hasSize(opened + 2);
  }

  private static int length(List<FileParts.Span> spans) {
    return spans.stream().mapToInt(FileParts.Span::length).sum();
  }

  private static int indexBytes(IndexedFile file, int rowGroup) {
    return IntStream.range(0, file.columns())
        .mapToObj(column -> file.chunk(rowGroup, column))
        .mapToInt(chunk -> chunk.offsetIndexBytes() + chunk.columnIndexBytes())
        .sum();
  }

  private Path stored(int rows, int pageRows) throws IOException {
    Path path = folder.resolve("messages.parquet");
    StoredRows.write(
        path,
        TableCatalog.MESSAGES,
        LongStream.range(0, rows).mapToObj(IndexedFileTest::row).toList(),
        new StoredRows.Layout(WriterVersion.PARQUET_2_0, true, pageRows));
    return path;
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
