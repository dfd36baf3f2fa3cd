package io.booklake.table;

import java.util.Arrays;
import java.util.List;
import java.util.NoSuchElementException;

/**
 * Rows of one table, column by column: how rows go into files and come out of them. A batch is
 * filled again and again, so that memory stays bounded whatever the number of rows.
 */
public final class ColumnBatch {
  /** Rows the batch has room for. */
  public int capacity;

  /** Rows it holds now. */
  public int rows;

  private final Table table;
  private final List<ColumnValues> columns;

  /** An empty batch of {@code capacity} rows. */
  public ColumnBatch(Table table, int capacity) {
    this.table = table;
    this.capacity = capacity;
    this.columns =
        table.columns().stream().map(column -> new ColumnValues(column, capacity)).toList();
  }

  /** The table whose rows these are. */
  public Table table() {
    return table;
  }

  /** All columns, in the order of the table's. */
  public List<ColumnValues> columns() {
    return columns;
  }

  /**
   * One column.
   *
   * @throws NoSuchElementException if the table has no such column
   */
  public ColumnValues column(String name) {
    for (ColumnValues each : columns) {
      if (each.column.name().equals(name)) {
        return each;
      }
    }
    throw new NoSuchElementException(table.name() + " has no column " + name);
  }

  /**
   * Room for one more row, whose values the caller sets; where there is none left the batch grows,
   * and its columns have other arrays then.
   *
   * @return the row
   */
  public int append() {
    reserve(1);
    return rows++;
  }

  /** Makes room for some more rows, which may give the columns other arrays. */
  public void reserve(int more) {
    int needed = Math.addExact(rows, more);
    if (needed > capacity) {
      capacity = Math.max(needed, Math.multiplyExact(2, capacity));
      columns.forEach(column -> column.grow(capacity));
    }
  }

  /** Makes the batch empty, with no value NULL. */
  public void clear() {
    rows = 0;
    for (ColumnValues column : columns) {
      if (column.hasNulls) {
        Arrays.fill(column.isNull, false);
        column.hasNulls = false;
      }
    }
  }
}
