package io.booklake.book;

import io.booklake.model.ExchangeTime;

/**
 * How long a price may have been out of sight for its dropped orders to be taken back.
 *
 * <p>That the sizes fit exactly is evidence that nothing happened while nobody looked; it weakens
 * with time, and most for a lone order of a round lot, because another such order is the likeliest
 * thing to stand there instead. An order lives the longer out of sight, the deeper the window whose
 * edge it passed. The limits are measured, see docs/fidelity.md: looser ones name more orders, but
 * fewer than 98 % of them rightly.
 */
final class Patience {
  /** The size in which most orders come. */
  static final long ROUND_LOT = 100;

  private static final long LEAST_SECONDS = 10;
  private static final long LEAST_EVENTS = 20;

  private final long limitNanos;
  private final long loneRoundLotEvents;

  Patience(int levels) {
    limitNanos = Math.max(LEAST_SECONDS, (long) levels * levels) * ExchangeTime.NANOS_PER_SECOND;
    loneRoundLotEvents = Math.max(LEAST_EVENTS, (long) levels * levels * levels);
  }

  /**
   * True if orders that were out of sight for so long may be taken back.
   *
   * @param loneRoundLot whether it is a single order of {@link #ROUND_LOT} shares
   */
  boolean allows(long nanos, long events, boolean loneRoundLot) {
    return nanos <= limitNanos && (!loneRoundLot || events <= loneRoundLotEvents);
  }
}
