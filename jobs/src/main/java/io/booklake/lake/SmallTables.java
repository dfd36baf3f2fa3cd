package io.booklake.lake;

import static java.util.Comparator.comparingLong;

import io.booklake.delta.DeltaSchemas;
import io.booklake.delta.LiveFile;
import io.booklake.lake.columnar.DataFile;
import io.booklake.read.TableRows;
import io.booklake.table.Table;
import io.delta.kernel.Snapshot;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;

/** Reads and writes tables of few rows, row by row and without Spark. */
final class SmallTables {
  private static final int MAX_SMALL_FILES = 8;

  private final Lake lake;
  private final TableRows reader;
  private final RowWriter writer;

  SmallTables(Lake lake, Configuration configuration) {
    this.lake = lake;
    this.reader = new TableRows(configuration);
    this.writer = new RowWriter(configuration);
  }

  List<Map<String, Object>> rows(Table table, List<LiveFile> files) {
    try {
      return reader.read(table, files);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  List<DataFile> write(Table table, List<Map<String, Object>> rows) {
    return writer.write(table, lake.path(table.name()), rows);
  }

  List<DataFile> survivors(Table table, List<LiveFile> files, ReplaceScope scope) {
    return write(table, rows(table, files).stream().filter(row -> !scope.holdsRow(row)).toList());
  }

  /**
   * What becomes of a table, its rows being written already.
   *
   * @param among the change is given all rows that are among these, and perhaps others
   */
  Commit.Change decided(
      Table table,
      Snapshot snapshot,
      ReplaceScope among,
      Function<List<Map<String, Object>>, Rewrite> change) {
    Table whole = DeltaSchemas.with(table, DeltaSchemas.widened(snapshot.getSchema(), table));
    List<LiveFile> files = lake.log(table.name()).files(snapshot);
    Rewrite rewrite =
        change.apply(
            rows(whole, files.stream().filter(file -> among.meets(file.ranges())).toList()));
    List<LiveFile> joined = rewrite.rows().isEmpty() ? List.of() : toBeJoined(files);
    List<Map<String, Object>> rows = new ArrayList<>(rewrite.rows());
    rows(whole, joined).stream().filter(row -> !rewrite.scope().holdsRow(row)).forEach(rows::add);
    return new Commit.Change(
        write(whole, rows),
        rewrite.scope(),
        joined.stream().map(LiveFile::path).collect(Collectors.toSet()));
  }

  /**
   * Each run adds a file, and to open one takes longer than to read the few rows in it. One that
   * holds more than all smaller ones together is left alone: so a row is written again only when
   * its file at least doubles, as often as the logarithm of the table's size, and so many files
   * there are at most (O'Neil and others, The log-structured merge-tree, Acta Informatica 33,
   * 1996).
   */
  private static List<LiveFile> toBeJoined(List<LiveFile> files) {
    List<LiveFile> sorted = files.stream().sorted(comparingLong(LiveFile::bytes)).toList();
    long bytes = 0;
    int end = 0;
    for (int i = 0; i < sorted.size(); i++) {
      if (sorted.get(i).bytes() <= bytes) {
        end = i + 1;
      }
      bytes += sorted.get(i).bytes();
    }
    return end < MAX_SMALL_FILES ? List.of() : sorted.subList(0, end);
  }
}
