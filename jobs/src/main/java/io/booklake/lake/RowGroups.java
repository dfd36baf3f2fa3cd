package io.booklake.lake;

import io.booklake.delta.LiveFile;
import io.booklake.read.FooterRanges;
import io.booklake.table.ColumnRange;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.HadoopReadOptions;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.util.HadoopInputFile;

/**
 * Looks into the footers of files. Where several ticker-days share a file each has row groups of
 * its own, so that the footer tells which they are although the log only tells the first and the
 * last.
 */
final class RowGroups {
  private final Configuration configuration;

  /** By file, of those that were looked into: what is asked of one is asked again. */
  private final Map<String, List<Map<String, ColumnRange>>> known = new HashMap<>();

  RowGroups(Configuration configuration) {
    this.configuration = configuration;
  }

  /** Whether all rows of a file are surely in scope. */
  boolean allIn(ReplaceScope scope, LiveFile file) {
    return scope.holds(file.ranges()) || whole(file).stream().allMatch(scope::holds);
  }

  /**
   * Whether a row of a file may be in scope.
   *
   * @throws LostFileException if the log does not tell and the file cannot
   */
  boolean anyIn(ReplaceScope scope, LiveFile file) {
    Map<String, ColumnRange> ranges = file.ranges();
    return scope.meets(ranges)
        && (scope.holds(ranges) || whole(file).stream().anyMatch(scope::meets));
  }

  private List<Map<String, ColumnRange>> whole(LiveFile file) {
    return known.computeIfAbsent(file.path(), path -> read(file));
  }

  /** With the partition columns, which are not in the file. */
  private List<Map<String, ColumnRange>> read(LiveFile file) {
    Map<String, ColumnRange> partition = file.ranges();
    partition.keySet().retainAll(file.partitionValues().keySet());
    List<Map<String, ColumnRange>> whole = new ArrayList<>();
    try {
      for (Map<String, ColumnRange> group : ranges(new Path(file.path()))) {
        Map<String, ColumnRange> all = new HashMap<>(group);
        all.putAll(partition);
        whole.add(all);
      }
    } catch (IOException | RuntimeException e) { // by both parquet-java refuses a file
      throw isLost(file)
          ? new LostFileException(file.path(), e)
          : new UncheckedIOException(new IOException("cannot read " + file.path(), e));
    }
    return whole;
  }

  /**
   * Whether it is not there as it was written. Who only may not open it, or cannot now, is not to
   * give it up.
   */
  private boolean isLost(LiveFile file) {
    Path path = new Path(file.path());
    try {
      return path.getFileSystem(configuration).getFileStatus(path).getLen() != file.bytes();
    } catch (FileNotFoundException e) {
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /** What the columns of a file hold, by row group; the partition columns are not in the file. */
  List<Map<String, ColumnRange>> ranges(Path file) throws IOException {
    try (ParquetFileReader reader =
        ParquetFileReader.open(
            HadoopInputFile.fromPath(file, configuration),
            HadoopReadOptions.builder(configuration).build())) {
      return reader.getRowGroups().stream().map(FooterRanges::of).toList();
    }
  }
}
