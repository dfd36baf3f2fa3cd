package io.booklake.read;

import io.booklake.model.TickerDay;
import io.booklake.table.Column;
import io.booklake.table.ColumnBatch;
import io.booklake.table.ColumnValues;
import io.booklake.table.Table;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Some columns of the rows that a per-event table holds of one ticker-day, in the order of
 * event_index, batch by batch.
 */
final class DayColumns {
  /** Ticker and levels, before the columns that were asked for. */
  static final int KEYS = 2;

  private final TickerDay day;
  private final List<RowGroup> groups = new ArrayList<>();

  /** The columns, behind those that tell whose a row is where ticker-days share a row group. */
  private final Table columns;

  private int nextGroup;
  private RowGroup group;
  private StoredColumn[] readers;
  private long rowsLeft;

  /**
   * Begins to read.
   *
   * @param paths of the files that may hold such rows, in any order
   * @param columns of the table, without those it is partitioned by
   */
  DayColumns(DataFiles files, List<String> paths, TickerDay day, Table table, List<String> columns)
      throws IOException {
    this.day = day;
    List<String> read = new ArrayList<>(List.of("ticker", "levels"));
    read.addAll(columns);
    this.columns = table.of(read);
    for (String path : paths) {
      groups.addAll(files.open(path).rowGroups(day));
    }
    groups.sort(Comparator.comparingLong(RowGroup::firstIndex));
  }

  /** A batch for {@link #read}: the columns that were asked for, after ticker and levels. */
  ColumnBatch newBatch(int capacity) {
    return new ColumnBatch(columns, capacity);
  }

  /**
   * Fills a batch with the next rows: whole, unless these are the last ones.
   *
   * @return false if there were none left
   */
  boolean read(ColumnBatch batch) throws IOException {
    batch.clear();
    while (batch.rows < batch.capacity && (rowsLeft > 0 || begin())) {
      int from = batch.rows;
      int count = (int) Math.min(rowsLeft, batch.capacity - from);
      for (int i = 0; i < readers.length; i++) {
        fill(batch.columns().get(i), readers[i], from, from + count);
      }
      rowsLeft -= count;
      batch.rows = group.isOfOneDay() ? from + count : withoutOthers(batch, from, from + count);
    }
    return batch.rows > 0;
  }

  private boolean begin() throws IOException {
    if (nextGroup == groups.size()) {
      return false;
    }
    group = groups.get(nextGroup++);
    List<String> wanted = new ArrayList<>();
    List<Integer> places = new ArrayList<>();
    List<Column> all = columns.columns();
    for (int i = 0; i < all.size(); i++) {
      boolean isKey = i < KEYS;
      String name = all.get(i).name();
      if (isKey ? !group.isOfOneDay() : group.file().has(name)) {
        wanted.add(name);
        places.add(i);
      }
    }
    List<StoredColumn> stored = group.file().columns(group.number(), wanted);
    readers = new StoredColumn[all.size()];
    for (int i = 0; i < stored.size(); i++) {
      readers[places.get(i)] = stored.get(i);
    }
    rowsLeft = group.rows();
    return true;
  }

  /** Rows of other ticker-days make room. */
  private int withoutOthers(ColumnBatch batch, int from, int to) {
    String[] tickers = batch.columns().get(0).strings;
    int[] levels = batch.columns().get(1).ints;
    int kept = from;
    for (int row = from; row < to; row++) {
      if (tickers[row].equals(day.ticker()) && levels[row] == day.levels()) {
        if (kept < row) {
          for (ColumnValues column : batch.columns()) {
            column.copy(row, kept);
          }
        }
        kept++;
      }
    }
    for (ColumnValues column : batch.columns()) {
      if (column.hasNulls) {
        // Whoever comes into these rows next need not be NULL.
        Arrays.fill(column.isNull, kept, to, false);
      }
    }
    return kept;
  }

  /** No reader is a column that the file does not have, or that nobody needs to look at. */
  private static void fill(ColumnValues column, StoredColumn reader, int from, int to)
      throws IOException {
    if (reader != null) {
      reader.read(column, from, to);
      return;
    }
    for (int row = from; row < to; row++) {
      column.setNull(row);
    }
  }
}
