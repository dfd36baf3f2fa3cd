package io.booklake.read;

import io.booklake.book.BookReplay;
import java.util.List;

/**
 * The order-level book after an event.
 *
 * @param eventIndex the event
 * @param bids published levels, the best first
 * @param asks published levels, the best first
 * @param outOfSight known orders at prices that the published row does not show, by number
 */
public record OrderBook(
    long eventIndex, List<Level> bids, List<Level> asks, List<BookReplay.Order> outOfSight) {

  /** Keeps its own lists. */
  public OrderBook {
    bids = List.copyOf(bids);
    asks = List.copyOf(asks);
    outOfSight = List.copyOf(outOfSight);
  }

  /**
   * One published level.
   *
   * @param level 1 for the best
   * @param priceTicks 1/10,000 USD
   * @param size published shares
   * @param residual part of them that no known order accounts for; it stands before all others
   * @param queue the known orders, the first to be executed first
   */
  public record Level(
      int level, long priceTicks, long size, long residual, List<BookReplay.Order> queue) {
    /** Keeps its own list. */
    public Level {
      queue = List.copyOf(queue);
    }
  }
}
