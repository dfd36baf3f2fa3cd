package io.booklake.book;

/**
 * Takes the lives of orders (table {@code orders}) when the day has ended, in ascending order of
 * number and entry: where a reader looks for an order, and where the lives of orders that bear the
 * same number stand together.
 */
@FunctionalInterface
public interface OrderSink {
  /** For who needs no lives. */
  OrderSink NONE =
      (id, side, price, in, inTime, out, outTime, size, filled, cut, ahead, why, origin) -> {};

  /** {@code exitIndex} and {@code exitTimeNanos} of an order that is still there at the end. */
  long STILL_THERE = -1;

  /** {@code queueAhead} of an order that nobody saw coming. */
  long UNKNOWN = -1;

  /**
   * One order.
   *
   * @param orderId reference number
   * @param direction 1 buy, -1 sell
   * @param priceTicks 1/10,000 USD
   * @param entryIndex event that submitted it; for an inferred order the first event by which it
   *     had come, as its number tells
   * @param entryTimeNanos time of that event, nanoseconds after exchange midnight
   * @param exitIndex event after which it is no longer known to be there, or {@link #STILL_THERE}
   * @param exitTimeNanos time of that event, or {@link #STILL_THERE}
   * @param entrySize shares on entry; for an inferred order all that later events take from it
   * @param filled shares executed
   * @param cancelled shares cancelled or deleted
   * @param queueAhead shares before it at its price when it came, or {@link #UNKNOWN}
   * @param exitReason why it is no longer there
   * @param origin {@link Origin#MESSAGE} or {@link Origin#INFERRED}
   */
  void order(
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
      Origin origin);
}
