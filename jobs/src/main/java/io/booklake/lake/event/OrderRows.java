package io.booklake.lake.event;

import io.booklake.book.ExitReason;
import io.booklake.book.OrderSink;
import io.booklake.book.Origin;
import io.booklake.lake.columnar.ColumnarWriter;
import io.booklake.model.Direction;
import io.booklake.model.TickerDay;
import io.booklake.table.ColumnBatch;
import io.booklake.table.ColumnValues;
import io.booklake.table.TableCatalog;

/** The lives of orders as rows of {@code orders}. */
final class OrderRows implements OrderSink {
  private final DayRows rows;
  private final long[] orderIds;
  private final String[] sides;
  private final long[] prices;
  private final long[] entryIndexes;
  private final long[] entryTimes;
  private final ColumnValues exitIndexes;
  private final ColumnValues exitTimes;
  private final long[] entrySizes;
  private final long[] filledShares;
  private final long[] cancelledShares;
  private final ColumnValues sharesAhead;
  private final String[] exitReasons;
  private final String[] origins;

  OrderRows(ColumnarWriter writer) {
    rows = new DayRows(writer, new ColumnBatch(TableCatalog.ORDERS, DayRows.CAPACITY));
    orderIds = rows.longs("order_id");
    sides = rows.strings("side");
    prices = rows.longs("price");
    entryIndexes = rows.longs("entry_index");
    entryTimes = rows.longs("entry_time_ns");
    exitIndexes = rows.column("exit_index");
    exitTimes = rows.column("exit_time_ns");
    entrySizes = rows.longs("entry_size");
    filledShares = rows.longs("filled");
    cancelledShares = rows.longs("cancelled");
    sharesAhead = rows.column("queue_ahead");
    exitReasons = rows.strings("exit_reason");
    origins = rows.strings("origin");
  }

  void begin(TickerDay tickerDay) {
    rows.begin(tickerDay);
  }

  @Override
  public void order(
      long orderId,
      byte direction,
      long priceTicks,
      long entryIndex,
      long entryTimeNanos,
      long exitIndex,
      long exitTimeNanos,
      long entrySize,
      long filled,
      long cancelled,
      long queueAhead,
      ExitReason exitReason,
      Origin origin) {
    int row = rows.next();
    orderIds[row] = orderId;
    sides[row] = Direction.side(direction);
    prices[row] = priceTicks;
    entryIndexes[row] = entryIndex;
    entryTimes[row] = entryTimeNanos;
    set(exitIndexes, row, exitIndex, STILL_THERE);
    set(exitTimes, row, exitTimeNanos, STILL_THERE);
    entrySizes[row] = entrySize;
    filledShares[row] = filled;
    cancelledShares[row] = cancelled;
    set(sharesAhead, row, queueAhead, UNKNOWN);
    exitReasons[row] = exitReason.word();
    origins[row] = origin.word();
  }

  private static void set(ColumnValues column, int row, long value, long nothing) {
    if (value == nothing) {
      column.setNull(row);
    } else {
      column.longs[row] = value;
    }
  }

  long end() {
    return rows.end();
  }
}
