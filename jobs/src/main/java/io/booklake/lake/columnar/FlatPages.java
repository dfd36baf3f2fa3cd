package io.booklake.lake.columnar;

import io.booklake.table.ColumnRange;
import io.booklake.table.ColumnValues;
import java.io.IOException;
import java.util.Arrays;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.column.values.rle.RunLengthBitPackingHybridEncoder;
import org.apache.parquet.hadoop.ParquetFileWriter;

/** A column with one value, or NULL, in a row. */
final class FlatPages extends ColumnPages {
  private static final int MAX_DEFINITION = 1;

  private final Leaf leaf;
  private final int mostRows;

  /** Of the page; all false where it has no NULL. */
  private boolean[] isNull = new boolean[ColumnarFile.PAGE_ROWS];

  private final RunLengthBitPackingHybridEncoder definition = Leaf.levels(MAX_DEFINITION);
  private int pageRows = ColumnarFile.PAGE_ROWS;
  private int rows;
  private int nulls;
  private long fileNulls;

  /**
   * Pages of a leaf.
   *
   * @param mostRows of a page
   */
  FlatPages(Leaf leaf, int mostRows) {
    this.leaf = leaf;
    this.mostRows = mostRows;
  }

  @Override
  void add(ColumnValues column, int from, int to) throws IOException {
    int row = from;
    while (row < to) {
      int end = Math.min(to, row + pageRows - rows);
      if (column.hasNulls) {
        addNulls(column, row, end);
      }
      leaf.values.add(column, row, end);
      rows += end - row;
      row = end;
      if (rows == pageRows) {
        endPage();
      }
    }
  }

  private void addNulls(ColumnValues column, int from, int to) {
    if (isNull.length < pageRows) {
      isNull = Arrays.copyOf(isNull, pageRows);
    }
    System.arraycopy(column.isNull, from, isNull, rows, to - from);
    for (int row = from; row < to; row++) {
      nulls += column.isNull[row] ? 1 : 0;
    }
  }

  private void endPage() throws IOException {
    long bytes = leaf.endPage(rows, rows, nulls, BytesInput.empty(), definitionLevels());
    definition.reset();
    fileNulls += nulls;
    if (nulls > 0) {
      Arrays.fill(isNull, 0, rows, false);
    }
    pageRows = nextRows(bytes);
    rows = 0;
    nulls = 0;
  }

  /**
   * As many rows as fill a page if they are like those of the one that ended, in whole steps, so
   * that the pages of columns often end together.
   */
  private int nextRows(long bytes) {
    int next = ColumnarFile.PAGE_ROWS;
    long nextBytes = bytes * ColumnarFile.PAGE_ROWS / rows;
    while (next < mostRows && 2 * nextBytes <= ColumnarFile.PAGE_BYTES) {
      next *= 2;
      nextBytes *= 2;
    }
    return next;
  }

  private BytesInput definitionLevels() throws IOException {
    if (nulls == 0) {
      // One run, as most pages have, without counting it.
      return BytesInput.concat(
          BytesInput.fromUnsignedVarInt(rows << 1), BytesInput.from(new byte[] {MAX_DEFINITION}));
    }
    for (int row = 0; row < rows; row++) {
      definition.writeInt(isNull[row] ? 0 : MAX_DEFINITION);
    }
    return definition.toBytes();
  }

  @Override
  void endRowGroup(ParquetFileWriter writer) throws IOException {
    if (rows > 0) {
      endPage();
    }
    leaf.endRowGroup(writer);
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
