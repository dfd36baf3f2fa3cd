package io.booklake.aggregate;

import io.booklake.format.lobster.EventBatch;
import io.booklake.model.EventType;

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
  private long sum;

  Slicer(SliceSpec spec) {
    this.spec = spec;
  }

  void begin() {
    closed = 0;
    sum = 0;
  }

  /** 0-based number of the slice; to be asked once for each event, in order. */
  long slice(EventBatch events, int row) {
    return switch (spec.kind()) {
      case TIME -> events.timeNanos[row] / spec.size();
      case EVENTS -> (events.firstIndex + row) / spec.size();
      case SESSION -> 0;
      case TRADES -> closedBefore(events, row, 1, spec.size());
      case VOLUME -> closedBefore(events, row, events.size[row], spec.size());
      case DOLLAR -> {
        boolean traded = isContinuousTrade(events.type[row]);
        long amount = traded ? Math.multiplyExact(events.price[row], events.size[row]) : 0;
        yield closedBefore(events, row, amount, spec.dollarTicks());
      }
    };
  }

  private long closedBefore(EventBatch events, int row, long amount, long threshold) {
    long slice = closed;
    if (isContinuousTrade(events.type[row])) {
      sum = Math.addExact(sum, amount);
      if (sum >= threshold) {
        sum = 0;
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
