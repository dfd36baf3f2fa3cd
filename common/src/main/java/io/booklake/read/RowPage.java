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
    int cut = limit;
    while (cut > 0 && (index.isNull(cut) || sameEvent(index, cut))) {
      cut--;
    }
    if (cut == 0) {
      throw new IllegalArgumentException(
          rows.table().name()
              + " has more than "
              + limit
              + " rows of one event: ask for more rows at once");
    }
    rows.rows = cut;
    return new RowPage(rows, OptionalLong.of(index.longs[cut]));
  }

  private static boolean sameEvent(ColumnValues index, int row) {
    return !index.isNull(row - 1) && index.longs[row - 1] == index.longs[row];
  }
}
