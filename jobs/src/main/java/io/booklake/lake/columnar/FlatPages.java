package io.booklake.lake.columnar;

import io.booklake.table.ColumnRange;
import io.booklake.table.ColumnValues;
import java.io.IOException;

/** A column with one value, or NULL, in a row. */
final class FlatPages extends ColumnPages {
  private static final int MAX_DEFINITION = 1;

  private final Leaf leaf;
  private final int mostRows;

  private final Levels definition;
  private int pageRows = ColumnarFile.PAGE_ROWS;
  private int rows;
  private int nulls;
  private long fileNulls;

  /**
   * Pages of a leaf.
   *
   * @param mostRows of a page
   */
  FlatPages(Leaf leaf, int mostRows, PagePacking packing) {
    this.leaf = leaf;
    this.definition = new Levels(MAX_DEFINITION, packing);
    this.mostRows = mostRows;
  }

  @Override
  void add(ColumnValues column, int from, int to) {
    int row = from;
    while (row < to) {
      int end = Math.min(to, row + pageRows - rows);
      if (column.hasNulls) {
        addLevels(column.isNull, row, end);
      } else {
        definition.add(MAX_DEFINITION, end - row);
      }
      leaf.values.add(column, row, end);
      rows += end - row;
      row = end;
      if (rows == pageRows) {
        endPage();
      }
    }
  }

  private void addLevels(boolean[] isNull, int from, int to) {
    for (int row = from; row < to; row++) {
      nulls += isNull[row] ? 1 : 0;
      definition.add(isNull[row] ? 0 : MAX_DEFINITION, 1);
    }
  }

  private void endPage() {
    int bytes = leaf.endPage(rows, rows, nulls, PageBytes.NONE, definition.end());
    fileNulls += nulls;
    pageRows = nextRows(bytes);
    rows = 0;
    nulls = 0;
  }

  /**
   * As many rows as fill a page if they are like those of the one that ended, in whole steps, so
   * that the pages of columns often end together.
   */
  private int nextRows(int bytes) {
    int next = ColumnarFile.PAGE_ROWS;
    long nextBytes = (long) bytes * ColumnarFile.PAGE_ROWS / rows;
    while (next < mostRows && 2 * nextBytes <= ColumnarFile.PAGE_BYTES) {
      next *= 2;
      nextBytes *= 2;
    }
    return next;
  }

  @Override
  void endRowGroup(ParquetOutput file) throws IOException {
    if (rows > 0) {
      endPage();
    }
    leaf.endRowGroup(file);
    pageRows = ColumnarFile.PAGE_ROWS;
  }

  @Override
  long bufferedBytes() {
    return leaf.bufferedBytes();
  }

  @Override
  ColumnRange range() {
    return new ColumnRange(leaf.values.min(), leaf.values.max(), fileNulls);
  }
}
