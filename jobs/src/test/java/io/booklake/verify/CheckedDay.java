package io.booklake.verify;

import io.booklake.book.Action;
import io.booklake.book.BookRebuilder;
import io.booklake.book.ExitReason;
import io.booklake.book.Fidelity;
import io.booklake.book.Hindsight;
import io.booklake.book.Origin;
import io.booklake.book.SnapshotSink;
import io.booklake.format.lobster.EventBatch;
import io.booklake.format.lobster.HadoopSource;
import io.booklake.format.lobster.PairQuality;
import io.booklake.model.EventType;
import io.booklake.model.ExchangeTime;
import io.booklake.model.Price;
import io.booklake.model.TickerDay;
import io.booklake.simulate.Activity;
import io.booklake.simulate.DayPlan;
import io.booklake.simulate.Feature;
import io.booklake.simulate.Listing;
import io.booklake.simulate.Simulation;
import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;

/** A simulated ticker-day as its tables would hold it, in lists that a test can harm. */
final class CheckedDay {
  static final int SNAPSHOT_INTERVAL = 50;

  final TickerDay tickerDay;
  private final ExchangeTime clock;
  final Map<String, Long> figures = new HashMap<>();
  final List<MessageRow> messages = new ArrayList<>();
  final List<BookRow> books = new ArrayList<>();
  final List<ChangeRow> changes = new ArrayList<>();
  final List<SnapshotRow> snapshots = new ArrayList<>();
  final List<OrderRow> orders = new ArrayList<>();
  final List<TradeRow> trades = new ArrayList<>();

  private CheckedDay(TickerDay tickerDay) {
    this.tickerDay = tickerDay;
    clock = new ExchangeTime(tickerDay.tradeDate());
  }

  /**
   * Plays a day.
   *
   * @param wrongShare of the messages get the number of another order, or another size
   */
  static CheckedDay simulated(long seed, int levels, int events, double wrongShare)
      throws IOException {
    return simulated(seed, List.of(levels), events, wrongShare).get(0);
  }

  /** The same day at several depths. */
  static List<CheckedDay> simulated(long seed, List<Integer> depths, int events, double wrongShare)
      throws IOException {
    DayPlan plan =
        DayPlan.of(Listing.of("SIM", 1_000_000, Activity.NORMAL), LocalDate.of(2012, 6, 21), seed)
            .withLevels(depths.toArray(Integer[]::new))
            .withEvents(events)
            .withFeatures(Feature.HIDDEN_ORDERS, Feature.CROSSES, Feature.HALT);
    Map<Integer, List<EventBatch>> batches = new HashMap<>();
    new Simulation(
            plan,
            batch ->
                batches.computeIfAbsent(batch.levels, any -> new ArrayList<>()).add(batch.copy()))
        .run();
    List<CheckedDay> days = new ArrayList<>();
    for (int depth : plan.levels()) {
      CheckedDay day = new CheckedDay(new TickerDay(plan.tradeDate(), "SIM", depth));
      garble(batches.get(depth), new Random(seed), wrongShare);
      day.rebuild(batches.get(depth));
      days.add(day);
    }
    return days;
  }

  private static void garble(List<EventBatch> batches, Random random, double share) {
    for (EventBatch batch : batches) {
      for (int row = 0; row < batch.rows; row++) {
        if (batch.type[row] < EventType.VISIBLE_EXECUTION && random.nextDouble() < share) {
          int other = random.nextInt(batch.rows);
          if (random.nextBoolean() && batch.type[other] < EventType.HIDDEN_EXECUTION) {
            batch.orderId[row] = batch.orderId[other];
          } else {
            batch.size[row] += random.nextInt(50);
          }
        }
      }
    }
  }

  private void rebuild(List<EventBatch> batches) {
    PairQuality quality = new PairQuality(tickerDay.levels());
    Hindsight hindsight = new Hindsight();
    for (EventBatch batch : batches) {
      quality.add(batch);
      hindsight.add(batch);
      for (int row = 0; row < batch.rows; row++) {
        addEvent(batch, row);
      }
    }
    BookRebuilder rebuilder =
        new BookRebuilder(
            hindsight,
            tickerDay.levels(),
            this::addChange,
            new Snapshots(),
            this::addOrder,
            SNAPSHOT_INTERVAL);
    batches.forEach(rebuilder::add);
    setFigures(quality, rebuilder.finish());
    messages.stream()
        .filter(row -> row.type() >= 4 && row.type() <= 6)
        .forEach(row -> trades.add(trade(row)));
  }

  /** By looking through the whole day for each. */
  private TradeRow trade(MessageRow row) {
    boolean cross = row.type() == EventType.CROSS_TRADE;
    MessageRow first =
        messages.stream()
            .filter(other -> other.type() == 4 || other.type() == 5)
            .filter(other -> other.timeNanos() == row.timeNanos())
            .filter(other -> other.direction() == row.direction())
            .findFirst()
            .orElse(row);
    Long twiceMid = twiceMid(first.eventIndex() - 1);
    Long spread = twiceMid == null ? null : (Long) (twiceMid - 2 * row.priceTicks());
    return new TradeRow(
        row.eventIndex(),
        row.timeNanos(),
        row.eventTimeMicros(),
        row.priceTicks(),
        row.size(),
        cross ? null : row.direction() > 0 ? "sell" : "buy",
        row.type() == EventType.HIDDEN_EXECUTION,
        cross,
        row.orderId(),
        best(row.eventIndex() - 1, BookRow::bidPrices, Price.EMPTY_BID),
        best(row.eventIndex() - 1, BookRow::bidSizes, Price.EMPTY_BID),
        best(row.eventIndex() - 1, BookRow::askPrices, Price.EMPTY_ASK),
        best(row.eventIndex() - 1, BookRow::askSizes, Price.EMPTY_ASK),
        cross || spread == null ? null : (Long) (row.direction() > 0 ? spread : -spread),
        cross ? null : (Long) first.eventIndex());
  }

  private Long twiceMid(long eventIndex) {
    Long bid = best(eventIndex, BookRow::bidPrices, Price.EMPTY_BID);
    Long ask = best(eventIndex, BookRow::askPrices, Price.EMPTY_ASK);
    return bid == null || ask == null ? null : (Long) (bid + ask);
  }

  private Long best(long eventIndex, Function<BookRow, long[]> column, long empty) {
    if (eventIndex < 0) {
      return null;
    }
    long value = column.apply(books.get((int) eventIndex))[0];
    return value == empty ? null : (Long) value;
  }

  private void addEvent(EventBatch batch, int row) {
    MessageRow message =
        new MessageRow(
            batch.firstIndex + row,
            batch.timeNanos[row],
            clock.epochMicros(batch.timeNanos[row]),
            batch.type[row],
            batch.orderId[row],
            batch.size[row],
            batch.price[row],
            batch.direction[row],
            null);
    messages.add(message);
    books.add(
        new BookRow(
            message.eventIndex(),
            message.timeNanos(),
            message.eventTimeMicros(),
            column(batch.askPrice, row),
            column(batch.askSize, row),
            column(batch.bidPrice, row),
            column(batch.bidSize, row)));
  }

  private static long[] column(long[][] columns, int row) {
    return Stream.of(columns).mapToLong(column -> column[row]).toArray();
  }

  private void addChange(
      long eventIndex,
      int sequence,
      Action action,
      long orderId,
      byte direction,
      long priceTicks,
      long sizeChange,
      long remaining,
      Origin origin) {
    changes.add(
        new ChangeRow(
            eventIndex,
            sequence,
            action.word(),
            orderId,
            side(direction),
            priceTicks,
            sizeChange,
            remaining,
            origin.word()));
  }

  private void addOrder(
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
    orders.add(
        new OrderRow(
            orderId,
            side(direction),
            priceTicks,
            entryIndex,
            entryTimeNanos,
            exitIndex < 0 ? null : (Long) exitIndex,
            exitIndex < 0 ? null : (Long) exitTimeNanos,
            entrySize,
            filled,
            cancelled,
            queueAhead < 0 ? null : (Long) queueAhead,
            exitReason.word(),
            origin.word()));
  }

  private static String side(byte direction) {
    return direction > 0 ? "bid" : "ask";
  }

  private void setFigures(PairQuality quality, Fidelity fidelity) {
    figures.put("start_time_ns", 34_200_000_000_000L);
    figures.put("end_time_ns", 57_600_000_000_000L);
    figures.put("row_count", quality.rows());
    figures.put("first_time_ns", quality.firstTimeNanos());
    figures.put("last_time_ns", quality.lastTimeNanos());
    figures.put("new_order_count", quality.events(EventType.NEW_ORDER));
    figures.put("partial_cancel_count", quality.events(EventType.PARTIAL_CANCEL));
    figures.put("delete_count", quality.events(EventType.DELETE));
    figures.put("visible_execution_count", quality.events(EventType.VISIBLE_EXECUTION));
    figures.put("hidden_execution_count", quality.events(EventType.HIDDEN_EXECUTION));
    figures.put("cross_trade_count", quality.events(EventType.CROSS_TRADE));
    figures.put("trading_status_count", quality.events(EventType.HALT));
    figures.put("halt_count", quality.halts());
    figures.put("broken_transition_count", quality.brokenTransitions());
    figures.put("crossed_row_count", quality.crossedRows());
    figures.put("snapshot_interval", (long) SNAPSHOT_INTERVAL);
    figures.put("mbo_row_count", (long) changes.size());
    figures.put("snapshot_row_count", (long) snapshots.size());
    figures.put("order_count", (long) orders.size());
    figures.put("unknown_reference_count", fidelity.unknownReferences());
    figures.put("published_shares", sum(fidelity, Fidelity.Level::publishedShares));
    figures.put("proven_shares", sum(fidelity, Fidelity.Level::provenShares));
    figures.put("probable_shares", sum(fidelity, Fidelity.Level::probableShares));
    figures.put("expired_order_count", fidelity.expiredOrders());
    figures.put("revalidated_order_count", fidelity.revalidatedOrders());
  }

  private static long sum(Fidelity fidelity, ToLongFunction<Fidelity.Level> shares) {
    return fidelity.levels().stream().mapToLong(shares).sum();
  }

  private Published published() {
    return new Published(
        tickerDay,
        Map.copyOf(figures),
        new SourceFiles("/gone/message.csv", "", "/gone/orderbook.csv", ""),
        Set.of("messages", "depth", "trades", "mbo", "book_snapshots", "orders"),
        Map.of());
  }

  /** What a check says of the tables as they are now. */
  CheckResult result(String check) {
    return check.equals("orders")
        ? byOrder()
        : byEvent().stream().filter(each -> each.check().equals(check)).findFirst().orElseThrow();
  }

  private List<CheckResult> byEvent() {
    EventChecks checks = new EventChecks(published(), new HadoopSource(new Configuration(false)));
    Feed feed = new Feed();
    messages.forEach(row -> feed.add(row.eventIndex(), 0, () -> checks.message(row)));
    books.forEach(row -> feed.add(row.eventIndex(), 1, () -> checks.book(row)));
    changes.forEach(row -> feed.add(row.eventIndex(), 2, () -> checks.change(row)));
    snapshots.forEach(row -> feed.add(row.snapshotIndex(), 3, () -> checks.snapshotRow(row)));
    orders.forEach(row -> feed.add(row.entryIndex(), 4, () -> checks.entry(row)));
    trades.forEach(row -> feed.add(row.eventIndex(), 5, () -> checks.trade(row)));
    feed.run();
    return checks.results();
  }

  private CheckResult byOrder() {
    OrderCheck check = new OrderCheck(published());
    Feed feed = new Feed();
    orders.forEach(row -> feed.add(row.orderId(), -1, 0, () -> check.life(row)));
    messages.stream()
        .filter(row -> row.type() <= EventType.VISIBLE_EXECUTION)
        .forEach(row -> feed.add(row.orderId(), row.eventIndex(), 0, () -> check.message(row)));
    changes.forEach(row -> feed.add(row.orderId(), row.eventIndex(), 1, () -> check.change(row)));
    snapshots.stream()
        .filter(row -> row.orderId() != null)
        .forEach(
            row -> feed.add(row.orderId(), row.snapshotIndex(), 2, () -> check.snapshotRow(row)));
    feed.run();
    return check.results().get(0);
  }

  /** Both files of the day, event by event. */
  List<Event> events() {
    List<Event> events = new ArrayList<>();
    for (int row = 0; row < messages.size(); row++) {
      events.add(new Event(messages.get(row), books.get(row)));
    }
    return events;
  }

  /** Sorts as Spark does; rows in one place stay in the order of their table. */
  private static final class Feed {
    private record Step(long first, long second, int third, Runnable row) {}

    private final List<Step> steps = new ArrayList<>();

    void add(long first, int third, Runnable row) {
      add(first, 0, third, row);
    }

    void add(long first, long second, int third, Runnable row) {
      steps.add(new Step(first, second, third, row));
    }

    void run() {
      steps.sort(
          Comparator.comparingLong(Step::first)
              .thenComparingLong(Step::second)
              .thenComparingInt(Step::third));
      steps.forEach(step -> step.row.run());
    }
  }

  private final class Snapshots implements SnapshotSink {
    @Override
    public void residual(
        long snapshotIndex, byte direction, int level, long priceTicks, long size) {
      snapshots.add(
          new SnapshotRow(
              snapshotIndex,
              side(direction),
              level,
              priceTicks,
              0,
              null,
              size,
              null,
              null,
              Origin.RESIDUAL.word()));
    }

    @Override
    public void order(
        long snapshotIndex,
        byte direction,
        int level,
        long priceTicks,
        int queuePosition,
        long orderId,
        long size,
        long entryIndex,
        long entryTimeNanos,
        Origin origin) {
      snapshots.add(
          new SnapshotRow(
              snapshotIndex,
              side(direction),
              level == OUT_OF_SIGHT ? null : (Integer) level,
              priceTicks,
              queuePosition,
              orderId,
              size,
              entryIndex,
              entryTimeNanos,
              origin.word()));
    }
  }
}
