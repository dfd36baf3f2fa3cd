package io.booklake.lake.event;

import io.booklake.format.lobster.EventBatch;
import io.booklake.lake.columnar.ColumnarWriter;
import io.booklake.model.ExchangeTime;
import io.booklake.model.TickerDay;
import io.booklake.table.ColumnBatch;
import io.booklake.table.ColumnValues;
import io.booklake.table.TableCatalog;

/** Events as rows of {@code messages}: where the columns are the same, they are not copied. */
final class MessageRows implements EventRows {
  private final DayRows rows;
  private ExchangeTime clock;

  MessageRows(ColumnarWriter writer) {
    rows = new DayRows(writer, new ColumnBatch(TableCatalog.MESSAGES, DayRows.CAPACITY));
  }

  @Override
  public void begin(TickerDay tickerDay) {
    rows.begin(tickerDay);
    clock = new ExchangeTime(tickerDay.tradeDate());
  }

  @Override
  public void add(EventBatch events) {
    ColumnBatch batch = rows.batch;
    batch.rows = events.rows;
    EventKeys.fill(batch, events, clock);
    rows.column("order_id").longs = events.orderId;
    rows.column("size").longs = events.size;
    rows.column("price").longs = events.price;
    int[] type = rows.ints("event_type");
    int[] direction = rows.ints("direction");
    ColumnValues mpid = rows.column("mpid");
    mpid.strings = events.mpid;
    for (int row = 0; row < events.rows; row++) {
      type[row] = events.type[row];
      direction[row] = events.direction[row];
      if (events.mpid[row] == null) {
        mpid.setNull(row);
      }
    }
    rows.write();
  }

  @Override
  public long end() {
    return rows.end();
  }
}
