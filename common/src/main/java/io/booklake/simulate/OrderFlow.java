package io.booklake.simulate;

import io.booklake.model.Direction;

/**
 * The participants: random orders and cancels around a fair price that itself walks at random. A
 * zero-intelligence flow, enough to make levels come and go, sweeps, empty levels and orders that
 * die out of sight.
 */
final class OrderFlow {
  private static final long FIRST_ORDER_ID = 1_000_000;
  private static final int PRE_OPEN_IDS = 1_000_000;
  private static final int MAX_ID_GAP = 40;
  private static final int SWEEP_GAPS = 6;
  private static final int NERVOUS_LEVELS = 3;

  private final Exchange exchange;
  private final SeededRandom random;
  private final Activity activity;
  private final boolean hiddenOrders;
  private final long stepTicks;
  private final long lowestTicks;
  private final long highestTicks;
  private final long lowestFairTicks;
  private final long highestFairTicks;
  private long fairTicks;
  private long lastOrderId;

  OrderFlow(DayPlan plan, Exchange exchange, SeededRandom random) {
    Listing listing = plan.listing();
    this.exchange = exchange;
    this.random = random;
    activity = listing.activity();
    hiddenOrders = plan.features().contains(Feature.HIDDEN_ORDERS);
    stepTicks = listing.stepTicks();
    lowestTicks = listing.lowestPriceTicks();
    highestTicks = listing.highestPriceTicks();
    lowestFairTicks = lowestTicks + activity.reachSteps() * stepTicks;
    highestFairTicks = highestTicks - activity.reachSteps() * stepTicks;
    fairTicks = listing.startPriceTicks();
    lastOrderId = FIRST_ORDER_ID + random.below(PRE_OPEN_IDS);
  }

  /** The price around which orders come, in 1/10,000 USD, on the grid. */
  long fairPriceTicks() {
    return fairTicks;
  }

  /** A new order that does not execute against a displayed one. */
  void quote() {
    byte direction = (byte) random.sign();
    int gap = activity.gapSteps();
    // The fair price itself belongs to the bids: asks begin one step above it.
    int nearestSteps = activity.halfSpreadSteps() + (direction == Direction.SELL ? 1 : 0);
    int steps = nearestSteps + distanceGaps() * gap + random.below(gap);
    long wished = fairTicks - direction * steps * stepTicks;
    BookSide opposite = exchange.side(Direction.opposite(direction));
    long priceTicks = wished;
    if (!opposite.isEmpty()) {
      long nearest = opposite.bestPriceTicks() - direction * stepTicks;
      priceTicks =
          direction == Direction.BUY ? Math.min(wished, nearest) : Math.max(wished, nearest);
    }
    if (priceTicks >= lowestTicks && priceTicks <= highestTicks) {
      exchange.submit(nextOrderId(), direction, priceTicks, size());
    }
  }

  /** What happens while quotes are taken but nothing may trade: a new order or a cancel. */
  void quoteOrCancel() {
    if (random.below(2 * activity.restingOrders()) < exchange.restingOrders()) {
      cancel();
    } else {
      quote();
    }
  }

  /** What happens in continuous trading: anything. */
  void trade() {
    if (random.oneIn(100)) {
      long moved = fairTicks + random.sign() * stepTicks * activity.gapSteps();
      fairTicks = Math.max(lowestFairTicks, Math.min(highestFairTicks, moved));
    }
    int draw = random.below(100);
    if (draw < 3) {
      take();
    } else if (draw < 5 && hiddenOrders) {
      hide();
    } else {
      quoteOrCancel();
    }
  }

  private void cancel() {
    BookSide side = exchange.side((byte) random.sign());
    // Who quotes near the best price changes his mind often.
    int order =
        random.oneIn(3) && !side.isEmpty()
            ? side.newestAt(random.below(NERVOUS_LEVELS))
            : exchange.restingOrder(random.below(exchange.restingOrders()));
    long size = exchange.sizeOf(order);
    boolean part = size > 1 && random.oneIn(80);
    exchange.cancel(order, part ? 1 + random.below((int) (size - 1)) : size);
  }

  /** A marketable order, more often towards the fair price than away from it. */
  private void take() {
    BookSide bids = exchange.side(Direction.BUY);
    BookSide asks = exchange.side(Direction.SELL);
    if (bids.isEmpty() || asks.isEmpty()) {
      return;
    }
    long middleTwice = bids.bestPriceTicks() + asks.bestPriceTicks();
    byte towardsFair = 2 * fairTicks > middleTwice ? Direction.BUY : Direction.SELL;
    byte direction = random.below(4) > 0 ? towardsFair : Direction.opposite(towardsFair);
    boolean sweep = random.oneIn(16);
    long through = sweep ? random.below(SWEEP_GAPS * activity.gapSteps()) * stepTicks : 0;
    long best = direction == Direction.BUY ? asks.bestPriceTicks() : bids.bestPriceTicks();
    long limit = Math.max(lowestTicks, Math.min(highestTicks, best + direction * through));
    exchange.submit(nextOrderId(), direction, limit, sweep ? 5L * size() : size());
  }

  /** A hidden order at the middle of the quote, at its side's best price or one step better. */
  private void hide() {
    BookSide bids = exchange.side(Direction.BUY);
    BookSide asks = exchange.side(Direction.SELL);
    if (bids.isEmpty() || asks.isEmpty()) {
      return;
    }
    byte direction = (byte) random.sign();
    long priceTicks =
        switch (random.below(4)) {
          case 0 -> exchange.side(direction).bestPriceTicks();
          case 1 -> exchange.side(direction).bestPriceTicks() + direction * stepTicks;
          default -> (bids.bestPriceTicks() + asks.bestPriceTicks()) / 2;
        };
    long size = size();
    // Equal slices of one parent order: when one sweep takes them, their lines are the same.
    int slices = random.oneIn(6) ? 3 : 1;
    for (int slice = 0; slice < slices; slice++) {
      exchange.submitHidden(direction, priceTicks, size);
    }
  }

  private int distanceGaps() {
    int draw = random.below(20);
    if (draw < 10) {
      return random.below(4);
    }
    return random.below(draw < 17 ? 12 : Activity.REACH_GAPS);
  }

  private int size() {
    int draw = random.below(16);
    if (draw < 8) {
      return 100;
    }
    if (draw < 12) {
      return 1 + random.below(50);
    }
    return draw < 15 ? 100 * (1 + random.below(4)) : 1 + random.below(900);
  }

  /** Numbers are handed out for all tickers of the exchange, so there are gaps. */
  private long nextOrderId() {
    lastOrderId += 1 + random.below(MAX_ID_GAP);
    return lastOrderId;
  }
}
