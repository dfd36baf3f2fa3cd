package io.booklake.book;

/** Takes the change stream (table {@code mbo}), in order. */
@FunctionalInterface
public interface MboSink {
  /** For who needs no changes. */
  MboSink NONE = (index, sequence, action, id, direction, price, change, remaining, origin) -> {};

  /**
   * One change of the known orders.
   *
   * @param eventIndex 0-based row of the pair; the change is part of the book after that event
   * @param sequence 0-based number of the change within its event
   * @param action what happens
   * @param orderId reference number; in ascending order it is also the queue at a price
   * @param direction side of the order, 1 buy, -1 sell
   * @param priceTicks 1/10,000 USD
   * @param sizeChange shares: positive for {@link Action#ADD}, negative otherwise
   * @param remaining shares of the order after the change, 0 for {@link Action#REMOVE}
   * @param origin how the change is known; never {@link Origin#RESIDUAL}
   */
  void change(
      long eventIndex,
      int sequence,
      Action action,
      long orderId,
      byte direction,
      long priceTicks,
      long sizeChange,
      long remaining,
      Origin origin);
}
