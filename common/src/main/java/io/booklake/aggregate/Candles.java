package io.booklake.aggregate;

import io.booklake.format.lobster.EventBatch;
import io.booklake.model.EventType;
import io.booklake.model.ExchangeTime;
import io.booklake.model.HiddenSide;
import io.booklake.model.Price;
import io.booklake.model.SliceSpec;
import io.booklake.table.ColumnBatch;
import io.booklake.table.ColumnValues;
import io.booklake.table.TableCatalog;

/**
 * The {@code candles} table: bars over time, events, trades, volume and dollars.
 *
 * <ul>
 *   <li>A <b>time bar</b> is [start, end) on a grid from exchange midnight, bar_index its number on
 *       that grid. An <b>event bar</b> is {@code event_index div n}. <b>Trade, volume and dollar
 *       bars</b> close with the continuous trade that reaches the threshold; that trade belongs to
 *       the bar whole, the next bar starts from 0, and events after the trade belong to it.
 *   <li><b>Open, high, low, close, volume, vwap</b> are of continuous trades (types 4 and 5) in the
 *       order of event_index; crosses have a column of their own. <b>mid_*</b> are over events
 *       after which the quote is two-sided.
 *   <li><b>ofi</b> is the order flow imbalance of Cont, Kukanov and Stoikov, <i>The Price Impact of
 *       Order Book Events</i> (2014): q_b[P_b &gt;= P_b'] - q_b'[P_b &lt;= P_b'] - q_a[P_a &lt;=
 *       P_a'] + q_a'[P_a &gt;= P_a'], summed over the bar's events, primes the quote before the
 *       event. An event counts where both quotes are two-sided and trading is not halted before, by
 *       or after it; NULL where no event counts.
 *   <li><b>time_weighted_spread</b>: the quote of event k stands from its time to that of event
 *       k+1, the last one of the ticker-day to the end of the session. A time bar takes the part
 *       that lies inside it, and the part of the quote it inherits that lies between its begin and
 *       its first event; a bar of another kind takes the quotes of its own events whole. Quotes
 *       that are one-sided or stand while trading is halted count no time.
 *   <li><b>is_complete</b>: every bar but the ticker-day's last is. The last one is, if it holds as
 *       much as its name says, or, for time bars, ends no later than the session; {@code time:1d}
 *       always is.
 *   <li><b>is_halted</b>: trading was halted before, by or after one of the bar's events.
 * </ul>
 *
 * <p>A time bar without events is absent unless asked for. Then it is there if it shares any time
 * with the session [start, end): without prices and indices, with counts of zero, and with the
 * spread and halt of the quote that stands through it. Before the first event no quote stands and
 * trading is not halted.
 */
public final class Candles implements Aggregation {
  private final SliceSpec spec;
  private final String name;
  private final boolean emptyBars;
  private final Slicer slicer;
  private final TableRows rows = new TableRows(TableCatalog.CANDLES);
  private final Columns columns = new Columns();
  private final BestQuote quote = new BestQuote();

  private Session session;
  private ExchangeTime clock;
  private boolean hiddenSideKnown;

  /** Time of the event before; -1 before the first. */
  private long previousNanos;

  private boolean isOpen;

  // The open bar.
  private long bar;
  private long startIndex;
  private long endIndex;
  private long firstNanos;
  private final TradedVolume traded = new TradedVolume();
  private long open;
  private long high;
  private long low;
  private long close;
  private final ExactSum tradedTicks = new ExactSum();
  private boolean hasMid;
  private long midOpen;
  private long midHigh;
  private long midLow;
  private long midClose;
  private boolean hasImbalance;
  private long imbalance;
  private final TimeWeightedMean spread = new TimeWeightedMean();
  private boolean isHalted;

  /**
   * Bars of one kind.
   *
   * @param spec see {@link SliceSpec#bar}
   * @param emptyBars whether time bars without events are there
   */
  public Candles(SliceSpec spec, boolean emptyBars) {
    if (spec.kind() == SliceSpec.Kind.SESSION) {
      throw new IllegalArgumentException(
          "a session is no bar of candles, time:1d is the whole ticker-day");
    }
    this.spec = spec;
    this.name = spec.toString();
    this.emptyBars = emptyBars && spec.kind() == SliceSpec.Kind.TIME;
    this.slicer = new Slicer(spec);
  }

  @Override
  public void begin(Session of) {
    session = of;
    clock = new ExchangeTime(of.tickerDay().tradeDate());
    hiddenSideKnown = HiddenSide.isKnown(of.tickerDay().tradeDate());
    rows.begin(of);
    slicer.begin();
    quote.clear();
    previousNanos = -1;
    isOpen = false;
  }

  @Override
  public void add(EventBatch events) {
    for (int row = 0; row < events.rows; row++) {
      add(events, row);
    }
  }

  private void add(EventBatch events, int row) {
    long timeNanos = events.timeNanos[row];
    stand(timeNanos);
    long slice = slicer.slice(events, row);
    if (!isOpen || slice != bar) {
      if (isOpen) {
        close(false);
        fill(bar + 1, slice, true, false);
      } else if (emptyBars) {
        fill(session.startNanos() / spec.size(), slice, false, false);
      }
      open(slice, events.firstIndex + row, timeNanos);
    }
    endIndex = events.firstIndex + row;
    isHalted |= quote.isHalted;
    trade(events, row);
    follow(events, row);
    isHalted |= quote.isHalted;
    previousNanos = timeNanos;
  }

  /** The quote stood until now. */
  private void stand(long untilNanos) {
    if (isOpen && quote.counts()) {
      long until =
          spec.kind() == SliceSpec.Kind.TIME
              ? Math.min(untilNanos, (bar + 1) * spec.size())
              : untilNanos;
      spread.add(quote.spread(), until - previousNanos);
    }
  }

  private void open(long slice, long index, long timeNanos) {
    isOpen = true;
    bar = slice;
    startIndex = index;
    firstNanos = timeNanos;
    traded.clear();
    tradedTicks.clear();
    hasMid = false;
    hasImbalance = false;
    imbalance = 0;
    isHalted = false;
    spread.clear();
    if (spec.kind() == SliceSpec.Kind.TIME && quote.counts()) {
      spread.add(quote.spread(), timeNanos - Math.max(previousNanos, slice * spec.size()));
    }
  }

  private void trade(EventBatch events, int row) {
    byte type = events.type[row];
    if (!Slicer.isContinuousTrade(type) && type != EventType.CROSS_TRADE) {
      return;
    }
    long size = events.size[row];
    if (type != EventType.CROSS_TRADE) {
      long price = events.price[row];
      if (traded.tradeCount == 0) {
        open = price;
        high = price;
        low = price;
      }
      high = Math.max(high, price);
      low = Math.min(low, price);
      close = price;
      tradedTicks.addProduct(price, size);
    }
    traded.add(type, events.direction[row], size, hiddenSideKnown);
  }

  /** Takes the quote after the event, and what it says against the one before. */
  private void follow(EventBatch events, int row) {
    boolean counted = quote.counts() && events.type[row] != EventType.HALT;
    long ask = quote.ask;
    long askSize = quote.askSize;
    long bid = quote.bid;
    long bidSize = quote.bidSize;
    quote.follow(events, row);
    if (counted && quote.counts()) {
      hasImbalance = true;
      imbalance +=
          (quote.bid >= bid ? quote.bidSize : 0)
              - (quote.bid <= bid ? bidSize : 0)
              - (quote.ask <= ask ? quote.askSize : 0)
              + (quote.ask >= ask ? askSize : 0);
    }
    if (quote.isTwoSided) {
      long mid = quote.twiceMid();
      if (!hasMid) {
        hasMid = true;
        midOpen = mid;
        midHigh = mid;
        midLow = mid;
      }
      midHigh = Math.max(midHigh, mid);
      midLow = Math.min(midLow, mid);
      midClose = mid;
    }
  }

  @Override
  public ColumnBatch end() {
    if (isOpen) {
      stand(Math.max(session.endNanos(), previousNanos));
      close(true);
      if (emptyBars) {
        fill(bar + 1, Long.MAX_VALUE, true, true);
      }
    }
    return rows.batch;
  }

  private void close(boolean isLast) {
    int row = rows.next();
    boolean byTime = spec.kind() == SliceSpec.Kind.TIME;
    columns.place(row, bar, byTime ? bar * spec.size() : firstNanos);
    long endNanos = byTime ? (bar + 1) * spec.size() : previousNanos;
    columns.endTimeNanos.longs[row] = endNanos;
    columns.startIndex.longs[row] = startIndex;
    columns.endIndex.longs[row] = endIndex;
    long eventCount = endIndex - startIndex + 1;
    columns.eventCount.longs[row] = eventCount;
    columns.volumes.set(row, traded);
    boolean hasTrade = traded.tradeCount > 0;
    dollars(columns.open, row, hasTrade, open, Price.TICKS_PER_DOLLAR);
    dollars(columns.high, row, hasTrade, high, Price.TICKS_PER_DOLLAR);
    dollars(columns.low, row, hasTrade, low, Price.TICKS_PER_DOLLAR);
    dollars(columns.close, row, hasTrade, close, Price.TICKS_PER_DOLLAR);
    if (traded.volume == 0) {
      columns.vwap.setNull(row);
    } else {
      columns.vwap.doubles[row] = tradedTicks.over(Price.TICKS_PER_DOLLAR, traded.volume);
    }
    dollars(columns.midOpen, row, hasMid, midOpen, 2 * Price.TICKS_PER_DOLLAR);
    dollars(columns.midHigh, row, hasMid, midHigh, 2 * Price.TICKS_PER_DOLLAR);
    dollars(columns.midLow, row, hasMid, midLow, 2 * Price.TICKS_PER_DOLLAR);
    dollars(columns.midClose, row, hasMid, midClose, 2 * Price.TICKS_PER_DOLLAR);
    columns.imbalance.longs[row] = imbalance;
    if (!hasImbalance) {
      columns.imbalance.setNull(row);
    }
    if (spread.isDefined()) {
      columns.spread.doubles[row] = spread.of(Price.TICKS_PER_DOLLAR);
    } else {
      columns.spread.setNull(row);
    }
    columns.isComplete.booleans[row] = !isLast || hasReachedItsEnd(eventCount, endNanos);
    columns.isHalted.booleans[row] = isHalted;
  }

  private static void dollars(
      ColumnValues column, int row, boolean isThere, long amount, long unitsPerDollar) {
    if (isThere) {
      column.doubles[row] = (double) amount / (double) unitsPerDollar;
    } else {
      column.setNull(row);
    }
  }

  /** For the last bar of a ticker-day: does it hold all that its name says? */
  private boolean hasReachedItsEnd(long eventCount, long endNanos) {
    return switch (spec.kind()) {
      case TIME -> spec.isWholeDay() || endNanos <= session.endNanos();
      case EVENTS -> eventCount >= spec.size();
      case TRADES -> traded.tradeCount >= spec.size();
      case VOLUME -> traded.volume >= spec.size();
      case DOLLAR -> tradedTicks.reaches(spec.dollarTicks());
      case SESSION -> throw new AssertionError("the constructor takes no session");
    };
  }

  /**
   * The bars without events from one to before another, where they lie in the session.
   *
   * @param afterAnEvent whether a quote stands through them
   * @param isLast whether no event comes after them
   */
  private void fill(long from, long to, boolean afterAnEvent, boolean isLast) {
    if (!emptyBars) {
      return;
    }
    long first = Math.max(from, session.startNanos() / spec.size());
    long end = Math.min(to, (session.endNanos() - 1) / spec.size() + 1);
    for (long empty = first; empty < end; empty++) {
      int row = rows.next();
      columns.place(row, empty, empty * spec.size());
      long endNanos = (empty + 1) * spec.size();
      columns.endTimeNanos.longs[row] = endNanos;
      columns.setEmpty(row);
      dollars(
          columns.spread,
          row,
          afterAnEvent && quote.counts(),
          quote.spread(),
          Price.TICKS_PER_DOLLAR);
      columns.isComplete.booleans[row] = !isLast || hasReachedItsEnd(0, endNanos);
      columns.isHalted.booleans[row] = afterAnEvent && quote.isHalted;
    }
  }

  /** Where values go. */
  private final class Columns {
    final ColumnValues barSpec = rows.column("bar_spec");
    final ColumnValues barIndex = rows.column("bar_index");
    final ColumnValues startIndex = rows.column("start_index");
    final ColumnValues endIndex = rows.column("end_index");
    final ColumnValues startTimeNanos = rows.column("start_time_ns");
    final ColumnValues endTimeNanos = rows.column("end_time_ns");
    final ColumnValues startTime = rows.column("start_time");
    final ColumnValues eventCount = rows.column("event_count");
    final ColumnValues open = rows.column("open");
    final ColumnValues high = rows.column("high");
    final ColumnValues low = rows.column("low");
    final ColumnValues close = rows.column("close");
    final VolumeColumns volumes = new VolumeColumns(rows);
    final ColumnValues vwap = rows.column("vwap");
    final ColumnValues midOpen = rows.column("mid_open");
    final ColumnValues midHigh = rows.column("mid_high");
    final ColumnValues midLow = rows.column("mid_low");
    final ColumnValues midClose = rows.column("mid_close");
    final ColumnValues imbalance = rows.column("ofi");
    final ColumnValues spread = rows.column("time_weighted_spread");
    final ColumnValues isComplete = rows.column("is_complete");
    final ColumnValues isHalted = rows.column("is_halted");

    void place(int row, long index, long startNanos) {
      barSpec.strings[row] = name;
      barIndex.longs[row] = index;
      startTimeNanos.longs[row] = startNanos;
      startTime.longs[row] = clock.epochMicros(startNanos);
    }

    void setEmpty(int row) {
      startIndex.setNull(row);
      endIndex.setNull(row);
      eventCount.longs[row] = 0;
      volumes.set(row, new TradedVolume());
      for (ColumnValues none :
          new ColumnValues[] {
            open, high, low, close, vwap, midOpen, midHigh, midLow, midClose, imbalance
          }) {
        none.setNull(row);
      }
    }
  }
}
