package io.booklake.verify;

import io.booklake.book.Action;
import io.booklake.book.BookReplay;
import io.booklake.book.Origin;
import io.booklake.model.Direction;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Checks {@code mbo} and {@code book_snapshots} against {@code depth}: what the change stream
 * replays to is, on every row and every visible level, part of what was published, and every
 * snapshot is exactly that and the rest.
 *
 * <p>A snapshot that equals the replayed book is the same to begin from, so that one pass replays
 * from every snapshot to the next.
 */
final class ReplayCheck {
  private static final String CHANGES = "mbo";
  private static final String ORDERS = "orders";
  private static final String SNAPSHOTS = "book_snapshots";
  private static final List<Byte> SIDES = List.of(Direction.BUY, Direction.SELL);

  private final Verdict verdict;
  private final long snapshotInterval;
  private final BookReplay replay = new BookReplay();
  private final Map<String, Long> figures;
  private final SharesCount shares = new SharesCount();
  private BookRow book;
  private long lastChangeIndex = -1;
  private int lastSequence;
  private boolean unsettled;
  private Iterator<SnapshotRow> expected = List.<SnapshotRow>of().iterator();

  ReplayCheck(Published published) {
    verdict = new Verdict(published.tickerDay(), "replay");
    figures = published.figures();
    snapshotInterval = figures.get("snapshot_interval");
  }

  /** Comes before the changes of its event. */
  void book(BookRow row) {
    settle();
    nothingMoreExpected();
    verdict.row();
    book = row;
    unsettled = true;
  }

  void change(ChangeRow row) {
    verdict.row();
    if (verdict.failed()) {
      return;
    }
    int sequence = row.eventIndex() == lastChangeIndex ? lastSequence + 1 : 0;
    verdict.expect(CHANGES, row.eventIndex(), "sequence", row.sequence(), sequence);
    lastChangeIndex = row.eventIndex();
    lastSequence = row.sequence();
    if (!isHere(CHANGES, row.eventIndex()) || verdict.failed()) {
      return;
    }
    Optional<Action> action = Action.of(row.action());
    Optional<Origin> origin = Origin.of(row.origin());
    if (action.isEmpty() || origin.isEmpty() || !isSide(row.side())) {
      verdict.differs(
          CHANGES,
          row.eventIndex(),
          "found " + row.action() + ", " + row.origin() + ", " + row.side() + ": unknown words");
      return;
    }
    count(action.get(), origin.get());
    try {
      replay.apply(
          action.get(),
          row.orderId(),
          Direction.ofSide(row.side()),
          row.priceTicks(),
          row.sizeChange(),
          row.remaining(),
          origin.get());
    } catch (IllegalStateException e) {
      verdict.differs(
          CHANGES, row.eventIndex(), "sequence " + row.sequence() + ": " + e.getMessage());
    }
  }

  private void count(Action action, Origin origin) {
    if (action == Action.REMOVE && origin == Origin.EXPIRED) {
      shares.expired();
    } else if (action == Action.ADD && origin == Origin.REVALIDATED) {
      shares.revalidated();
    }
  }

  private boolean isHere(String table, long index) {
    if (book == null || book.eventIndex() != index) {
      verdict.differs(table, index, "a row, but depth has none of this event");
      return false;
    }
    return true;
  }

  private static boolean isSide(String word) {
    return "bid".equals(word) || "ask".equals(word);
  }

  /** All changes of the event are made: now the levels must fit. */
  private void settle() {
    if (!unsettled || verdict.failed()) {
      return;
    }
    unsettled = false;
    SIDES.forEach(this::compare);
    for (byte side : SIDES) {
      shares.add(replay, side, book.prices(side), book.sizes(side));
    }
    if (book.eventIndex() % snapshotInterval == 0 && !verdict.failed()) {
      expected = snapshot().iterator();
    }
  }

  private void compare(byte direction) {
    String side = Direction.side(direction);
    long[] prices = book.prices(direction);
    long[] sizes = book.sizes(direction);
    Iterator<Map.Entry<Long, Long>> known = replay.shares(direction).entrySet().iterator();
    Map.Entry<Long, Long> next = known.hasNext() ? known.next() : null;
    for (int level = 0; level < prices.length && next != null; level++) {
      boolean empty = sizes[level] == 0;
      if (empty || isBetter(direction, next.getKey(), prices[level])) {
        verdict.differs(
            "depth",
            book.eventIndex(),
            side
                + " "
                + next.getKey()
                + " is not shown, but mbo has "
                + next.getValue()
                + " shares there, in sight");
        return;
      }
      if (next.getKey() == prices[level]) {
        if (next.getValue() > sizes[level]) {
          verdict.differs(
              "depth",
              book.eventIndex(),
              side
                  + "_size_"
                  + (level + 1)
                  + " found "
                  + sizes[level]
                  + ", but mbo has "
                  + next.getValue()
                  + " shares at "
                  + prices[level]);
        }
        next = known.hasNext() ? known.next() : null;
      }
    }
  }

  private static boolean isBetter(byte direction, long price, long other) {
    return direction > 0 ? price > other : price < other;
  }

  /** The snapshot as the replayed book and the published row make it. */
  private List<SnapshotRow> snapshot() {
    List<SnapshotRow> rows = new ArrayList<>();
    for (byte direction : SIDES) {
      long[] prices = book.prices(direction);
      long[] sizes = book.sizes(direction);
      Map<Long, Long> far = new LinkedHashMap<>(replay.shares(direction));
      for (int level = 0; level < prices.length && sizes[level] > 0; level++) {
        Long known = far.remove(prices[level]);
        long residual = sizes[level] - (known == null ? 0 : known);
        if (residual > 0) {
          rows.add(
              new SnapshotRow(
                  book.eventIndex(),
                  Direction.side(direction),
                  level + 1,
                  prices[level],
                  0,
                  null,
                  residual,
                  null,
                  null,
                  Origin.RESIDUAL.word()));
        }
        queue(rows, direction, level + 1, prices[level]);
      }
      far.keySet().forEach(price -> queue(rows, direction, null, price));
    }
    return rows;
  }

  private void queue(List<SnapshotRow> rows, byte direction, Integer level, long priceTicks) {
    int position = 1;
    for (BookReplay.Order order : replay.queue(direction, priceTicks)) {
      rows.add(
          new SnapshotRow(
              book.eventIndex(),
              Direction.side(direction),
              level,
              priceTicks,
              position++,
              order.orderId(),
              order.size(),
              null,
              null,
              order.origin().word()));
    }
  }

  /** Comes after the changes of its event: bids, then asks, each outwards, each in queue order. */
  void snapshotRow(SnapshotRow row) {
    verdict.row();
    settle();
    long index = row.snapshotIndex();
    if (verdict.failed() || !isHere(SNAPSHOTS, index)) {
      return;
    }
    if (!expected.hasNext()) {
      verdict.differs(
          SNAPSHOTS,
          index,
          words(row) + ", expected nothing" + (index % snapshotInterval == 0 ? " more" : ""));
      return;
    }
    // When an order came is not told by mbo: the check by orders looks at that.
    SnapshotRow should = expected.next();
    if (!words(row).equals(words(should))) {
      verdict.differs(SNAPSHOTS, index, "found " + words(row) + ", expected " + words(should));
    }
  }

  /** Comes after the changes of the event that brings the order. */
  void entry(OrderRow row) {
    verdict.row();
    settle();
    if (verdict.failed() || !isHere(ORDERS, row.entryIndex())) {
      return;
    }
    verdict.expect(
        ORDERS, row.entryIndex(), "entry_time_ns", row.entryTimeNanos(), book.timeNanos());
    verdict.expect(ORDERS, row.entryIndex(), "queue_ahead", row.queueAhead(), sharesAhead(row));
  }

  /** What was shown before it at its price, known or not; null if nobody saw it come. */
  private Long sharesAhead(OrderRow row) {
    byte direction = Direction.ofSide(row.side());
    int level = 0;
    while (level < book.prices(direction).length
        && book.prices(direction)[level] != row.priceTicks()) {
      level++;
    }
    if (!row.origin().equals(Origin.MESSAGE.word()) || level == book.prices(direction).length) {
      return null;
    }
    long ahead = book.sizes(direction)[level];
    boolean there = false;
    for (BookReplay.Order order : replay.queue(direction, row.priceTicks())) {
      there |= order.orderId() == row.orderId();
      ahead -= order.orderId() < row.orderId() ? 0 : order.size();
    }
    return there ? (Long) ahead : null;
  }

  private void nothingMoreExpected() {
    if (!verdict.failed() && expected.hasNext()) {
      verdict.differs(
          SNAPSHOTS, book.eventIndex(), "found no more rows, expected " + words(expected.next()));
    }
  }

  private static String words(SnapshotRow row) {
    return row.side()
        + " level "
        + row.level()
        + " price "
        + row.priceTicks()
        + " queue_position "
        + row.queuePosition()
        + " order_id "
        + row.orderId()
        + " size "
        + row.size()
        + " "
        + row.origin();
  }

  CheckResult result() {
    settle();
    nothingMoreExpected();
    shares.compare(figures, verdict);
    return verdict.result();
  }
}
