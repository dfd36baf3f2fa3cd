package io.booklake.lake.columnar;

import io.booklake.table.ColumnBatch;
import io.booklake.table.ColumnType;
import io.booklake.table.ColumnValues;
import io.booklake.table.Table;
import java.io.Closeable;
import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * Writes the rows of one table, of one task, to data files, column by column.
 *
 * <pre>{@code
 * try (ColumnarWriter writer = new ColumnarWriter(table, root, "00007", hadoop)) {
 *   for (each ticker-day) {
 *     writer.write(batch); // any number of times
 *     writer.endRowGroup();
 *   }
 *   return writer.finish();
 * }
 * }</pre>
 *
 * <p>A file holds one partition: a new one begins where the partition column's value changes. What
 * is closed without having been finished leaves no file.
 */
public final class ColumnarWriter implements Closeable {
  /** In place of a partition in tables that have none. */
  private static final int UNPARTITIONED = Integer.MIN_VALUE;

  private final Table table;
  private final Path root;
  private final String fileStem;
  private final FileSystem fileSystem;
  private final int partitionColumn;
  private final PagePacking packing;
  private final List<Path> begun = new ArrayList<>();
  private final List<DataFile> ended = new ArrayList<>();
  private AbortableOutput output;
  private ColumnarFile file;
  private int partition;
  private boolean finished;

  /** The last batch that was looked at. */
  private ColumnBatch looked;

  /**
   * Begins to write; files are made when their first row comes.
   *
   * @param tableRoot URI of the table's folder
   * @param fileStem part of the files' names, such as the task's number
   * @param hadoop how to reach the file system
   * @throws IllegalArgumentException if the table is partitioned by anything but one DATE
   */
  public ColumnarWriter(Table table, String tableRoot, String fileStem, Configuration hadoop)
      throws IOException {
    this.table = table;
    this.root = new Path(tableRoot);
    this.fileStem = fileStem;
    this.fileSystem = root.getFileSystem(hadoop);
    this.partitionColumn = partitionColumn(table);
    this.packing = new PagePacking();
  }

  private static int partitionColumn(Table table) {
    if (table.partitionColumns().isEmpty()) {
      return -1;
    }
    int position = table.columnNames().indexOf(table.partitionColumns().get(0));
    if (table.partitionColumns().size() > 1
        || table.columns().get(position).type() != ColumnType.DATE) {
      throw new IllegalArgumentException(
          table.name()
              + " is partitioned by "
              + table.partitionColumns()
              + "; data files know one DATE or nothing");
    }
    return position;
  }

  /**
   * Writes the rows of a batch, which may then be filled again.
   *
   * @throws IllegalArgumentException if the batch is of another table, or the partition column is
   *     NULL
   */
  public void write(ColumnBatch batch) throws IOException {
    expectTableOf(batch);
    int from = 0;
    while (from < batch.rows) {
      int value = partition(batch, from);
      int to = endOfPartition(batch, from);
      if (file == null || partition != value) {
        endFile();
        partition = value;
        beginFile();
      }
      file.write(batch, from, to);
      from = to;
    }
  }

  private void expectTableOf(ColumnBatch batch) {
    if (batch == looked) {
      return; // the same is filled again and again, and tables of many columns take long to compare
    }
    if (!batch.table().equals(table)) {
      throw new IllegalArgumentException(
          "rows of " + batch.table().name() + " among those of " + table.name());
    }
    looked = batch;
  }

  /** By itself, or the JVM compiles with this loop all that is done behind it. */
  private int endOfPartition(ColumnBatch batch, int from) {
    int value = partition(batch, from);
    int end = from + 1;
    while (end < batch.rows && partition(batch, end) == value) {
      end++;
    }
    return end;
  }

  private int partition(ColumnBatch batch, int row) {
    if (partitionColumn < 0) {
      return UNPARTITIONED;
    }
    ColumnValues dates = batch.columns().get(partitionColumn);
    if (dates.isNull(row)) {
      throw new IllegalArgumentException(
          dates.column.name() + " of " + table.name() + " is NULL, but tells where a row lies");
    }
    return dates.ints[row];
  }

  /** Ends a row group: the rows that follow are in another. Does nothing before the first row. */
  public void endRowGroup() throws IOException {
    if (file != null) {
      file.endRowGroup();
    }
  }

  /**
   * Ends the last file.
   *
   * @return all files in the order of their rows; none if there was no row
   */
  public List<DataFile> finish() throws IOException {
    endFile();
    finished = true;
    return List.copyOf(ended);
  }

  private void beginFile() throws IOException {
    // By no locale: the default one of an executor may have digits of its own.
    String name =
        String.format(
            Locale.ROOT, "part-%s-%d-%s.zstd.parquet", fileStem, begun.size(), UUID.randomUUID());
    Path path = new Path(partitionColumn < 0 ? root : new Path(root, folder()), name);
    begun.add(path);
    output = new AbortableOutput(fileSystem, path);
    file = new ColumnarFile(table, output.create(), packing);
  }

  private void endFile() throws IOException {
    if (file == null) {
      return;
    }
    String name = begun.get(begun.size() - 1).getName();
    ended.add(
        partitionColumn < 0
            ? file.finish(name, Map.of())
            : file.finish(folder() + "/" + name, Map.of(table.partitionColumns().get(0), date())));
    file = null;
    output = null;
  }

  private String folder() {
    return table.partitionColumns().get(0) + "=" + date();
  }

  private String date() {
    return LocalDate.ofEpochDay(partition).toString();
  }

  /** Deletes every file, unless they are finished. */
  @Override
  public void close() throws IOException {
    packing.close();
    if (finished) {
      return;
    }
    finished = true;
    IOException failure = null;
    if (output != null) {
      try {
        output.abort();
      } catch (IOException e) {
        failure = e;
      }
    }
    for (Path path : begun) {
      try {
        fileSystem.delete(path, false);
      } catch (IOException e) {
        if (failure == null) {
          failure = e;
        } else {
          failure.addSuppressed(e);
        }
      }
    }
    if (failure != null) {
      throw failure;
    }
  }
}
