package io.booklake.read;

import java.io.Closeable;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.HadoopReadOptions;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.util.HadoopInputFile;

/**
 * Data files that are open. Many ticker-days may share a file, so its footer is read once and not
 * once for each. For one thread.
 */
public final class DataFiles implements Closeable {
  private final Configuration configuration;
  private final Map<String, DataFile> files = new LinkedHashMap<>();

  /** With the settings of the file systems, credentials among them. */
  public DataFiles(Configuration configuration) {
    this.configuration = configuration;
  }

  /** A file with its footer. */
  DataFile open(String path) throws IOException {
    DataFile file = files.get(path);
    if (file == null) {
      file =
          new DataFile(
              path,
              ParquetFileReader.open(
                  HadoopInputFile.fromPath(new Path(path), configuration),
                  HadoopReadOptions.builder(configuration).build()));
      files.put(path, file);
    }
    return file;
  }

  @Override
  public void close() throws IOException {
    IOException failure = null;
    for (DataFile file : files.values()) {
      try {
        file.close();
      } catch (IOException e) {
        if (failure == null) {
          failure = e;
        } else {
          failure.addSuppressed(e);
        }
      }
    }
    files.clear();
    if (failure != null) {
      throw failure;
    }
  }
}
