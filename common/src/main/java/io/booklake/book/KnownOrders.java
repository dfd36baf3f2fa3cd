package io.booklake.book;

/**
 * The known orders and what happens to them: every change goes through here, to the levels' sums
 * and out to the sinks.
 */
final class KnownOrders {
  final OrderTable orders;
  private final MboSink changes;

  /** The event at hand. */
  int eventIndex;

  /** Its time. */
  long timeNanos;

  private int sequence;

  KnownOrders(OrderTable orders, MboSink changes) {
    this.orders = orders;
    this.changes = changes;
  }

  void beginEvent(int index, long nanos) {
    eventIndex = index;
    timeNanos = nanos;
    sequence = 0;
  }

  /** How the order itself came to be known. */
  Origin origin(int slot) {
    return orders.submitted[slot] ? Origin.MESSAGE : Origin.INFERRED;
  }

  /** True if a later message speaks of the order: it is alive until then. */
  boolean mentionedLater(int slot) {
    return orders.lastReference[slot] > eventIndex;
  }

  /** Puts an order that is in no list into its queue. */
  void enter(int slot, Origin origin) {
    PriceLevel level = orders.level[slot];
    orders.insertByAge(level.queue, slot);
    orders.state[slot] = OrderTable.IN_BOOK;
    orders.probable[slot] = origin == Origin.REVALIDATED;
    resize(slot, level, orders.remaining[slot]);
    emit(Action.ADD, slot, orders.remaining[slot], orders.remaining[slot], origin);
  }

  /** Takes a part of an order that is in the book. */
  void reduce(int slot, long shares, Origin origin) {
    orders.remaining[slot] -= shares;
    resize(slot, orders.level[slot], -shares);
    emit(Action.REDUCE, slot, -shares, orders.remaining[slot], origin);
  }

  /** Takes an order out of the book; what was left of it stays written in the table. */
  void remove(int slot, Origin origin) {
    PriceLevel level = orders.level[slot];
    orders.unlink(level.queue, slot);
    orders.state[slot] = OrderTable.ABSENT;
    resize(slot, level, -orders.remaining[slot]);
    emit(Action.REMOVE, slot, -orders.remaining[slot], 0, origin);
  }

  private void resize(int slot, PriceLevel level, long shares) {
    level.knownShares += shares;
    if (orders.probable[slot]) {
      level.probableShares += shares;
    }
    touch(level);
  }

  private static void touch(PriceLevel level) {
    level.dirty = true;
    level.side.unsettled = true;
  }

  private void emit(Action action, int slot, long sizeChange, long remaining, Origin origin) {
    PriceLevel level = orders.level[slot];
    changes.change(
        eventIndex,
        sequence++,
        action,
        orders.id[slot],
        level.side.direction,
        level.priceTicks,
        sizeChange,
        remaining,
        origin);
  }

  /** Drops an order whose price left the window, and keeps it in mind. */
  void expire(int slot) {
    remove(slot, Origin.EXPIRED);
    orders.append(orders.level[slot].candidates, slot);
    orders.state[slot] = OrderTable.CANDIDATE;
  }

  /** Lets an order wait for room at its price, where the oldest comes first. */
  void await(int slot) {
    orders.insertByAge(orders.level[slot].waiting, slot);
    orders.state[slot] = OrderTable.WAITING;
    touch(orders.level[slot]);
  }

  /** Puts a waiting order into its queue. */
  void admit(int slot) {
    orders.unlink(orders.level[slot].waiting, slot);
    enter(slot, origin(slot));
  }

  /**
   * Takes an order out of the book because it cannot be there. One that is mentioned later comes
   * back as soon as there is room.
   */
  void repairAway(int slot) {
    remove(slot, Origin.REPAIRED);
    // That stands if its number is used again before it comes back.
    exit(slot, ExitReason.REPAIRED);
    if (mentionedLater(slot)) {
      await(slot);
    }
  }

  /** Gives up the dropped orders of a price. */
  void loseCandidates(PriceLevel level) {
    int slot = level.candidates.head;
    while (slot != OrderTable.NONE) {
      int behind = orders.next(slot);
      loseCandidate(slot);
      slot = behind;
    }
  }

  /** Gives up one dropped order. */
  void loseCandidate(int slot) {
    PriceLevel level = orders.level[slot];
    orders.unlink(level.candidates, slot);
    orders.state[slot] = OrderTable.ABSENT;
    orders.end(slot, level.leftIndex, level.leftTimeNanos, ExitReason.LOST);
  }

  /** Ends the life of an order with the event at hand. */
  void exit(int slot, ExitReason reason) {
    orders.end(slot, eventIndex, timeNanos, reason);
  }
}
