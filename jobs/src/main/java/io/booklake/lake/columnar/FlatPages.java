package io.booklake.lake.columnar;

import io.booklake.table.ColumnRange;
import io.booklake.table.ColumnValues;
import java.io.IOException;
import java.util.Arrays;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.column.page.PageWriteStore;
import org.apache.parquet.column.values.rle.RunLengthBitPackingHybridEncoder;

/** A column with one value, or NULL, in a row. */
final class FlatPages extends ColumnPages {
  private static final int MAX_DEFINITION = 1;

  private final Leaf leaf;
  private final boolean[] isNull = new boolean[ColumnarFile.PAGE_ROWS];
  private final RunLengthBitPackingHybridEncoder definition = Leaf.levels(MAX_DEFINITION);
  private int rows;
  private int nulls;
  private long fileNulls;

  FlatPages(Leaf leaf) {
    this.leaf = leaf;
  }

  @Override
  void beginRowGroup(PageWriteStore store) {
    leaf.beginRowGroup(store);
  }

  @Override
  void add(ColumnValues column, int from, int to) {
    int added = to - from;
    if (column.hasNulls) {
      System.arraycopy(column.isNull, from, isNull, rows, added);
      for (int row = from; row < to; row++) {
        nulls += column.isNull[row] ? 1 : 0;
      }
    } else {
      Arrays.fill(isNull, rows, rows + added, false);
    }
    rows += added;
    leaf.values.add(column, from, to);
  }

  @Override
  void endPage() throws IOException {
    leaf.endPage(rows, rows, nulls, BytesInput.empty(), definitionLevels());
    definition.reset();
    fileNulls += nulls;
    rows = 0;
    nulls = 0;
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
  void endRowGroup() throws IOException {
    leaf.endRowGroup();
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
