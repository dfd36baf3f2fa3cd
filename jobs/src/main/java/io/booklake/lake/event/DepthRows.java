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
      askSize[level].longs = events.askSize[level];
      bidSize[level].longs = events.bidSize[level];
      prices(askPrice[level], events.askPrice[level], events.rows, Price.EMPTY_ASK);
      prices(bidPrice[level], events.bidPrice[level], events.rows, Price.EMPTY_BID);
    }
    rows.write();
  }

  private static void prices(ColumnValues column, long[] prices, int count, long empty) {
    column.longs = prices;
    for (int row = 0; row < count; row++) {
      if (prices[row] == empty) {
        column.setNull(row);
      }
    }
  }

  @Override
  public long end() {
    return rows.end();
  }
}
