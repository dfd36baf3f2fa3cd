package io.booklake.lake.event;

import io.booklake.format.lobster.EventBatch;
import io.booklake.lake.columnar.ColumnarWriter;
import io.booklake.model.TickerDay;
import io.booklake.table.ColumnBatch;
import io.booklake.table.ColumnValues;
import io.booklake.table.TableCatalog;

/** Events as rows of {@code messages}: where the columns are the same, they are not copied. */
final class MessageRows implements EventRows {
  private final DayRows rows;
  private final EventKeys keys;
  private final int[] type;
  private final int[] direction;
  private final ColumnValues orderId;
  private final ColumnValues size;
  private final ColumnValues price;
  private final ColumnValues mpid;

  MessageRows(ColumnarWriter writer) {
    rows = new DayRows(writer, new ColumnBatch(TableCatalog.MESSAGES, DayRows.CAPACITY));
    keys = new EventKeys(rows);
    type = rows.ints("event_type");
    direction = rows.ints("direction");
    orderId = rows.column("order_id");
    size = rows.column("size");
    price = rows.column("price");
    mpid = rows.column("mpid");
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
    orderId.longs = events.orderId;
    size.longs = events.size;
    price.longs = events.price;
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
