package io.booklake.book;

import io.booklake.format.lobster.EventBatch;
import io.booklake.model.Direction;
import io.booklake.model.EventType;

/**
 * The second pass over a ticker-day: rebuilds the order-level book forward, with what {@link
 * Hindsight} knows of the messages to come, and anchors it on every published row.
 *
 * <pre>{@code
 * Hindsight hindsight = new Hindsight();
 * // hindsight.add(batch) for all batches, messages are enough
 * BookRebuilder rebuilder = new BookRebuilder(hindsight, levels, changes, snapshots, lives, 1000);
 * // rebuilder.add(batch) for all batches again, messages and rows
 * Fidelity fidelity = rebuilder.finish();
 * }</pre>
 *
 * <p>After each event, at each published level, the known orders hold at most the published size.
 * What is missing is one anonymous quantity, the residual, at the head of the queue. An order is
 * known because
 *
 * <ul>
 *   <li>the file submits it; when its price leaves the window it is kept if a later message proves
 *       it alive, and dropped if not;
 *   <li>later messages speak of it, although it was never submitted ({@link Hindsight}); while the
 *       published size has no room for it, it waits;
 *   <li>its price came back and the size there is exactly what it was: dropped orders are taken
 *       back, as probable ({@link Patience} sets the limits).
 * </ul>
 *
 * <p>At a price the queue is in ascending order of reference numbers, which rise with time: so do
 * orders that came out of sight, or before the file begins, find their place.
 *
 * <p>Halts change nothing and crosses are never applied; whatever an auction does to the book is
 * taken from the published rows.
 */
public final class BookRebuilder {
  private final OrderTable orders;
  private final BookSide bids;
  private final BookSide asks;
  private final int levels;
  private final int[] inferred;
  private final KnownOrders known;
  private final FidelityCounter counter;
  private final Anchor anchor;
  private final SnapshotSink snapshots;
  private final Lives lives;
  private final int snapshotInterval;

  private int nextInferred;
  private int nextIndex;
  private boolean finished;

  /**
   * Begins the pass.
   *
   * @param hindsight the finished first pass; it serves once
   * @param levels price levels per side of the published rows
   * @param changes takes the change stream
   * @param snapshots takes a snapshot after events 0, N, 2 N, ...
   * @param lives takes the orders' lives when the day ends
   * @param snapshotInterval N, at least 1
   */
  public BookRebuilder(
      Hindsight hindsight,
      int levels,
      MboSink changes,
      SnapshotSink snapshots,
      OrderSink lives,
      int snapshotInterval) {
    if (levels < 1 || snapshotInterval < 1) {
      throw new IllegalArgumentException(
          "levels and snapshot interval must be at least 1, found "
              + levels
              + " and "
              + snapshotInterval);
    }
    this.levels = levels;
    this.snapshots = snapshots;
    this.snapshotInterval = snapshotInterval;
    inferred = hindsight.inferEntries();
    orders = hindsight.table();
    bids = hindsight.side(Direction.BUY);
    asks = hindsight.side(Direction.SELL);
    orders.beginForwardPass();
    for (int slot : inferred) {
      orders.entrySize[slot] = orders.takenLater[slot];
      orders.remaining[slot] = orders.takenLater[slot];
      orders.queueAhead[slot] = OrderSink.UNKNOWN;
    }
    known = new KnownOrders(orders, changes);
    this.lives = new Lives(known, lives);
    counter = new FidelityCounter(levels);
    anchor = new Anchor(known, new Patience(levels), counter);
  }

  /**
   * Takes the next events with their rows.
   *
   * @throws IllegalArgumentException if they do not follow the ones before, have another depth, or
   *     are about other orders than those that {@link Hindsight} was given
   */
  public void add(EventBatch batch) {
    if (batch.firstIndex != nextIndex || batch.levels != levels) {
      throw new IllegalArgumentException(
          "expected event "
              + nextIndex
              + " with "
              + levels
              + " levels, found event "
              + batch.firstIndex
              + " with "
              + batch.levels);
    }
    for (int row = 0; row < batch.rows; row++) {
      event(batch, row);
      nextIndex++;
    }
  }

  private void event(EventBatch batch, int row) {
    known.beginEvent(nextIndex, batch.timeNanos[row]);
    byte type = batch.type[row];
    int submitted = OrderTable.NONE;
    if (type == EventType.NEW_ORDER) {
      submitted = submit(batch, row);
    } else if (type < EventType.HIDDEN_EXECUTION) {
      refer(orders.slot(nextIndex, batch.orderId[row]), type, batch.size[row]);
    }
    int from = batch.changedFrom[row];
    int to = batch.changedTo[row];
    bids.follow(batch.bidPrice, batch.bidSize, row, from, to);
    noteVanished(bids);
    asks.follow(batch.askPrice, batch.askSize, row, from, to);
    noteVanished(asks);
    inferredOrdersArrive();
    settle(bids);
    settle(asks);
    if (submitted != OrderTable.NONE) {
      orders.queueAhead[submitted] = sharesAhead(submitted);
    }
    if (nextIndex % snapshotInterval == 0) {
      snapshot(bids);
      snapshot(asks);
    }
  }

  private int submit(EventBatch batch, int row) {
    int slot = orders.slot(nextIndex, batch.orderId[row]);
    endEarlierLife(slot);
    BookSide side = batch.direction[row] > 0 ? bids : asks;
    PriceLevel level = orders.level[slot];
    if (level.priceTicks != batch.price[row] || level.side != side) {
      // The number had another price or side when the file first spoke of it.
      level = side.level(batch.price[row]);
      orders.level[slot] = level;
    }
    orders.entryIndex[slot] = nextIndex;
    orders.entryTimeNanos[slot] = batch.timeNanos[row];
    orders.entrySize[slot] = batch.size[row];
    orders.remaining[slot] = batch.size[row];
    orders.begin(slot);
    known.enter(slot, Origin.MESSAGE);
    side.remember(level);
    return slot;
  }

  /** LOBSTER keeps raw irregularities: a number that is submitted again is another order. */
  private void endEarlierLife(int slot) {
    switch (orders.state[slot]) {
      case OrderTable.IN_BOOK -> {
        known.remove(slot, Origin.REPAIRED);
        known.exit(slot, ExitReason.REPAIRED);
      }
      case OrderTable.WAITING -> orders.unlink(orders.level[slot].waiting, slot);
      case OrderTable.CANDIDATE -> known.loseCandidate(slot);
      default -> {
        // The usual case: the number is new, or what bore it before is gone.
      }
    }
    if (orders.ended(slot)) {
      lives.keep(slot);
    }
  }

  private void refer(int slot, byte type, long shares) {
    if (type == EventType.VISIBLE_EXECUTION) {
      counter.visibleExecutions++;
    }
    orders.takenLater[slot] -= shares;
    if (!bringIntoBook(slot)) {
      counter.unknownReferences++;
      return;
    }
    if (type == EventType.VISIBLE_EXECUTION) {
      heedPriority(slot);
    }
    long remaining = orders.remaining[slot];
    long taken = type == EventType.DELETE ? remaining : Math.min(shares, remaining);
    if (type == EventType.DELETE && shares != remaining) {
      counter.unmatchedDeletes++;
    } else if (shares > remaining) {
      counter.unmatchedReductions++;
    }
    if (type == EventType.VISIBLE_EXECUTION) {
      orders.filled[slot] += taken;
    } else {
      orders.cancelled[slot] += taken;
    }
    if (taken < remaining) {
      known.reduce(slot, taken, Origin.MESSAGE);
    } else {
      known.remove(slot, Origin.MESSAGE);
      known.exit(
          slot, type == EventType.VISIBLE_EXECUTION ? ExitReason.EXECUTED : ExitReason.CANCELLED);
    }
  }

  /** A message is about to change the order: it is in the book, whatever was thought before. */
  private boolean bringIntoBook(int slot) {
    if (orders.state[slot] == OrderTable.WAITING) {
      known.admit(slot);
    } else if (orders.state[slot] == OrderTable.ABSENT
        && !orders.submitted[slot]
        && orders.firstReference[slot] == nextIndex) {
      orders.entryTimeNanos[slot] = known.timeNanos;
      known.enter(slot, Origin.INFERRED);
    }
    if (orders.state[slot] != OrderTable.IN_BOOK) {
      return false;
    }
    PriceLevel level = orders.level[slot];
    level.side.remember(level);
    return true;
  }

  /**
   * An execution hits the oldest order of its price. Where it does not, that is real and counted;
   * and it is evidence against older orders that are no more than probable.
   */
  private void heedPriority(int executed) {
    PriceLevel level = orders.level[executed];
    if (level.queue.head != executed) {
      counter.fifoExceptions++;
      for (int slot = level.queue.head; slot != executed; ) {
        int behind = orders.next(slot);
        if (orders.probable[slot]) {
          known.repairAway(slot);
        }
        slot = behind;
      }
    }
    for (int slot = level.candidates.head; slot != OrderTable.NONE; ) {
      int behind = orders.next(slot);
      if (orders.id[slot] < orders.id[executed]) {
        known.loseCandidate(slot);
      }
      slot = behind;
    }
  }

  private void noteVanished(BookSide side) {
    for (int i = 0; i < side.leftCount; i++) {
      PriceLevel level = side.left[i];
      anchor.left(level);
      if (!level.queue.isEmpty() || !level.candidates.isEmpty()) {
        side.remember(level);
      }
    }
    for (int i = 0; i < side.emptiedCount; i++) {
      anchor.emptied(side.emptied[i]);
    }
  }

  private void inferredOrdersArrive() {
    while (nextInferred < inferred.length
        && orders.entryIndex[inferred[nextInferred]] == nextIndex) {
      int slot = inferred[nextInferred++];
      if (orders.firstReference[slot] > nextIndex) {
        arrive(slot);
      }
    }
  }

  private void arrive(int slot) {
    PriceLevel level = orders.level[slot];
    orders.entryTimeNanos[slot] = known.timeNanos;
    if (level.side.inSight(level)) {
      known.await(slot);
    } else {
      known.enter(slot, Origin.INFERRED);
      level.side.remember(level);
    }
  }

  /** Most events change one side only, and there one level. */
  private void settle(BookSide side) {
    if (!side.unsettled) {
      return;
    }
    for (int position = 0; position < side.listedCount; position++) {
      PriceLevel level = side.listed[position];
      long shares = side.listedSizes[position];
      boolean changed = level.dirty || level.fresh || level.publishedShares != shares;
      if (changed) {
        anchor.published(level, shares);
      }
      if (changed || side.moved) {
        counter.show(side.direction, position, level, nextIndex);
      }
    }
    if (side.moved) {
      for (int position = side.listedCount; position < levels; position++) {
        counter.showNothing(side.direction, position, nextIndex);
      }
    }
    side.unsettled = false;
  }

  private long sharesAhead(int slot) {
    PriceLevel level = orders.level[slot];
    if (orders.state[slot] != OrderTable.IN_BOOK || !level.listed) {
      return OrderSink.UNKNOWN;
    }
    long ahead = level.publishedShares;
    int last = level.queue.tail;
    while (last != slot) {
      ahead -= orders.remaining[last];
      last = orders.previous(last);
    }
    return ahead - orders.remaining[slot];
  }

  private void snapshot(BookSide side) {
    for (int position = 0; position < side.listedCount; position++) {
      PriceLevel level = side.listed[position];
      if (level.residualShares > 0) {
        snapshots.residual(
            nextIndex, level.side.direction, position + 1, level.priceTicks, level.residualShares);
      }
      snapshot(level, position + 1);
    }
    for (int position = 0; position < side.farCount(); position++) {
      snapshot(side.far(position), SnapshotSink.OUT_OF_SIGHT);
    }
  }

  private void snapshot(PriceLevel level, int publishedLevel) {
    int position = 1;
    for (int slot = level.queue.head; slot != OrderTable.NONE; slot = orders.next(slot)) {
      snapshots.order(
          nextIndex,
          level.side.direction,
          publishedLevel,
          level.priceTicks,
          position++,
          orders.id[slot],
          orders.remaining[slot],
          orders.entryIndex[slot],
          orders.entryTimeNanos[slot],
          orders.probable[slot] ? Origin.REVALIDATED : known.origin(slot));
    }
  }

  /**
   * Ends the day: reports the lives of all orders.
   *
   * @throws IllegalStateException if it was ended before
   */
  public Fidelity finish() {
    if (finished) {
      throw new IllegalStateException("this ticker-day is finished");
    }
    finished = true;
    for (int slot = 0; slot < orders.count(); slot++) {
      if (orders.state[slot] == OrderTable.IN_BOOK) {
        orders.end(slot, (int) OrderSink.STILL_THERE, OrderSink.STILL_THERE, ExitReason.OPEN);
      } else if (orders.state[slot] == OrderTable.CANDIDATE) {
        known.loseCandidate(slot);
      }
    }
    lives.report();
    return counter.total(nextIndex, inferred.length);
  }
}
