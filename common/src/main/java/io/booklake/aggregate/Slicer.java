package io.booklake.aggregate;

import io.booklake.format.lobster.EventBatch;
import io.booklake.model.EventType;
import io.booklake.model.SliceSpec;

/**
 * Says of each event in which slice of the ticker-day it lies.
 *
 * <p>Slices of trades, shares and dollars close with the continuous trade (type 4 or 5) that
 * reaches the threshold: it belongs to the slice whole, and the next one starts again from 0. So
 * the number depends on every event before, in order.
 */
final class Slicer {
  private final SliceSpec spec;
  private long closed;
  private final ExactSum sum = new ExactSum();

  Slicer(SliceSpec spec) {
    this.spec = spec;
  }

  void begin() {
    closed = 0;
    sum.clear();
  }

  /** 0-based number of the slice; to be asked once for each event, in order. */
  long slice(EventBatch events, int row) {
    return switch (spec.kind()) {
      case TIME -> events.timeNanos[row] / spec.size();
      case EVENTS -> (events.firstIndex + row) / spec.size();
      case SESSION -> 0;
      case TRADES -> closedBefore(events, row, 1, 1, spec.size());
      case VOLUME -> closedBefore(events, row, 1, events.size[row], spec.size());
      case DOLLAR ->
          closedBefore(events, row, events.price[row], events.size[row], spec.dollarTicks());
    };
  }

  /** A trade counts what a unit is worth times its units. */
  private long closedBefore(EventBatch events, int row, long worth, long units, long threshold) {
    long slice = closed;
    if (isContinuousTrade(events.type[row])) {
      sum.addProduct(worth, units);
      if (sum.reaches(threshold)) {
        sum.clear();
        closed++;
      }
    }
    return slice;
  }

  /** Whether events of a type are trades outside auctions. */
  static boolean isContinuousTrade(byte type) {
    return type == EventType.VISIBLE_EXECUTION || type == EventType.HIDDEN_EXECUTION;
  }
}
