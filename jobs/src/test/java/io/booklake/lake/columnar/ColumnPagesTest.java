package io.booklake.lake.columnar;

import static org.assertj.core.api.Assertions.assertThat;

import io.booklake.table.Column;
import io.booklake.table.ColumnBatch;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ColumnPagesTest {
  static List<Column> columns() {
    return EveryType.TABLE.columns();
  }

  /** Row groups end by what waits: what stayed would make every later one as short as can be. */
  @ParameterizedTest
  @MethodSource("columns")
  void nothingWaitsInMemoryBehindTheEndOfARowGroup(Column column) throws IOException {
    int rows = 2 * ColumnarFile.PAGE_ROWS;
    ColumnBatch batch = EveryType.batches(EveryType.TABLE, EveryType.random(31, rows), rows).get(0);
    try (PagePacking packing = new PagePacking()) {
      ColumnPages pages = ColumnPages.of(column, true, packing);
      pages.add(batch.column(column.name()), 0, rows);
      assertThat(pages.bufferedBytes()).isPositive();
      pages.endRowGroup(new ParquetOutput(OutputStream.nullOutputStream()));
      assertThat(pages.bufferedBytes()).isZero();
    }
  }
}
