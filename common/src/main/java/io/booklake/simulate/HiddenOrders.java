package io.booklake.simulate;

/**
 * The hidden orders of one side, best price first, then by arrival. There are few at a time: where
 * another one finds no room, the one farthest from execution goes, unseen as it came.
 */
final class HiddenOrders {
  private static final int CAPACITY = 32;

  private final byte direction;
  private final long[] prices = new long[CAPACITY + 1];
  private final long[] sizes = new long[CAPACITY + 1];
  private int count;

  HiddenOrders(byte direction) {
    this.direction = direction;
  }

  boolean isEmpty() {
    return count == 0;
  }

  /** The best price in 1/10,000 USD; only where there is an order. */
  long bestPriceTicks() {
    return prices[0];
  }

  /** Shares of the order that is executed next; only where there is an order. */
  long headSize() {
    return sizes[0];
  }

  void add(long priceTicks, long size) {
    int place = count;
    while (place > 0 && (priceTicks - prices[place - 1]) * direction > 0) {
      prices[place] = prices[place - 1];
      sizes[place] = sizes[place - 1];
      place--;
    }
    prices[place] = priceTicks;
    sizes[place] = size;
    count = Math.min(count + 1, CAPACITY);
  }

  /** Takes shares from the order that is executed next, which goes when none are left. */
  void reduceHead(long size) {
    sizes[0] -= size;
    if (sizes[0] == 0) {
      count--;
      System.arraycopy(prices, 1, prices, 0, count);
      System.arraycopy(sizes, 1, sizes, 0, count);
    }
  }

  void clear() {
    count = 0;
  }
}
