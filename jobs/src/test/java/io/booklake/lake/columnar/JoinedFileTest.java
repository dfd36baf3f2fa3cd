package io.booklake.lake.columnar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.booklake.table.ColumnBatch;
import io.booklake.table.ColumnRange;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.parquet.io.SeekableInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Row groups of several files in one, in the order asked for and as they were. */
class JoinedFileTest {
  private static final Map<String, ColumnRange> RANGES = Map.of("long", new ColumnRange(1L, 2L, 3));

  private final Configuration configuration = new Configuration();
  @TempDir private Path root;

  @Test
  void rowGroupsKeepTheirPagesAndLieInTheOrderAskedFor() throws IOException {
    List<RowGroup> one = write(1, 2_500, 10);
    List<RowGroup> two = write(2, 4_000);
    List<RowGroup> order = List.of(one.get(1), two.get(0), one.get(0));

    DataFile joined = joined(order).write(root.toUri().toString(), configuration);

    Path file = root.resolve(joined.path());
    assertThat(joined.path()).startsWith("day=1/");
    assertThat(joined.partitionValues()).isEqualTo(Map.of("day", "1"));
    assertThat(joined.statistics()).isEqualTo(RANGES);
    assertThat(joined.rows()).isEqualTo(10 + 4_000 + 2_500);
    assertThat(joined.bytes()).isEqualTo(Files.size(file));
    List<RowGroup> copied = FileContent.read(file.toUri().toString(), configuration).rowGroups();
    assertThat(copied).hasSameSizeAs(order);
    for (int i = 0; i < order.size(); i++) {
      assertThat(copied.get(i).rows()).isEqualTo(order.get(i).rows());
      assertThat(copied.get(i).ranges()).isEqualTo(order.get(i).ranges());
      assertThat(pages(copied.get(i))).isEqualTo(pages(order.get(i))).isNotEmpty();
    }
  }

  @Test
  void whereAFileIsGoneNothingIsLeft() throws IOException {
    RowGroup there = write(1, 10).get(0);
    RowGroup gone = new RowGroup(there.file() + ".gone", 0, 10, Map.of());
    JoinedFile joined = joined(List.of(there, gone));

    assertThatThrownBy(() -> joined.write(root.toUri().toString(), configuration))
        .isInstanceOf(FileNotFoundException.class);

    assertThat(root.resolve("day=1")).isEmptyDirectory();
  }

  private static JoinedFile joined(List<RowGroup> order) {
    return new JoinedFile("day=1", Map.of("day", "1"), order, RANGES);
  }

  private List<RowGroup> write(long seed, int... rowsOfGroups) throws IOException {
    try (ColumnarWriter writer =
        new ColumnarWriter(
            EveryType.UNPARTITIONED, root.toUri().toString(), "file" + seed, configuration)) {
      for (int rows : rowsOfGroups) {
        for (ColumnBatch batch :
            EveryType.batches(EveryType.UNPARTITIONED, EveryType.random(seed, rows), 700)) {
          writer.write(batch);
        }
        writer.endRowGroup();
      }
      Path file = root.resolve(writer.finish().get(0).path());
      return FileContent.read(file.toUri().toString(), configuration).rowGroups();
    }
  }

  /** Where the pages of a row group begin in its rows, and what each holds. */
  private String pages(RowGroup group) throws IOException {
    StringBuilder pages = new StringBuilder();
    HadoopInputFile input =
        HadoopInputFile.fromPath(new org.apache.hadoop.fs.Path(group.file()), configuration);
    try (SeekableInputStream file = input.newStream();
        ParquetFileReader reader = ParquetFileReader.open(input)) {
      BlockMetaData block = reader.getRowGroups().get(group.number());
      for (ColumnChunkMetaData chunk : block.getColumns()) {
        pages.append(chunk.getPath()).append(reader.readColumnIndex(chunk)).append('\n');
        var offsets = reader.readOffsetIndex(chunk);
        for (int page = 0; page < offsets.getPageCount(); page++) {
          pages.append(offsets.getFirstRowIndex(page)).append(' ');
          int length = offsets.getCompressedPageSize(page);
          byte[] bytes = new byte[length];
          file.seek(offsets.getOffset(page));
          file.readFully(bytes);
          pages.append(HexFormat.of().formatHex(bytes)).append('\n');
        }
      }
    }
    return pages.toString();
  }
}
