package io.booklake.lake;

import io.booklake.delta.LiveFile;
import io.booklake.read.FooterRanges;
import io.booklake.table.ColumnRange;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.util.HadoopInputFile;

/**
 * Looks into the footers of files. Where several ticker-days share a file each has row groups of
 * its own, so that the footer tells which they are although the log only tells the first and the
 * last.
 */
final class RowGroups {
  private final Configuration configuration;

  RowGroups(Configuration configuration) {
    this.configuration = configuration;
  }

  /** Whether all rows of a file are surely in scope. */
  boolean allIn(ReplaceScope scope, LiveFile file) {
    Map<String, ColumnRange> ranges = file.ranges();
    if (scope.holds(ranges)) {
      return true;
    }
    Map<String, ColumnRange> partition = new HashMap<>(ranges);
    partition.keySet().retainAll(file.partitionValues().keySet());
    try (ParquetFileReader reader =
        ParquetFileReader.open(HadoopInputFile.fromPath(new Path(file.path()), configuration))) {
      return reader.getRowGroups().stream()
          .allMatch(
              group -> {
                Map<String, ColumnRange> all = FooterRanges.of(group);
                all.putAll(partition);
                return scope.holds(all);
              });
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
