package io.booklake.book;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The lives of a ticker-day's orders: kept until the day has ended, told in ascending order of
 * number and entry.
 */
final class Lives {

  /** A life that ended before its number was submitted once more. Few are: one object each. */
  private record Earlier(
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
      Origin origin) {}

  private final OrderTable orders;
  private final KnownOrders known;
  private final OrderSink sink;
  private final List<Earlier> earlier = new ArrayList<>();

  Lives(KnownOrders known, OrderSink sink) {
    this.known = known;
    orders = known.orders;
    this.sink = sink;
  }

  /** Keeps the life of a slot that is about to begin another. */
  void keep(int slot) {
    tell(
        slot,
        (id, side, price, in, inTime, out, outTime, size, filled, cancelled, ahead, why, how) ->
            earlier.add(
                new Earlier(
                    id, side, price, in, inTime, out, outTime, size, filled, cancelled, ahead, why,
                    how)));
  }

  /** Tells the lives of all orders, which have ended. */
  void report() {
    earlier.sort(Comparator.comparingLong(Earlier::orderId));
    int next = 0;
    for (int slot : orders.endForwardPass()) {
      while (next < earlier.size() && earlier.get(next).orderId == orders.id[slot]) {
        tell(earlier.get(next++));
      }
      tell(slot, sink);
    }
  }

  private void tell(int slot, OrderSink to) {
    PriceLevel level = orders.level[slot];
    to.order(
        orders.id[slot],
        level.side.direction,
        level.priceTicks,
        orders.entryIndex[slot],
        orders.entryTimeNanos[slot],
        orders.exitIndex[slot],
        orders.exitTimeNanos[slot],
        orders.entrySize[slot],
        orders.filled[slot],
        orders.cancelled[slot],
        orders.queueAhead[slot],
        orders.exitReason[slot],
        known.origin(slot));
  }

  private void tell(Earlier life) {
    sink.order(
        life.orderId,
        life.direction,
        life.priceTicks,
        life.entryIndex,
        life.entryTimeNanos,
        life.exitIndex,
        life.exitTimeNanos,
        life.entrySize,
        life.filled,
        life.cancelled,
        life.queueAhead,
        life.exitReason,
        life.origin);
  }
}
