package io.booklake.lake.event;

import io.booklake.format.lobster.EventBatch;
import io.booklake.lake.columnar.ColumnarWriter;
import io.booklake.model.EventType;
import io.booklake.model.ExchangeTime;
import io.booklake.model.HiddenSide;
import io.booklake.model.Price;
import io.booklake.model.TickerDay;
import io.booklake.table.ColumnBatch;
import io.booklake.table.ColumnValues;
import io.booklake.table.TableCatalog;

/**
 * Executions as rows of {@code trades}, each with the quote before it.
 *
 * <p>A <b>sweep</b> is the fills of one aggressor: continuous executions at the same nanosecond and
 * on the same aggressor side, where a masked side is a side of its own. Its sweep_id is the
 * event_index of its first fill; crosses have none.
 *
 * <p>The <b>effective spread</b> is 2 D (P - M), with D = 1 for an aggressive buy and -1 for a sell
 * and M the mid before the sweep's <i>first</i> fill, so that a sweep pays for the levels it eats.
 * In whole price units that is D (2 P - (bid + ask)). It is NULL without aggressor or where that
 * quote is one-sided or missing.
 */
final class TradeRows implements EventRows {
  /** The fills of one aggressor side at one nanosecond. */
  private static final class Sweep {
    long timeNanos;
    long firstFill;
    boolean isQuoted;
    long twiceMid;
  }

  private final DayRows rows;
  private final long[] eventIndex;
  private final long[] timeNanos;
  private final long[] eventTime;
  private final long[] price;
  private final long[] size;
  private final ColumnValues aggressorSide;
  private final boolean[] isHidden;
  private final boolean[] isCross;
  private final long[] orderId;
  private final ColumnValues bidPrice;
  private final ColumnValues bidSize;
  private final ColumnValues askPrice;
  private final ColumnValues askSize;
  private final ColumnValues effectiveSpread;
  private final ColumnValues sweepId;

  private final Sweep buys = new Sweep();
  private final Sweep sells = new Sweep();
  private final Sweep masked = new Sweep();
  private ExchangeTime clock;
  private boolean hiddenSideKnown;

  // The quote before the event at hand.
  private boolean isFirst;
  private long bid;
  private long bidShares;
  private long ask;
  private long askShares;

  TradeRows(ColumnarWriter writer) {
    rows = new DayRows(writer, new ColumnBatch(TableCatalog.TRADES, DayRows.CAPACITY));
    eventIndex = rows.longs("event_index");
    timeNanos = rows.longs("time_ns");
    eventTime = rows.longs("event_time");
    price = rows.longs("price");
    size = rows.longs("size");
    aggressorSide = rows.column("aggressor_side");
    isHidden = rows.column("is_hidden").booleans;
    isCross = rows.column("is_cross").booleans;
    orderId = rows.longs("order_id");
    bidPrice = rows.column("bid_price");
    bidSize = rows.column("bid_size");
    askPrice = rows.column("ask_price");
    askSize = rows.column("ask_size");
    effectiveSpread = rows.column("effective_spread");
    sweepId = rows.column("sweep_id");
  }

  @Override
  public void begin(TickerDay tickerDay) {
    rows.begin(tickerDay);
    clock = new ExchangeTime(tickerDay.tradeDate());
    hiddenSideKnown = HiddenSide.isKnown(tickerDay.tradeDate());
    isFirst = true;
    for (Sweep sweep : new Sweep[] {buys, sells, masked}) {
      sweep.timeNanos = -1;
    }
  }

  @Override
  public void add(EventBatch events) {
    for (int row = 0; row < events.rows; row++) {
      byte type = events.type[row];
      if (type >= EventType.VISIBLE_EXECUTION && type <= EventType.CROSS_TRADE) {
        trade(events, row, type);
      }
      isFirst = false;
      bid = events.bidPrice[0][row];
      bidShares = events.bidSize[0][row];
      ask = events.askPrice[0][row];
      askShares = events.askSize[0][row];
    }
  }

  private void trade(EventBatch events, int event, byte type) {
    int row = rows.next();
    eventIndex[row] = events.firstIndex + event;
    timeNanos[row] = events.timeNanos[event];
    eventTime[row] = clock.epochMicros(events.timeNanos[event]);
    price[row] = events.price[event];
    size[row] = events.size[event];
    orderId[row] = events.orderId[event];
    isHidden[row] = type == EventType.HIDDEN_EXECUTION;
    isCross[row] = type == EventType.CROSS_TRADE;
    quote(row);
    if (type == EventType.CROSS_TRADE) {
      aggressorSide.setNull(row);
      effectiveSpread.setNull(row);
      sweepId.setNull(row);
    } else if (type == EventType.HIDDEN_EXECUTION && !hiddenSideKnown) {
      aggressorSide.setNull(row);
      effectiveSpread.setNull(row);
      sweepId.longs[row] = sweep(masked, row).firstFill;
    } else {
      // The direction is that of the resting order.
      int sign = -events.direction[event];
      Sweep sweep = sweep(sign > 0 ? buys : sells, row);
      aggressorSide.strings[row] = sign > 0 ? "buy" : "sell";
      sweepId.longs[row] = sweep.firstFill;
      if (sweep.isQuoted) {
        effectiveSpread.longs[row] = sign * (2 * price[row] - sweep.twiceMid);
      } else {
        effectiveSpread.setNull(row);
      }
    }
  }

  private void quote(int row) {
    bidSize.longs[row] = bidShares;
    askSize.longs[row] = askShares;
    if (isFirst) {
      bidSize.setNull(row);
      askSize.setNull(row);
    }
    price(bidPrice, row, bid, Price.EMPTY_BID);
    price(askPrice, row, ask, Price.EMPTY_ASK);
  }

  private void price(ColumnValues column, int row, long value, long empty) {
    if (isFirst || value == empty) {
      column.setNull(row);
    } else {
      column.longs[row] = value;
    }
  }

  private Sweep sweep(Sweep sweep, int row) {
    if (sweep.timeNanos != timeNanos[row]) {
      sweep.timeNanos = timeNanos[row];
      sweep.firstFill = eventIndex[row];
      sweep.isQuoted = !isFirst && bid != Price.EMPTY_BID && ask != Price.EMPTY_ASK;
      sweep.twiceMid = bid + ask;
    }
    return sweep;
  }

  @Override
  public long end() {
    return rows.end();
  }
}
