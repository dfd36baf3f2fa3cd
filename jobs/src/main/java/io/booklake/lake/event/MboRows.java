package io.booklake.lake.event;

import io.booklake.book.Action;
import io.booklake.book.MboSink;
import io.booklake.book.Origin;
import io.booklake.lake.columnar.ColumnarWriter;
import io.booklake.model.Direction;
import io.booklake.model.TickerDay;
import io.booklake.table.ColumnBatch;
import io.booklake.table.TableCatalog;

/** The change stream as rows of {@code mbo}. */
final class MboRows implements MboSink {
  private final DayRows rows;
  private final long[] eventIndex;
  private final int[] sequences;
  private final String[] actions;
  private final long[] orderIds;
  private final String[] sides;
  private final long[] prices;
  private final long[] sizeChanges;
  private final long[] remainingSizes;
  private final String[] origins;

  MboRows(ColumnarWriter writer) {
    rows = new DayRows(writer, new ColumnBatch(TableCatalog.MBO, DayRows.CAPACITY));
    eventIndex = rows.longs("event_index");
    sequences = rows.ints("sequence");
    actions = rows.strings("action");
    orderIds = rows.longs("order_id");
    sides = rows.strings("side");
    prices = rows.longs("price");
    sizeChanges = rows.longs("size_change");
    remainingSizes = rows.longs("remaining_size");
    origins = rows.strings("origin");
  }

  void begin(TickerDay tickerDay) {
    rows.begin(tickerDay);
  }

  @Override
  public void change(
      long index,
      int sequence,
      Action action,
      long orderId,
      byte direction,
      long priceTicks,
      long sizeChange,
      long remaining,
      Origin origin) {
    int row = rows.next();
    eventIndex[row] = index;
    sequences[row] = sequence;
    actions[row] = action.word();
    orderIds[row] = orderId;
    sides[row] = Direction.side(direction);
    prices[row] = priceTicks;
    sizeChanges[row] = sizeChange;
    remainingSizes[row] = remaining;
    origins[row] = origin.word();
  }

  long end() {
    return rows.end();
  }
}
