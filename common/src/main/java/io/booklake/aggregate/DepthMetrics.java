package io.booklake.aggregate;

import io.booklake.format.lobster.EventBatch;
import io.booklake.model.Price;
import io.booklake.model.SliceSpec;
import io.booklake.table.ColumnBatch;
import io.booklake.table.ColumnValues;
import io.booklake.table.TableCatalog;

/**
 * The {@code depth_metrics} table: liquidity of the visible book on a grid of time or events.
 *
 * <p>The state of a step is the book after its last event. A time grid has every step from that of
 * the first event to that of the last: one without events holds the state carried forward. <b>Top
 * N</b> sums the best N levels and is NULL where the source has fewer. <b>Within b basis points of
 * mid</b> sums the visible levels with 20,000 P_bid &gt;= (a + b)(10,000 - b) and 20,000 P_ask
 * &lt;= (a + b)(10,000 + b), in whole numbers.
 *
 * <p><b>Time-weighted</b> means are over the time that two-sided quotes stood in the step outside
 * halts, see {@link Candles}. The imbalance of each quote is taken to 1e-9, truncated toward zero,
 * so that the sum is exact. In a step without events they are those of the carried quote, and NULL
 * while trading is halted.
 */
public final class DepthMetrics implements Aggregation {
  private static final int[] TOP_LEVELS = {1, 3, 5, 10};
  private static final int[] BASIS_POINTS = {5, 10, 25, 50};
  private static final long NANO = 1_000_000_000L;

  private final SliceSpec spec;
  private final String name;
  private final Slicer slicer;
  private final TableRows rows = new TableRows(TableCatalog.DEPTH_METRICS);
  private final Columns columns = new Columns();
  private final BestQuote quote = new BestQuote();
  private Session session;
  private long previousNanos;
  private boolean isOpen;

  // The open step.
  private long step;
  private long startIndex;
  private long endIndex;
  private long firstNanos;
  private final TimeWeightedMean spread = new TimeWeightedMean();
  private final TimeWeightedMean imbalance = new TimeWeightedMean();

  /** The book after the last event, for the end of the step may be known only with the next. */
  private final Book book = new Book();

  /**
   * Steps of one grid.
   *
   * @param spec see {@link SliceSpec#grid}
   */
  public DepthMetrics(SliceSpec spec) {
    if (spec.kind() != SliceSpec.Kind.TIME && spec.kind() != SliceSpec.Kind.EVENTS) {
      throw new IllegalArgumentException(
          "not a grid: '" + spec + "', expected one like time:1s or events:1000");
    }
    this.spec = spec;
    this.name = spec.toString();
    this.slicer = new Slicer(spec);
  }

  @Override
  public void begin(Session of) {
    session = of;
    rows.begin(of);
    slicer.begin();
    quote.clear();
    previousNanos = -1;
    isOpen = false;
  }

  @Override
  public void add(EventBatch events) {
    for (int row = 0; row < events.rows; row++) {
      long timeNanos = events.timeNanos[row];
      stand(timeNanos);
      long slice = slicer.slice(events, row);
      if (!isOpen || slice != step) {
        if (isOpen) {
          // The batch before may be gone, the book of its last row is not.
          close();
          carry(step + 1, slice);
        }
        open(slice, events.firstIndex + row, timeNanos);
      }
      endIndex = events.firstIndex + row;
      quote.follow(events, row);
      previousNanos = timeNanos;
      if (row + 1 == events.rows || isLastOfStep(events, row)) {
        book.follow(events, row);
      }
    }
  }

  /** Whether the next event of the batch is of another step; the book is copied only then. */
  private boolean isLastOfStep(EventBatch events, int row) {
    return spec.kind() == SliceSpec.Kind.TIME
        ? events.timeNanos[row + 1] >= (step + 1) * spec.size()
        : (events.firstIndex + row + 1) % spec.size() == 0;
  }

  private void stand(long untilNanos) {
    if (isOpen && quote.counts()) {
      long until =
          spec.kind() == SliceSpec.Kind.TIME
              ? Math.min(untilNanos, (step + 1) * spec.size())
              : untilNanos;
      weigh(until - previousNanos);
    }
  }

  private void weigh(long nanos) {
    if (nanos > 0) {
      spread.add(quote.spread(), nanos);
      imbalance.add(nanoImbalance(), nanos);
    }
  }

  private long nanoImbalance() {
    return Math.multiplyExact(quote.bidSize - quote.askSize, NANO)
        / (quote.bidSize + quote.askSize);
  }

  private void open(long slice, long index, long timeNanos) {
    isOpen = true;
    step = slice;
    startIndex = index;
    firstNanos = timeNanos;
    spread.clear();
    imbalance.clear();
    if (spec.kind() == SliceSpec.Kind.TIME && quote.counts()) {
      weigh(timeNanos - Math.max(previousNanos, slice * spec.size()));
    }
  }

  @Override
  public ColumnBatch end() {
    if (isOpen) {
      stand(Math.max(session.endNanos(), previousNanos));
      close();
    }
    return rows.batch;
  }

  private void close() {
    int row = rows.next();
    boolean byTime = spec.kind() == SliceSpec.Kind.TIME;
    columns.place(
        row,
        step,
        byTime ? step * spec.size() : firstNanos,
        byTime ? (step + 1) * spec.size() : previousNanos,
        endIndex - startIndex + 1);
    mean(columns.weightedSpread, row, spread, Price.TICKS_PER_DOLLAR);
    mean(columns.weightedImbalance, row, imbalance, NANO);
  }

  private static void mean(ColumnValues column, int row, TimeWeightedMean mean, long unit) {
    if (mean.isDefined()) {
      column.doubles[row] = mean.of(unit);
    } else {
      column.setNull(row);
    }
  }

  /** Steps of time from one to before another, in which nothing happened. */
  private void carry(long from, long to) {
    if (spec.kind() != SliceSpec.Kind.TIME) {
      return;
    }
    for (long empty = from; empty < to; empty++) {
      int row = rows.next();
      columns.place(row, empty, empty * spec.size(), (empty + 1) * spec.size(), 0);
      if (quote.counts()) {
        columns.weightedSpread.doubles[row] =
            (double) quote.spread() / (double) Price.TICKS_PER_DOLLAR;
        columns.weightedImbalance.doubles[row] = nanoImbalance() / 1e9;
      } else {
        columns.weightedSpread.setNull(row);
        columns.weightedImbalance.setNull(row);
      }
    }
  }

  /** A row of the depth file. */
  private static final class Book {
    int levels;
    long[] askPrice = new long[0];
    long[] askSize = new long[0];
    long[] bidPrice = new long[0];
    long[] bidSize = new long[0];

    void follow(EventBatch events, int row) {
      if (levels != events.levels) {
        levels = events.levels;
        askPrice = new long[levels];
        askSize = new long[levels];
        bidPrice = new long[levels];
        bidSize = new long[levels];
      }
      for (int level = 0; level < levels; level++) {
        askPrice[level] = events.askPrice[level][row];
        askSize[level] = events.askSize[level][row];
        bidPrice[level] = events.bidPrice[level][row];
        bidSize[level] = events.bidSize[level][row];
      }
    }

    long askWithin(long twiceMid, int basisPoints) {
      long sum = 0;
      for (int level = 0; level < levels; level++) {
        if (askPrice[level] != Price.EMPTY_ASK
            && 20_000 * askPrice[level] <= twiceMid * (10_000 + basisPoints)) {
          sum += askSize[level];
        }
      }
      return sum;
    }

    long bidWithin(long twiceMid, int basisPoints) {
      long sum = 0;
      for (int level = 0; level < levels; level++) {
        if (bidPrice[level] != Price.EMPTY_BID
            && 20_000 * bidPrice[level] >= twiceMid * (10_000 - basisPoints)) {
          sum += bidSize[level];
        }
      }
      return sum;
    }
  }

  /** Where values go. */
  private final class Columns {
    private final ExactSum weighted = new ExactSum();
    final ColumnValues gridSpec = rows.column("grid_spec");
    final ColumnValues stepIndex = rows.column("step_index");
    final ColumnValues startTimeNanos = rows.column("start_time_ns");
    final ColumnValues endTimeNanos = rows.column("end_time_ns");
    final ColumnValues lastIndex = rows.column("end_index");
    final ColumnValues eventCount = rows.column("event_count");
    final ColumnValues stepSpread = rows.column("spread");
    final ColumnValues mid = rows.column("mid");
    final ColumnValues weightedMid = rows.column("weighted_mid");
    final ColumnValues stepImbalance = rows.column("imbalance");
    final ColumnValues[] bidTop = each("bid_size_top_", "", TOP_LEVELS);
    final ColumnValues[] askTop = each("ask_size_top_", "", TOP_LEVELS);
    final ColumnValues[] bidNear = each("bid_size_", "_bps", BASIS_POINTS);
    final ColumnValues[] askNear = each("ask_size_", "_bps", BASIS_POINTS);
    final ColumnValues weightedSpread = rows.column("time_weighted_spread");
    final ColumnValues weightedImbalance = rows.column("time_weighted_imbalance");

    private ColumnValues[] each(String prefix, String suffix, int[] numbers) {
      ColumnValues[] found = new ColumnValues[numbers.length];
      for (int i = 0; i < numbers.length; i++) {
        found[i] = rows.column(prefix + numbers[i] + suffix);
      }
      return found;
    }

    void place(int row, long index, long startNanos, long endNanos, long events) {
      gridSpec.strings[row] = name;
      stepIndex.longs[row] = index;
      startTimeNanos.longs[row] = startNanos;
      endTimeNanos.longs[row] = endNanos;
      lastIndex.longs[row] = endIndex;
      eventCount.longs[row] = events;
      top(bidTop, row, book.bidSize);
      top(askTop, row, book.askSize);
      if (quote.isTwoSided) {
        quoted(row);
      } else {
        for (ColumnValues none : new ColumnValues[] {stepSpread, mid, weightedMid, stepImbalance}) {
          none.setNull(row);
        }
        for (int i = 0; i < BASIS_POINTS.length; i++) {
          bidNear[i].setNull(row);
          askNear[i].setNull(row);
        }
      }
    }

    private void quoted(int row) {
      stepSpread.doubles[row] = (double) quote.spread() / (double) Price.TICKS_PER_DOLLAR;
      mid.doubles[row] = (double) quote.twiceMid() / (double) (2 * Price.TICKS_PER_DOLLAR);
      long shares = quote.bidSize + quote.askSize;
      weighted.clear();
      weighted.addProduct(quote.ask, quote.bidSize);
      weighted.addProduct(quote.bid, quote.askSize);
      weightedMid.doubles[row] = weighted.over(Price.TICKS_PER_DOLLAR, shares);
      stepImbalance.doubles[row] = (double) (quote.bidSize - quote.askSize) / (double) shares;
      for (int i = 0; i < BASIS_POINTS.length; i++) {
        bidNear[i].longs[row] = book.bidWithin(quote.twiceMid(), BASIS_POINTS[i]);
        askNear[i].longs[row] = book.askWithin(quote.twiceMid(), BASIS_POINTS[i]);
      }
    }

    private void top(ColumnValues[] tops, int row, long[] sizes) {
      for (int i = 0; i < TOP_LEVELS.length; i++) {
        if (book.levels < TOP_LEVELS[i]) {
          tops[i].setNull(row);
        } else {
          long sum = 0;
          for (int level = 0; level < TOP_LEVELS[i]; level++) {
            sum += sizes[level];
          }
          tops[i].longs[row] = sum;
        }
      }
    }
  }
}
