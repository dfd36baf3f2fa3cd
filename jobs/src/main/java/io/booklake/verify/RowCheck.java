package io.booklake.verify;

import io.booklake.format.lobster.EventBatch;
import io.booklake.format.lobster.PairQuality;
import io.booklake.model.EventType;
import io.booklake.model.ExchangeTime;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Checks how many rows there are: events without gaps, counted by type as the ledger does, and
 * every book row following from the one before as often as it did when the pair was taken in. Hands
 * the events on, batch by batch, as long as none is missing.
 */
final class RowCheck {
  /** Why others do nothing where not all events were handed on. */
  static final String NOT_WHOLE = "messages and depth are not whole, as row_counts tells";

  private static final String MESSAGES = "messages";
  private static final String DEPTH = "depth";

  private final Published published;
  private final Verdict verdict;
  private final PairQuality quality;
  private final EventBatch batch;
  private final List<Consumer<EventBatch>> readers;
  private boolean isWhole = true;
  private long previousNanos;
  private long nextMessage;
  private long nextBook;
  private long changes;
  private long snapshotRows;
  private long trades;
  private long orders;

  /**
   * Begins a ticker-day.
   *
   * @param readers are given its events
   */
  RowCheck(Published published, List<Consumer<EventBatch>> readers) {
    this.published = published;
    this.readers = readers;
    verdict = new Verdict(published.tickerDay(), "row_counts");
    quality = new PairQuality(published.tickerDay().levels());
    batch = new EventBatch(published.tickerDay().levels());
  }

  /** Comes before the book row of its event. */
  void message(MessageRow row) {
    verdict.row();
    verdict.expect(MESSAGES, nextMessage, "event_index", row.eventIndex(), nextMessage);
    nextMessage++;
    if (row.type() < EventType.NEW_ORDER || row.type() > EventType.HALT) {
      verdict.differs(
          MESSAGES, row.eventIndex(), "event_type found " + row.type() + ", expected 1 to 7");
    }
    if (Math.abs(row.direction()) != 1 && !(row.type() == EventType.HALT && row.direction() == 0)) {
      verdict.differs(
          MESSAGES, row.eventIndex(), "direction found " + row.direction() + ", expected 1 or -1");
    }
    if (row.timeNanos() < previousNanos || row.timeNanos() > ExchangeTime.NANOS_PER_DAY) {
      verdict.differs(
          MESSAGES,
          row.eventIndex(),
          "time_ns found "
              + row.timeNanos()
              + ", expected "
              + previousNanos
              + " or later that day");
    }
    if (verdict.failed()) {
      return;
    }
    previousNanos = row.timeNanos();
    int at = batch.rows;
    batch.timeNanos[at] = row.timeNanos();
    batch.type[at] = (byte) row.type();
    batch.orderId[at] = row.orderId();
    batch.size[at] = row.size();
    batch.price[at] = row.priceTicks();
    batch.direction[at] = (byte) row.direction();
    batch.mpid[at] = row.mpid();
  }

  void book(BookRow row) {
    verdict.row();
    verdict.expect(DEPTH, nextBook, "event_index", row.eventIndex(), nextBook);
    nextBook++;
    if (nextBook != nextMessage) {
      verdict.differs(MESSAGES, row.eventIndex(), "no row of this event, but depth has one");
    }
    if (verdict.failed()) {
      return;
    }
    int at = batch.rows;
    verdict.expect(DEPTH, row.eventIndex(), "time_ns", row.timeNanos(), batch.timeNanos[at]);
    for (int level = 0; level < batch.levels; level++) {
      batch.askPrice[level][at] = row.askPrices()[level];
      batch.askSize[level][at] = row.askSizes()[level];
      batch.bidPrice[level][at] = row.bidPrices()[level];
      batch.bidSize[level][at] = row.bidSizes()[level];
    }
    batch.rows++;
    if (batch.rows == batch.capacity) {
      flush();
    }
  }

  private void flush() {
    if (batch.rows > 0) {
      quality.add(batch);
      readers.forEach(each -> each.accept(batch));
      batch.firstIndex += batch.rows;
      batch.rows = 0;
    }
  }

  /**
   * Behind the last event; may be called again.
   *
   * @return whether all events that came were handed on
   */
  boolean end() {
    if (isWhole && nextBook != nextMessage) {
      verdict.differs(DEPTH, nextBook, "no row of this event, but messages have one");
    }
    isWhole &= !verdict.failed();
    if (isWhole) {
      flush();
    }
    return isWhole;
  }

  void change() {
    verdict.row();
    changes++;
  }

  void snapshotRow() {
    verdict.row();
    snapshotRows++;
  }

  void trade() {
    verdict.row();
    trades++;
  }

  void order() {
    verdict.row();
    orders++;
  }

  CheckResult result() {
    expect("row_count", nextMessage, "rows of messages");
    expect("row_count", nextBook, "rows of depth");
    if (!verdict.failed()) {
      expectQuality();
    }
    expectTrades();
    if (published.has("mbo")) {
      expect("mbo_row_count", changes, "rows of mbo");
      expect("snapshot_row_count", snapshotRows, "rows of book_snapshots");
      expect("order_count", orders, "rows of orders");
    }
    return verdict.result();
  }

  private void expectTrades() {
    Map<String, Long> figures = published.figures();
    long executions =
        figures.get("visible_execution_count")
            + figures.get("hidden_execution_count")
            + figures.get("cross_trade_count");
    if (trades != executions) {
      verdict.differs("trades: rows found " + trades + ", the ledger counts " + executions);
    }
  }

  private void expectQuality() {
    expect("new_order_count", quality.events(EventType.NEW_ORDER), "messages of type 1");
    expect("partial_cancel_count", quality.events(EventType.PARTIAL_CANCEL), "messages of type 2");
    expect("delete_count", quality.events(EventType.DELETE), "messages of type 3");
    expect(
        "visible_execution_count",
        quality.events(EventType.VISIBLE_EXECUTION),
        "messages of type 4");
    expect(
        "hidden_execution_count", quality.events(EventType.HIDDEN_EXECUTION), "messages of type 5");
    expect("cross_trade_count", quality.events(EventType.CROSS_TRADE), "messages of type 6");
    expect("trading_status_count", quality.events(EventType.HALT), "messages of type 7");
    expect("halt_count", quality.halts(), "halts in messages");
    expect("first_time_ns", quality.firstTimeNanos(), "time_ns of the first message");
    expect("last_time_ns", quality.lastTimeNanos(), "time_ns of the last message");
    Map<String, Long> figures = published.figures();
    if (quality.brokenTransitions() != figures.get("broken_transition_count")) {
      verdict.differs(
          DEPTH,
          quality.firstBrokenIndex(),
          "the row does not follow from the one before and the message; such rows found "
              + quality.brokenTransitions()
              + ", the ledger counts "
              + figures.get("broken_transition_count"));
    }
    expect("crossed_row_count", quality.crossedRows(), "crossed rows of depth");
  }

  private void expect(String column, long found, String what) {
    Long expected = published.figures().get(column);
    if (expected == null || expected != found) {
      verdict.differs(what + " found " + found + ", " + column + " of the ledger is " + expected);
    }
  }
}
