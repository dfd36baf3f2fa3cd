package io.booklake.simulate;

/**
 * How lively a ticker is: how many orders rest in its book, how far apart, and how often it trades.
 */
public enum Activity {
  /** A thin book with wide gaps: often fewer occupied levels than the file has room for. */
  QUIET(16, 3, 4, 40),
  /** A few ticks of spread and some hundred resting orders. */
  NORMAL(160, 1, 2, 4),
  /** A spread of one tick most of the time and a deep, dense book. */
  BUSY(600, 0, 1, 1);

  /** Passive orders lie at most this many gaps behind the fair price. */
  static final int REACH_GAPS = 60;

  private final int restingOrders;
  private final int halfSpreadSteps;
  private final int gapSteps;
  private final int eventDivisor;

  Activity(int restingOrders, int halfSpreadSteps, int gapSteps, int eventDivisor) {
    this.restingOrders = restingOrders;
    this.halfSpreadSteps = halfSpreadSteps;
    this.gapSteps = gapSteps;
    this.eventDivisor = eventDivisor;
  }

  /** Resting orders around which the book fluctuates. */
  int restingOrders() {
    return restingOrders;
  }

  /** Price steps that passive orders keep from the fair price. */
  int halfSpreadSteps() {
    return halfSpreadSteps;
  }

  /** Price steps over which one unit of distance is spread: more than 1 leaves gaps in the book. */
  int gapSteps() {
    return gapSteps;
  }

  /** Price steps from the fair price to the farthest passive order. */
  int reachSteps() {
    return halfSpreadSteps + (REACH_GAPS + 1) * gapSteps;
  }

  /** A day of this ticker holds that many times fewer events than one of a busy ticker. */
  int eventDivisor() {
    return eventDivisor;
  }
}
