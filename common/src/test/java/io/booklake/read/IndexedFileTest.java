package io.booklake.read;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
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
    Path path = StoredRows.manyMessages(folder, rows, pageRows);
    byte[] bytes = Files.readAllBytes(path);
    NotedParts noted = new NotedParts(bytes);
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
    Path path = StoredRows.manyMessages(folder, 120_000, 1_000);
    byte[] bytes = Files.readAllBytes(path);
    NotedParts noted = new NotedParts(bytes);
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
