package io.booklake.simulate;

import io.booklake.model.Price;
import io.booklake.model.TickerDay;
import java.util.Objects;

/**
 * A ticker and how it trades.
 *
 * @param ticker ticker symbol, see {@link TickerDay#isTicker}
 * @param startPriceTicks price around which the day begins, in 1/10,000 USD, on the grid
 * @param stepTicks smallest distance between two displayed prices, in 1/10,000 USD: 100 is one cent
 * @param activity how lively it is
 */
public record Listing(String ticker, long startPriceTicks, long stepTicks, Activity activity) {

  /** One cent, the grid of displayed prices on NASDAQ. */
  public static final long ONE_CENT_TICKS = 100;

  /** Steps that prices may move away from the start price, up or down. */
  static final int RADIUS_STEPS = 8192;

  /** Checks every part. */
  public Listing {
    Objects.requireNonNull(activity, "activity");
    if (!TickerDay.isTicker(ticker)) {
      throw new IllegalArgumentException("not a ticker: '" + ticker + "'");
    }
    if (stepTicks < 1 || stepTicks > Price.MAX / RADIUS_STEPS) {
      throw new IllegalArgumentException(
          "step must be 1 to " + Price.MAX / RADIUS_STEPS + " (1/10,000 USD), found " + stepTicks);
    }
    long lowest = (activity.reachSteps() + 1) * stepTicks;
    long highest = Price.MAX - RADIUS_STEPS * stepTicks;
    if (startPriceTicks < lowest || startPriceTicks > highest || startPriceTicks % stepTicks != 0) {
      throw new IllegalArgumentException(
          "start price must be a multiple of "
              + stepTicks
              + " from "
              + lowest
              + " to "
              + highest
              + " (1/10,000 USD), found "
              + startPriceTicks);
    }
  }

  /** A ticker on the one-cent grid. */
  public static Listing of(String ticker, long startPriceTicks, Activity activity) {
    return new Listing(ticker, startPriceTicks, ONE_CENT_TICKS, activity);
  }

  /** The lowest price an order may have, in 1/10,000 USD. */
  long lowestPriceTicks() {
    return Math.max(stepTicks, startPriceTicks - RADIUS_STEPS * stepTicks);
  }

  /** The highest price an order may have, in 1/10,000 USD. */
  long highestPriceTicks() {
    return startPriceTicks + RADIUS_STEPS * stepTicks;
  }
}
