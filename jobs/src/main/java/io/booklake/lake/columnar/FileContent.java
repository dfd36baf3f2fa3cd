package io.booklake.lake.columnar;

import io.booklake.read.FooterRanges;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.HadoopReadOptions;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.util.HadoopInputFile;

/**
 * What the footer of a data file tells.
 *
 * @param file its URI, decoded
 * @param schema Parquet's, as text: files that differ in it have no common row groups
 * @param rowGroups in their order
 */
public record FileContent(String file, String schema, List<RowGroup> rowGroups)
    implements Serializable {

  /** Reads a footer. */
  public static FileContent read(String file, Configuration hadoop) throws IOException {
    try (ParquetFileReader reader =
        ParquetFileReader.open(
            HadoopInputFile.fromPath(new Path(file), hadoop),
            HadoopReadOptions.builder(hadoop).build())) {
      List<RowGroup> rowGroups = new ArrayList<>();
      for (BlockMetaData group : reader.getRowGroups()) {
        rowGroups.add(
            new RowGroup(file, rowGroups.size(), group.getRowCount(), FooterRanges.of(group)));
      }
      return new FileContent(
          file, reader.getFileMetaData().getSchema().toString(), List.copyOf(rowGroups));
    }
  }
}
