package io.booklake.simulate;

/** The true displayed book of a simulated exchange, whatever the published levels show of it. */
public interface ExchangeView {

  /** Receives one resting order after another. */
  @FunctionalInterface
  interface OrderVisitor {
    /**
     * One resting displayed order.
     *
     * @param level occupied level of its side, 0 for the best
     * @param priceTicks its price in 1/10,000 USD
     * @param orderId its reference number
     * @param size shares left
     * @param entryTimeNanos when it came to rest, nanoseconds after exchange midnight; before the
     *     file's start for orders of the pre-open
     */
    void order(int level, long priceTicks, long orderId, long size, long entryTimeNanos);
  }

  /**
   * Visits the resting orders of one side: best level first, inside a level in the order in which
   * they will be executed.
   *
   * @param direction 1 for the bids, -1 for the asks
   * @param levels occupied levels to visit; {@link Integer#MAX_VALUE} for the whole side
   */
  void forEachOrder(byte direction, int levels, OrderVisitor visitor);
}
