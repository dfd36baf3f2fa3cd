package io.booklake.lake.columnar;

import io.booklake.table.Column;
import io.booklake.table.ColumnBatch;
import io.booklake.table.ColumnRange;
import io.booklake.table.ColumnValues;
import io.booklake.table.Table;
import java.io.IOException;
import java.io.OutputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * One Parquet file while it is written. A column whose rows take few bytes has longer pages than
 * others: what a page costs whoever writes, lists and reads it is the same for all of them.
 */
final class ColumnarFile {
  /**
   * Rows of a page at least, but for the last of a row group. DuckDB takes rows in vectors of as
   * many: what comes of one page may stay references to a dictionary, whose few entries are then
   * looked at in place of all rows; what comes of two is unpacked.
   */
  static final int PAGE_ROWS = 2048;

  /** Rows of a page at most, a power of two times {@link #PAGE_ROWS}. */
  static final int MOST_PAGE_ROWS = 8 * PAGE_ROWS;

  /** Bytes of values, encoded and not compressed, that a page of more rows may have. */
  static final int PAGE_BYTES = 4096;

  /**
   * Rows of a row group at most: the longest pages end with it, too. Engines that scan make room
   * for a row group at a time, and take longer for the same rows in larger ones.
   */
  static final int ROW_GROUP_ROWS = 6 * MOST_PAGE_ROWS;

  /**
   * Bytes of ended pages at which a row group ends by itself, as it waits for its end in memory.
   */
  static final long ROW_GROUP_BYTES = 64L << 20;

  private final Table table;
  private final List<Column> stored;
  private final int[] positions;
  private final ColumnPages[] pages;
  private final ParquetOutput file;
  private int rowGroupRows;
  private long rows;

  /** Begins a file of all columns but the partition columns. */
  ColumnarFile(Table table, OutputStream output, PagePacking packing) throws IOException {
    this.table = table;
    stored =
        table.columns().stream()
            .filter(column -> !table.partitionColumns().contains(column.name()))
            .toList();
    positions = stored.stream().mapToInt(table.columns()::indexOf).toArray();
    pages =
        stored.stream()
            .map(
                column ->
                    ColumnPages.of(column, table.sortColumns().contains(column.name()), packing))
            .toArray(ColumnPages[]::new);
    file = new ParquetOutput(output);
  }

  /** Writes rows {@code from} to {@code to}, exclusive. */
  void write(ColumnBatch batch, int from, int to) throws IOException {
    List<ColumnValues> columns = batch.columns();
    int row = from;
    while (row < to) {
      // However the rows come, they are looked at after as many.
      int end = Math.min(to, row + PAGE_ROWS - rowGroupRows % PAGE_ROWS);
      for (int i = 0; i < pages.length; i++) {
        pages[i].add(columns.get(positions[i]), row, end);
      }
      rowGroupRows += end - row;
      row = end;
      if (rowGroupRows % PAGE_ROWS == 0
          && (rowGroupRows >= ROW_GROUP_ROWS || bufferedBytes() >= ROW_GROUP_BYTES)) {
        endRowGroup();
      }
    }
  }

  private long bufferedBytes() {
    long bytes = 0;
    for (ColumnPages column : pages) {
      bytes += column.bufferedBytes();
    }
    return bytes;
  }

  /** Ends the row group, if it has a row. */
  void endRowGroup() throws IOException {
    if (rowGroupRows == 0) {
      return;
    }
    for (ColumnPages column : pages) {
      column.endRowGroup(file);
    }
    file.endRowGroup(rowGroupRows);
    rows += rowGroupRows;
    rowGroupRows = 0;
  }

  /**
   * Ends the file.
   *
   * @param path relative to the table's root
   */
  DataFile finish(String path, Map<String, String> partitionValues) throws IOException {
    endRowGroup();
    file.finish(stored);
    return new DataFile(
        path, partitionValues, file.position(), System.currentTimeMillis(), rows, statistics());
  }

  private Map<String, ColumnRange> statistics() {
    Map<String, ColumnRange> statistics = new HashMap<>();
    for (int i = 0; i < pages.length; i++) {
      String name = stored.get(i).name();
      if (table.statisticsColumns().contains(name)) {
        statistics.put(name, pages[i].range());
      }
    }
    return statistics;
  }
}
