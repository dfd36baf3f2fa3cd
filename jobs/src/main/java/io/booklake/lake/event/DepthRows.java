package io.booklake.lake.event;

import io.booklake.format.lobster.EventBatch;
import io.booklake.lake.columnar.ColumnarWriter;
import io.booklake.model.Price;
import io.booklake.model.TickerDay;
import io.booklake.table.ColumnBatch;
import io.booklake.table.ColumnValues;
import io.booklake.table.TableCatalog;

/** The book after each event as rows of {@code depth}, without copying its columns. */
final class DepthRows implements EventRows {
  private final int levels;
  private final DayRows rows;
  private final EventKeys keys;
  private final ColumnValues[] askPrice;
  private final ColumnValues[] askSize;
  private final ColumnValues[] bidPrice;
  private final ColumnValues[] bidSize;

  DepthRows(ColumnarWriter writer, int levels) {
    this.levels = levels;
    rows = new DayRows(writer, new ColumnBatch(TableCatalog.depth(levels), DayRows.CAPACITY));
    keys = new EventKeys(rows);
    askPrice = columns("ask_price_");
    askSize = columns("ask_size_");
    bidPrice = columns("bid_price_");
    bidSize = columns("bid_size_");
  }

  private ColumnValues[] columns(String prefix) {
    ColumnValues[] columns = new ColumnValues[levels];
    for (int level = 0; level < levels; level++) {
      columns[level] = rows.column(prefix + (level + 1));
      columns[level].changes = new int[DayRows.CAPACITY];
    }
    return columns;
  }

  @Override
  public void begin(TickerDay tickerDay) {
    rows.begin(tickerDay);
    keys.begin(tickerDay);
  }

  @Override
  public void add(EventBatch events) {
    rows.batch.rows = events.rows;
    keys.fill(events);
    for (int level = 0; level < levels; level++) {
      begin(askPrice[level], events.askPrice[level]);
      begin(askSize[level], events.askSize[level]);
      begin(bidPrice[level], events.bidPrice[level]);
      begin(bidSize[level], events.bidSize[level]);
    }
    for (int row = 1; row < events.rows; row++) {
      for (int level = events.changedFrom[row]; level < events.changedTo[row]; level++) {
        compare(askPrice[level], row);
        compare(askSize[level], row);
        compare(bidPrice[level], row);
        compare(bidSize[level], row);
      }
    }
    for (int level = 0; level < levels; level++) {
      setNulls(askPrice[level], events.rows, Price.EMPTY_ASK);
      setNulls(bidPrice[level], events.rows, Price.EMPTY_BID);
    }
    rows.write();
  }

  private static void begin(ColumnValues column, long[] values) {
    column.longs = values;
    column.changes[0] = 0;
    column.changeCount = 1;
  }

  private static void compare(ColumnValues column, int row) {
    if (column.longs[row] != column.longs[row - 1]) {
      column.changes[column.changeCount++] = row;
    }
  }

  private static void setNulls(ColumnValues column, int rows, long empty) {
    for (int i = 0; i < column.changeCount; i++) {
      if (column.longs[column.changes[i]] == empty) {
        int end = i + 1 < column.changeCount ? column.changes[i + 1] : rows;
        for (int row = column.changes[i]; row < end; row++) {
          column.setNull(row);
        }
      }
    }
  }

  @Override
  public long end() {
    return rows.end();
  }
}
