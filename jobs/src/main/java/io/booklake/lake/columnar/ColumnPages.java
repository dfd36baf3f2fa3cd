package io.booklake.lake.columnar;

import io.booklake.table.Column;
import io.booklake.table.ColumnRange;
import io.booklake.table.ColumnValues;
import java.io.IOException;

/** One column of the catalog on its way into the pages of a file. */
abstract class ColumnPages {

  /**
   * Pages of a column.
   *
   * @param isOrder whether rows are in its order: then its pages are small, as they tell where rows
   *     are to be found in the pages of the others
   */
  static ColumnPages of(Column column, boolean isOrder, PagePacking packing) {
    String name = column.name();
    int most = isOrder ? ColumnarFile.PAGE_ROWS : ColumnarFile.MOST_PAGE_ROWS;
    PageValues values =
        switch (column.type()) {
          case LONG, TIMESTAMP -> new NumberValues(false, packing);
          case INT, DATE -> new NumberValues(true, packing);
          case DOUBLE -> new DoubleValues();
          case BOOLEAN -> new BooleanValues(packing);
          case STRING -> new StringValues(packing);
          case STRING_TO_LONG, STRING_TO_DOUBLE, STRING_TO_STRING -> null;
        };
    return values == null
        ? new MapPages(packing, name, column.type())
        : new FlatPages(
            new Leaf(ParquetSchema.physical(column.type()), packing, values, name), most, packing);
  }

  /** Adds rows {@code from} to {@code to}, exclusive; where a page is full it ends. */
  abstract void add(ColumnValues column, int from, int to);

  /** Ends the row group and its last page, and writes its pages. */
  abstract void endRowGroup(ParquetOutput file) throws IOException;

  /** Bytes in memory, without the page that is not yet ended. */
  abstract long bufferedBytes();

  /** What the file holds up to the last page ended. */
  abstract ColumnRange range();
}
