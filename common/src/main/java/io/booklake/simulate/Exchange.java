package io.booklake.simulate;

import io.booklake.model.Direction;
import io.booklake.model.EventType;

/**
 * A matching engine for one ticker: price, then display, then time. What it does it reports to a
 * {@link Tape} in the terms of a LOBSTER message file.
 *
 * <p>An order that finds its price executes against hidden orders of a better price than the best
 * displayed one, then against the displayed queue, then against hidden orders of the same price;
 * the rest of it comes to rest. Auctions are separate interest that is never displayed, so a cross
 * leaves the book alone. A halt cancels all hidden orders; until trading resumes, an order that
 * would execute is refused.
 */
final class Exchange implements ExchangeView {
  private static final long OPENING_CROSS_ID = -1;
  private static final long CLOSING_CROSS_ID = -2;
  private static final byte NO_SIDE = -1;

  private final OrderPool orders = new OrderPool();
  private final BookSide bids;
  private final BookSide asks;
  private final HiddenOrders hiddenBids = new HiddenOrders(Direction.BUY);
  private final HiddenOrders hiddenAsks = new HiddenOrders(Direction.SELL);
  private final long[] row;
  private final boolean hiddenSideMasked;
  private final Tape tape;
  private long timeNanos;
  private boolean trading = true;

  /**
   * An empty exchange.
   *
   * @param levels levels of the row that is kept up to date
   * @param hiddenSideMasked whether hidden executions are reported as buys whatever they are
   */
  Exchange(Listing listing, int levels, boolean hiddenSideMasked, Tape tape) {
    this.hiddenSideMasked = hiddenSideMasked;
    this.tape = tape;
    row = new long[4 * levels];
    bids = new BookSide(orders, listing, Direction.BUY, row);
    asks = new BookSide(orders, listing, Direction.SELL, row);
  }

  /** The published row: ask price, ask size, bid price, bid size of level 1, then of level 2 ... */
  long[] row() {
    return row;
  }

  BookSide side(byte direction) {
    return direction == Direction.BUY ? bids : asks;
  }

  int restingOrders() {
    return orders.count();
  }

  /** A resting order by a position from 0 to {@link #restingOrders} - 1, in no special order. */
  int restingOrder(int position) {
    return orders.resting(position);
  }

  long sizeOf(int order) {
    return orders.size[order];
  }

  /** Orders that come from now on come at this time, nanoseconds after midnight. */
  void setTime(long nanos) {
    timeNanos = nanos;
  }

  /** A limit order: executes what it can, the rest is displayed. */
  void submit(long orderId, byte direction, long priceTicks, long size) {
    long rest = execute(direction, priceTicks, size);
    if (rest > 0 && tape.hasRoom()) {
      int order = orders.take();
      orders.id[order] = orderId;
      orders.size[order] = rest;
      orders.entryTimeNanos[order] = timeNanos;
      orders.direction[order] = direction;
      int level = side(direction).append(order, priceTicks);
      tape.event(EventType.NEW_ORDER, orderId, rest, priceTicks, direction, level);
    }
  }

  /** A hidden limit order: executes what it can, the rest waits unseen. */
  void submitHidden(byte direction, long priceTicks, long size) {
    long rest = execute(direction, priceTicks, size);
    if (rest > 0 && tape.hasRoom()) {
      hidden(direction).add(priceTicks, rest);
    }
  }

  /** Takes back shares of a resting order, all or a part of them. */
  void cancel(int order, long size) {
    byte type = size == orders.size[order] ? EventType.DELETE : EventType.PARTIAL_CANCEL;
    reduce(type, order, size);
  }

  void openingCross(long size, long priceTicks) {
    tape.event(EventType.CROSS_TRADE, OPENING_CROSS_ID, size, priceTicks, NO_SIDE, 0);
  }

  void closingCross(long size, long priceTicks) {
    tape.event(EventType.CROSS_TRADE, CLOSING_CROSS_ID, size, priceTicks, NO_SIDE, 0);
  }

  void haltTrading() {
    trading = false;
    hiddenBids.clear();
    hiddenAsks.clear();
    reportHalt(EventType.TRADING_HALTS);
  }

  void resumeQuoting() {
    reportHalt(EventType.QUOTING_RESUMES);
  }

  void resumeTrading() {
    trading = true;
    reportHalt(EventType.TRADING_RESUMES);
  }

  @Override
  public void forEachOrder(byte direction, int levels, OrderVisitor visitor) {
    side(direction).forEachOrder(levels, visitor);
  }

  /** Returns what is left of the size. */
  private long execute(byte direction, long limitTicks, long size) {
    byte restingDirection = Direction.opposite(direction);
    BookSide displayed = side(restingDirection);
    HiddenOrders hidden = hidden(restingDirection);
    long rest = size;
    while (rest > 0 && tape.hasRoom()) {
      boolean hiddenFirst =
          !hidden.isEmpty()
              && (displayed.isEmpty()
                  || (displayed.bestPriceTicks() - hidden.bestPriceTicks()) * direction > 0);
      if (!hiddenFirst && displayed.isEmpty()) {
        return rest;
      }
      long priceTicks = hiddenFirst ? hidden.bestPriceTicks() : displayed.bestPriceTicks();
      if ((limitTicks - priceTicks) * direction < 0) {
        return rest;
      }
      if (!trading) {
        throw new IllegalStateException("an order would execute while trading is halted");
      }
      long filled;
      if (hiddenFirst) {
        filled = Math.min(rest, hidden.headSize());
        hidden.reduceHead(filled);
        byte reported = hiddenSideMasked ? Direction.BUY : restingDirection;
        tape.event(EventType.HIDDEN_EXECUTION, 0, filled, priceTicks, reported, 0);
      } else {
        int order = displayed.head();
        filled = Math.min(rest, orders.size[order]);
        reduce(EventType.VISIBLE_EXECUTION, order, filled);
      }
      rest -= filled;
    }
    return rest;
  }

  private void reduce(byte type, int order, long size) {
    long orderId = orders.id[order];
    byte direction = orders.direction[order];
    BookSide side = side(direction);
    long priceTicks = side.priceTicksOf(order);
    int level = side.reduce(order, size);
    tape.event(type, orderId, size, priceTicks, direction, level);
  }

  private HiddenOrders hidden(byte direction) {
    return direction == Direction.BUY ? hiddenBids : hiddenAsks;
  }

  private void reportHalt(long priceTicks) {
    tape.event(EventType.HALT, 0, 0, priceTicks, NO_SIDE, 0);
  }
}
