package io.booklake.book;

/**
 * Holds the known orders of a price against its published size. Whatever comes before, afterwards
 * the known orders hold no more than was published, and the rest is the residual.
 */
final class Anchor {
  private final KnownOrders known;
  private final OrderTable orders;
  private final Patience patience;
  private final FidelityCounter counter;

  Anchor(KnownOrders known, Patience patience, FidelityCounter counter) {
    this.known = known;
    orders = known.orders;
    this.patience = patience;
    this.counter = counter;
  }

  /** A better price pushed this one out of the window: only orders mentioned later are kept. */
  void left(PriceLevel level) {
    known.loseCandidates(level);
    level.leftIndex = known.eventIndex;
    level.leftTimeNanos = known.timeNanos;
    level.residualWhenLeft = level.residualShares;
    level.publishedShares = 0;
    int slot = level.queue.head;
    while (slot != OrderTable.NONE) {
      int behind = orders.next(slot);
      if (!known.mentionedLater(slot)) {
        known.expire(slot);
        counter.expiredOrders++;
      }
      slot = behind;
    }
  }

  /** The row shows that there is nothing at this price. */
  void emptied(PriceLevel level) {
    known.loseCandidates(level);
    level.publishedShares = 0;
    if (!level.queue.isEmpty()) {
      counter.overAttributions++;
      int slot = level.queue.head;
      while (slot != OrderTable.NONE) {
        int behind = orders.next(slot);
        known.repairAway(slot);
        slot = behind;
      }
    }
  }

  /** The row shows this size at this price. */
  void published(PriceLevel level, long shares) {
    if (level.returned) {
      shrinkUnseen(level);
    }
    admitWaiting(level, shares);
    long residual = shares - level.knownShares;
    if (residual < 0) {
      counter.overAttributions++;
      repair(level, -residual);
    }
    if (residual <= 0) {
      known.loseCandidates(level);
    } else if (level.fresh || residual != level.residualShares) {
      takeBack(level, residual - level.residualWhenLeft);
    }
    level.publishedShares = shares;
    level.residualShares = shares - level.knownShares;
    level.fresh = false;
    level.returned = false;
    level.dirty = false;
  }

  /**
   * An order out of sight can become smaller unseen. One that is deleted later is then as large as
   * all that is still taken from it.
   */
  private void shrinkUnseen(PriceLevel level) {
    for (int slot = level.queue.head; slot != OrderTable.NONE; slot = orders.next(slot)) {
      long excess = orders.remaining[slot] - orders.takenLater[slot];
      if (excess > 0
          && orders.endsWithDelete[slot]
          && known.mentionedLater(slot)
          && orders.entryIndex[slot] < known.eventIndex) {
        known.reduce(slot, excess, Origin.INFERRED);
      }
    }
  }

  /** Orders proven to be alive come in where there is room, or where probable ones can yield. */
  private void admitWaiting(PriceLevel level, long shares) {
    int slot = level.waiting.head;
    while (slot != OrderTable.NONE) {
      int behind = orders.next(slot);
      long missing = orders.remaining[slot] - (shares - level.knownShares);
      if (missing > 0 && missing <= level.probableShares) {
        yieldProbable(level, missing);
      }
      if (orders.remaining[slot] <= shares - level.knownShares) {
        known.admit(slot);
      }
      slot = behind;
    }
  }

  /** Takes whole probable orders out, the newest first, until this many shares are free. */
  private void yieldProbable(PriceLevel level, long shares) {
    long missing = shares;
    for (int slot = level.queue.tail; missing > 0; ) {
      int before = orders.previous(slot);
      if (orders.probable[slot]) {
        missing -= orders.remaining[slot];
        known.repairAway(slot);
      }
      slot = before;
    }
  }

  /**
   * Takes dropped orders back if together they, or all but one of them, are exactly what was added
   * to the anonymous part that was here when the price left.
   */
  private void takeBack(PriceLevel level, long shares) {
    if (level.candidates.isEmpty()) {
      return;
    }
    long sum = 0;
    for (int slot = level.candidates.head; slot != OrderTable.NONE; slot = orders.next(slot)) {
      sum += orders.remaining[slot];
    }
    int without = sum == shares ? OrderTable.NONE : onlyOne(level, sum - shares);
    boolean fits = sum == shares || without != OrderTable.NONE;
    if (!fits || shares <= 0 || !allowed(level, without, shares)) {
      return;
    }
    int slot = level.candidates.head;
    while (slot != OrderTable.NONE) {
      int behind = orders.next(slot);
      if (slot == without) {
        known.loseCandidate(slot);
      } else {
        orders.unlink(level.candidates, slot);
        known.enter(slot, Origin.REVALIDATED);
        counter.revalidatedOrders++;
      }
      slot = behind;
    }
  }

  /** The one candidate of this size, or {@link OrderTable#NONE} if there is none or several. */
  private int onlyOne(PriceLevel level, long shares) {
    int found = OrderTable.NONE;
    for (int slot = level.candidates.head; slot != OrderTable.NONE; slot = orders.next(slot)) {
      if (orders.remaining[slot] == shares) {
        if (found != OrderTable.NONE) {
          return OrderTable.NONE;
        }
        found = slot;
      }
    }
    return found;
  }

  private boolean allowed(PriceLevel level, int without, long shares) {
    int taken = 0;
    for (int slot = level.candidates.head; slot != OrderTable.NONE; slot = orders.next(slot)) {
      if (slot != without) {
        taken++;
      }
    }
    return patience.allows(
        known.timeNanos - level.leftTimeNanos,
        known.eventIndex - level.leftIndex,
        taken == 1 && shares == Patience.ROUND_LOT);
  }

  /**
   * The known orders hold more than was published: takes it from what is least certain. First from
   * probable orders, then what orders that a later message speaks of hold beyond all that is still
   * taken from them, then from those that none speaks of, then from any; the newest first each
   * time.
   */
  private void repair(PriceLevel level, long excess) {
    long left = excess;
    for (int certainty = 0; certainty < 4 && left > 0; certainty++) {
      for (int slot = level.queue.tail; slot != OrderTable.NONE && left > 0; ) {
        int before = orders.previous(slot);
        long shares = Math.min(left, takeable(slot, certainty));
        if (shares > 0) {
          left -= take(slot, shares);
        }
        slot = before;
      }
    }
  }

  private long takeable(int slot, int certainty) {
    long remaining = orders.remaining[slot];
    return switch (certainty) {
      case 0 -> orders.probable[slot] ? remaining : 0;
      case 1 -> known.mentionedLater(slot) ? remaining - orders.takenLater[slot] : 0;
      case 2 -> known.mentionedLater(slot) ? 0 : remaining;
      default -> remaining;
    };
  }

  private long take(int slot, long shares) {
    if (shares == orders.remaining[slot]) {
      known.repairAway(slot);
    } else {
      known.reduce(slot, shares, Origin.REPAIRED);
    }
    return shares;
  }
}
