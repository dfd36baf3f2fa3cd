package io.booklake.verify;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.HadoopReadOptions;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.page.PageReader;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.parquet.schema.MessageType;

/**
 * Names the file and the column of a table that cannot be read. Every page is unpacked and held
 * against its checksum, column by column, so that memory is bounded by a column of a row group.
 * Many ticker-days may share a file: each is looked at once.
 */
public final class FileCheck {
  private final Configuration configuration;
  private final Map<String, Optional<String>> known = new HashMap<>();

  /** With the settings of the file systems, credentials among them. */
  public FileCheck(Configuration configuration) {
    this.configuration = configuration;
  }

  /**
   * Looks through files.
   *
   * @return what is wrong with the first that cannot be read; empty if all can
   */
  public Optional<String> of(List<String> paths) {
    return paths.stream()
        .map(path -> known.computeIfAbsent(path, this::damage))
        .flatMap(Optional::stream)
        .findFirst();
  }

  private Optional<String> damage(String path) {
    try (ParquetFileReader file =
        ParquetFileReader.open(
            HadoopInputFile.fromPath(new Path(path), configuration),
            HadoopReadOptions.builder(configuration).usePageChecksumVerification().build())) {
      MessageType schema = file.getFileMetaData().getSchema();
      for (ColumnDescriptor column : schema.getColumns()) {
        Optional<String> damage = damage(file, schema, column);
        if (damage.isPresent()) {
          return damage.map(words -> path + ": " + words);
        }
      }
      return Optional.empty();
    } catch (FileNotFoundException e) {
      return Optional.of(path + ": not there");
    } catch (IOException | RuntimeException e) { // Parquet throws both
      return Optional.of(path + ": no Parquet file, or damaged: " + e.getMessage());
    }
  }

  private static Optional<String> damage(
      ParquetFileReader file, MessageType schema, ColumnDescriptor column) {
    String name = column.getPath()[0];
    try {
      file.setRequestedSchema(new MessageType(schema.getName(), schema.getType(name)));
      for (int group = 0; group < file.getRowGroups().size(); group++) {
        PageReader pages = file.readRowGroup(group).getPageReader(column);
        pages.readDictionaryPage();
        while (pages.readPage() != null) {
          // Unpacking it is the check.
        }
      }
      return Optional.empty();
    } catch (IOException | RuntimeException e) { // Parquet throws both
      return Optional.of("column " + name + " cannot be read: " + e.getMessage());
    }
  }
}
