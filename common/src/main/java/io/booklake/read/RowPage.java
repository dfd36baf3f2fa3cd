package io.booklake.read;

import io.booklake.table.ColumnBatch;
import io.booklake.table.ColumnValues;
import java.util.OptionalLong;

/**
 * Some rows, and where to go on.
 *
 * @param rows all rows of the events that they speak of
 * @param next the first event of the next page; empty if this is the last
 */
public record RowPage(ColumnBatch rows, OptionalLong next) {

  /**
   * A page of rows that may be one more than the limit.
   *
   * @param indexColumn where the first event of a row stands
   */
  static RowPage of(ColumnBatch rows, String indexColumn, int limit) {
    if (rows.rows <= limit) {
      return new RowPage(rows, OptionalLong.empty());
    }
    ColumnValues index = rows.column(indexColumn);
    requireOrder(rows, index);
    int cut = limit;
    while (cut > 0 && (index.isNull(cut) || sameEvent(index, cut))) {
      cut--;
    }
    if (cut == 0) {
      throw new IllegalArgumentException(
          rows.table().name()
              + " has more than "
              + limit
              + " rows of one event, or without one behind it: ask for more rows at once");
    }
    rows.rows = cut;
    return new RowPage(rows, OptionalLong.of(index.longs[cut]));
  }

  /** Where an index falls, whoever goes on at one misses rows, or gets them twice. */
  private static void requireOrder(ColumnBatch rows, ColumnValues index) {
    long before = 0;
    for (int row = 0; row < rows.rows; row++) {
      if (!index.isNull(row)) {
        if (index.longs[row] < before) {
          throw new IllegalArgumentException(
              rows.table().name()
                  + " is not in the order of its events here: found "
                  + index.column.name()
                  + " "
                  + index.longs[row]
                  + " behind "
                  + before
                  + ", so that it has no pages");
        }
        before = index.longs[row];
      }
    }
  }

  private static boolean sameEvent(ColumnValues index, int row) {
    return !index.isNull(row - 1) && index.longs[row - 1] == index.longs[row];
  }
}
