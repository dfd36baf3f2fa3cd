package io.booklake.book;

/**
 * Takes snapshots of the whole order-level book (table {@code book_snapshots}): bids, then asks,
 * each from its best price outwards, each price from the head of its queue.
 */
public interface SnapshotSink {
  /** {@code level} of a price that the published row does not show. */
  int OUT_OF_SIGHT = 0;

  /** For who needs no snapshots. */
  SnapshotSink NONE =
      new SnapshotSink() {
        @Override
        public void residual(long index, byte side, int level, long price, long size) {}

        @Override
        public void order(
            long index,
            byte side,
            int level,
            long price,
            int position,
            long id,
            long size,
            long in,
            long inTime,
            Origin origin) {}
      };

  /**
   * The anonymous part of a published level, which stands at the head of the queue.
   *
   * @param snapshotIndex the snapshot holds the book after this event
   * @param direction 1 buy, -1 sell
   * @param level level of the published row, 1 for the best
   * @param priceTicks 1/10,000 USD
   * @param size shares that no known order accounts for, more than 0
   */
  void residual(long snapshotIndex, byte direction, int level, long priceTicks, long size);

  /**
   * One known order.
   *
   * @param snapshotIndex the snapshot holds the book after this event
   * @param direction 1 buy, -1 sell
   * @param level level of the published row, 1 for the best, or {@link #OUT_OF_SIGHT}
   * @param priceTicks 1/10,000 USD
   * @param queuePosition 1 for the first known order at its price; position 0 is the residual
   * @param orderId reference number
   * @param size shares left
   * @param entryIndex event with which it came, see {@link OrderSink}
   * @param entryTimeNanos time of that event, nanoseconds after exchange midnight
   * @param origin {@link Origin#MESSAGE}, {@link Origin#INFERRED} or {@link Origin#REVALIDATED}
   */
  void order(
      long snapshotIndex,
      byte direction,
      int level,
      long priceTicks,
      int queuePosition,
      long orderId,
      long size,
      long entryIndex,
      long entryTimeNanos,
      Origin origin);
}
