package io.booklake.simulate;

import io.booklake.model.Direction;
import io.booklake.model.Price;
import java.util.Arrays;
import java.util.BitSet;

/**
 * One side of the displayed book: a ladder of prices, on each rung a queue of orders in the order
 * of their arrival.
 *
 * <p>Rungs count towards better prices on both sides, up for bids and down for asks, so that one
 * code serves both. The first {@code window} occupied levels are kept at hand as the numbers of an
 * orderbook row.
 */
final class BookSide {
  private final OrderPool orders;
  private final long worstPriceTicks;
  private final long stepTicks;
  private final long emptyPriceTicks;
  private final int[] first;
  private final int[] last;
  private final long[] sizes;
  private final BitSet occupied;

  private final int[] visibleRungs;
  private final long[] row;
  private final int column;
  private int visible;

  /**
   * An empty side.
   *
   * @param listing grid and range of its prices
   * @param direction whose orders rest here
   * @param row the orderbook row that this side keeps up to date, 4 numbers a level
   */
  BookSide(OrderPool orders, Listing listing, byte direction, long[] row) {
    boolean bids = direction == Direction.BUY;
    this.orders = orders;
    this.row = row;
    worstPriceTicks = bids ? listing.lowestPriceTicks() : listing.highestPriceTicks();
    stepTicks = bids ? listing.stepTicks() : -listing.stepTicks();
    emptyPriceTicks = bids ? Price.EMPTY_BID : Price.EMPTY_ASK;
    column = bids ? 2 : 0;
    int rungs =
        (int) ((listing.highestPriceTicks() - listing.lowestPriceTicks()) / listing.stepTicks())
            + 1;
    first = new int[rungs];
    last = new int[rungs];
    sizes = new long[rungs];
    Arrays.fill(first, OrderPool.NONE);
    Arrays.fill(last, OrderPool.NONE);
    occupied = new BitSet(rungs);
    visibleRungs = new int[row.length / 4];
    for (int level = 0; level < visibleRungs.length; level++) {
      publish(level, emptyPriceTicks, 0);
    }
  }

  boolean isEmpty() {
    return visible == 0;
  }

  /** The best price in 1/10,000 USD; only where the side is not empty. */
  long bestPriceTicks() {
    return priceTicks(visibleRungs[0]);
  }

  /** The order that is executed next; only where the side is not empty. */
  int head() {
    return first[visibleRungs[0]];
  }

  /** The last order at a level, or at the deepest visible one before it; not of an empty side. */
  int newestAt(int level) {
    return last[visibleRungs[Math.min(level, visible - 1)]];
  }

  /** The price of an order in 1/10,000 USD. */
  long priceTicksOf(int order) {
    return priceTicks(orders.rung[order]);
  }

  /**
   * Puts an order at the end of its queue.
   *
   * @return its level, 0 for the best; the window's length where it is out of sight
   */
  int append(int order, long priceTicks) {
    int rung = Math.toIntExact((priceTicks - worstPriceTicks) / stepTicks);
    orders.rung[order] = rung;
    orders.next[order] = OrderPool.NONE;
    orders.previous[order] = last[rung];
    boolean newLevel = first[rung] == OrderPool.NONE;
    if (newLevel) {
      first[rung] = order;
      occupied.set(rung);
    } else {
      orders.next[last[rung]] = order;
    }
    last[rung] = order;
    sizes[rung] += orders.size[order];
    return showChange(rung, newLevel);
  }

  /**
   * Takes shares from an order, which goes when none are left.
   *
   * @return the order's level, 0 for the best; the window's length where it was out of sight
   */
  int reduce(int order, long size) {
    int rung = orders.rung[order];
    sizes[rung] -= size;
    orders.size[order] -= size;
    if (orders.size[order] == 0) {
      unlink(order, rung);
      orders.release(order);
    }
    boolean levelGone = first[rung] == OrderPool.NONE;
    if (levelGone) {
      occupied.clear(rung);
    }
    return showChange(rung, levelGone);
  }

  /** Visits the orders of the best {@code levels} levels, best level first, each by arrival. */
  void forEachOrder(int levels, ExchangeView.OrderVisitor visitor) {
    int rung = occupied.length();
    for (int level = 0; level < levels; level++) {
      rung = occupied.previousSetBit(rung - 1);
      if (rung < 0) {
        return;
      }
      for (int order = first[rung]; order != OrderPool.NONE; order = orders.next[order]) {
        visitor.order(
            level,
            priceTicks(rung),
            orders.id[order],
            orders.size[order],
            orders.entryTimeNanos[order]);
      }
    }
  }

  private long priceTicks(int rung) {
    return worstPriceTicks + rung * stepTicks;
  }

  private void unlink(int order, int rung) {
    int before = orders.previous[order];
    int after = orders.next[order];
    if (before == OrderPool.NONE) {
      first[rung] = after;
    } else {
      orders.next[before] = after;
    }
    if (after == OrderPool.NONE) {
      last[rung] = before;
    } else {
      orders.previous[after] = before;
    }
  }

  private int showChange(int rung, boolean levelsMoved) {
    int level = 0;
    while (level < visible && visibleRungs[level] > rung) {
      level++;
    }
    if (level == visibleRungs.length) {
      return level;
    }
    if (levelsMoved) {
      showFrom(level);
    } else {
      publish(level, priceTicks(rung), sizes[rung]);
    }
    return level;
  }

  private void showFrom(int firstLevel) {
    int wasVisible = visible;
    int level = firstLevel;
    int rung = level == 0 ? occupied.length() : visibleRungs[level - 1];
    while (level < visibleRungs.length && (rung = occupied.previousSetBit(rung - 1)) >= 0) {
      visibleRungs[level] = rung;
      publish(level, priceTicks(rung), sizes[rung]);
      level++;
    }
    visible = level;
    for (; level < wasVisible; level++) {
      publish(level, emptyPriceTicks, 0);
    }
  }

  private void publish(int level, long priceTicks, long size) {
    row[4 * level + column] = priceTicks;
    row[4 * level + column + 1] = size;
  }
}
