package io.booklake.aggregate;

import io.booklake.format.lobster.EventBatch;
import io.booklake.model.EventType;
import io.booklake.model.Price;

/**
 * The best level after an event, and whether trading was halted then: from an event of type 7 with
 * price -1 on until one with price 1; price 0 resumes quoting only.
 */
final class BestQuote {
  long ask;
  long askSize;
  long bid;
  long bidSize;
  boolean isTwoSided;
  boolean isHalted;

  /** Before the first event: nobody quotes. */
  void clear() {
    isTwoSided = false;
    isHalted = false;
  }

  /** Becomes the quote after an event. */
  void follow(EventBatch events, int row) {
    ask = events.askPrice[0][row];
    askSize = events.askSize[0][row];
    bid = events.bidPrice[0][row];
    bidSize = events.bidSize[0][row];
    isTwoSided = ask != Price.EMPTY_ASK && bid != Price.EMPTY_BID;
    if (events.type[row] == EventType.HALT) {
      long status = events.price[row];
      if (status == EventType.TRADING_HALTS) {
        isHalted = true;
      } else if (status == EventType.TRADING_RESUMES) {
        isHalted = false;
      }
    }
  }

  /** Whether the time it stands counts: quotes during a halt bind nobody. */
  boolean counts() {
    return isTwoSided && !isHalted;
  }

  long spread() {
    return ask - bid;
  }

  /** Twice the mid, which is whole. */
  long twiceMid() {
    return ask + bid;
  }
}
