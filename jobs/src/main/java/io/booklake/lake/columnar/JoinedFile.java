package io.booklake.lake.columnar;

import io.booklake.table.ColumnRange;
import java.io.IOException;
import java.io.Serializable;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.HadoopReadOptions;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.ParquetProperties;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.hadoop.metadata.ColumnPath;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.parquet.io.SeekableInputStream;
import org.apache.parquet.schema.MessageType;

/**
 * A data file made of the row groups of others, byte by byte: pages, dictionaries, statistics and
 * page indexes stay what they are, so that a reader of an index range finds the same pages.
 *
 * @param folder of the partition, relative to the table's root
 * @param partitionValues text of each partition column
 * @param rowGroups in the order that they shall have; all of files with one schema
 * @param statistics by column that readers prune by, partition columns left out
 */
public record JoinedFile(
    String folder,
    Map<String, String> partitionValues,
    List<RowGroup> rowGroups,
    Map<String, ColumnRange> statistics)
    implements Serializable {

  /**
   * Writes it; what fails leaves no file.
   *
   * @param tableRoot URI of the table's folder
   */
  public DataFile write(String tableRoot, Configuration hadoop) throws IOException {
    String name = folder + "/part-joined-" + UUID.randomUUID() + ".zstd.parquet";
    Path path = new Path(tableRoot, name);
    FileSystem fileSystem = path.getFileSystem(hadoop);
    AbortableOutput output = new AbortableOutput(fileSystem, path);
    try {
      long bytes = write(output, hadoop);
      return new DataFile(
          name,
          partitionValues,
          bytes,
          System.currentTimeMillis(),
          rowGroups.stream().mapToLong(RowGroup::rows).sum(),
          statistics);
    } catch (IOException | RuntimeException e) {
      try {
        output.abort();
        fileSystem.delete(path, false);
      } catch (IOException another) {
        e.addSuppressed(another);
      }
      throw e;
    }
  }

  private long write(AbortableOutput output, Configuration hadoop) throws IOException {
    ParquetFileWriter writer = null;
    int next = 0;
    while (next < rowGroups.size()) {
      String file = rowGroups.get(next).file();
      HadoopInputFile input = HadoopInputFile.fromPath(new Path(file), hadoop);
      try (ParquetFileReader reader =
              ParquetFileReader.open(input, HadoopReadOptions.builder(hadoop).build());
          SeekableInputStream bytes = input.newStream()) {
        if (writer == null) {
          writer = begin(output, reader.getFileMetaData().getSchema());
        }
        // No more than one file is open, however many there are.
        while (next < rowGroups.size() && rowGroups.get(next).file().equals(file)) {
          append(writer, reader, bytes, rowGroups.get(next).number());
          next++;
        }
      }
    }
    writer.end(Map.of());
    return writer.getPos();
  }

  private static ParquetFileWriter begin(AbortableOutput output, MessageType schema)
      throws IOException {
    ParquetFileWriter writer =
        new ParquetFileWriter(
            output,
            schema,
            ParquetFileWriter.Mode.CREATE,
            ColumnarFile.ROW_GROUP_BYTES,
            0,
            ParquetProperties.DEFAULT_COLUMN_INDEX_TRUNCATE_LENGTH,
            ParquetProperties.DEFAULT_STATISTICS_TRUNCATE_LENGTH,
            ParquetProperties.DEFAULT_PAGE_WRITE_CHECKSUM_ENABLED);
    writer.start();
    return writer;
  }

  /** parquet-java's own {@code appendRowGroup} leaves the page indexes behind. */
  private static void append(
      ParquetFileWriter writer, ParquetFileReader reader, SeekableInputStream bytes, int number)
      throws IOException {
    BlockMetaData group = reader.getRowGroups().get(number);
    MessageType schema = reader.getFileMetaData().getSchema();
    writer.startBlock(group.getRowCount());
    for (ColumnChunkMetaData chunk : group.getColumns()) {
      ColumnPath path = chunk.getPath();
      ColumnDescriptor column = schema.getColumnDescription(path.toArray());
      writer.appendColumnChunk(
          column, bytes, chunk, null, reader.readColumnIndex(chunk), reader.readOffsetIndex(chunk));
    }
    writer.endBlock();
  }
}
