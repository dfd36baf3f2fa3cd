package io.booklake.book;

/**
 * One price of one side with the orders known there, in sight or not. The fields belong to {@link
 * KnownOrders}, {@link BookSide} and {@link Anchor}, which say what they do with them.
 */
final class PriceLevel {
  final BookSide side;
  final long priceTicks;

  /** Smaller is better, on both sides. */
  final long rank;

  /** Orders in the book, in queue order. */
  final OrderList queue = new OrderList();

  /**
   * Orders that must be here by their number, but for which the published size has no room; in
   * queue order.
   */
  final OrderList waiting = new OrderList();

  /** Orders dropped when the price last left the window: perhaps still there. */
  final OrderList candidates = new OrderList();

  /** Sum of the queue. */
  long knownShares;

  /** Sum of the revalidated orders in the queue. */
  long probableShares;

  /** As in the last row that shows this price; 0 while no row does. */
  long publishedShares;

  /** Published and not known, after the last row. */
  long residualShares;

  /** Known or expected shares changed since the residual was taken. */
  boolean dirty;

  /** The published row shows it. */
  boolean listed;

  /** The row shows it now and the one before did not. */
  boolean fresh;

  /** Fresh, and known from an earlier time in sight. */
  boolean returned;

  /** Held in {@link BookSide}'s list of prices out of sight. */
  boolean remembered;

  /** Event that pushed it out of the window. */
  int leftIndex;

  /** Time of that event. */
  long leftTimeNanos;

  /** {@link #residualShares} when it left. */
  long residualWhenLeft;

  /** A price without orders. */
  PriceLevel(BookSide side, long priceTicks) {
    this.side = side;
    this.priceTicks = priceTicks;
    rank = side.direction > 0 ? -priceTicks : priceTicks;
  }
}
