package io.booklake.read;

import io.booklake.table.ColumnRange;
import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.internal.column.columnindex.OffsetIndex;

/** Rows {@code from} to {@code to}, exclusive, of a row group. */
record Block(long from, long to) {
  int rows() {
    return Math.toIntExact(to - from);
  }

  /** The page of a column that holds a row. */
  static int page(OffsetIndex index, long row) {
    int low = 0;
    int high = index.getPageCount() - 1;
    while (low < high) {
      int middle = (low + high + 1) >>> 1;
      if (index.getFirstRowIndex(middle) <= row) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return low;
  }

  /**
   * What is left of some blocks without the pages in which no row meets a condition.
   *
   * @param pages what each page of the condition's column holds
   * @param rows of the row group
   */
  static List<Block> meeting(
      Condition condition,
      List<Block> blocks,
      List<ColumnRange> pages,
      OffsetIndex index,
      long rows) {
    List<Block> left = new ArrayList<>();
    for (Block block : blocks) {
      long from = block.from;
      for (int page = page(index, from); from < block.to; page++) {
        long to = Math.min(block.to, index.getLastRowIndex(page, rows) + 1);
        Block before = left.isEmpty() ? null : left.get(left.size() - 1);
        if (condition.mayHold(pages.get(page))) {
          if (before != null && before.to == from) {
            left.set(left.size() - 1, new Block(before.from, to));
          } else {
            left.add(new Block(from, to));
          }
        }
        from = to;
      }
    }
    return left;
  }

  /** Some blocks, cut where the pages of a column end. */
  static List<Block> atPageBorders(List<Block> blocks, OffsetIndex index) {
    List<Block> cut = new ArrayList<>();
    for (Block block : blocks) {
      long from = block.from;
      for (int page = page(index, from); from < block.to; page++) {
        long to =
            page + 1 < index.getPageCount()
                ? Math.min(block.to, index.getFirstRowIndex(page + 1))
                : block.to;
        cut.add(new Block(from, to));
        from = to;
      }
    }
    return cut;
  }
}
