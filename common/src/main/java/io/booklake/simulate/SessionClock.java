package io.booklake.simulate;

/**
 * The time of a simulated session: gaps between events are random, events crowd after the open and
 * before the close, and the planned number of events fills the session whatever share of them
 * happens out of sight.
 */
final class SessionClock {
  static final int OPEN_MILLIS = 34_200_000;
  static final int CLOSE_MILLIS = 57_600_000;

  private static final long NANOS_PER_MILLI = 1_000_000L;
  private static final long OPEN_NANOS = OPEN_MILLIS * NANOS_PER_MILLI;
  private static final long SESSION_NANOS = (CLOSE_MILLIS - OPEN_MILLIS) * NANOS_PER_MILLI;

  /**
   * How much of the session's shape is the U: events come 1 / (1 - this) times as fast at its ends.
   */
  private static final double U_SHARE = 0.7;

  private final SeededRandom random;
  private double progress;
  private long nanos = OPEN_NANOS;

  SessionClock(SeededRandom random) {
    this.random = random;
  }

  /** Nanoseconds after midnight; never falls, never passes the close. */
  long nanos() {
    return nanos;
  }

  /**
   * Moves on to the next arrival.
   *
   * @param eventsLeft published events that the rest of the session must still hold
   * @param publishedPerArrival published events that an arrival has caused so far, on average
   */
  void advance(long eventsLeft, double publishedPerArrival) {
    if (random.oneIn(40)) {
      return; // two participants in the same nanosecond
    }
    double step = random.exponential() * publishedPerArrival / (eventsLeft + 1);
    moveTo(progress + (1 - progress) * Math.min(step, 0.5));
    if (random.oneIn(256)) {
      // Some feeds stamp whole milliseconds: times of few decimals.
      long wholeMillis = (nanos + NANOS_PER_MILLI - 1) / NANOS_PER_MILLI * NANOS_PER_MILLI;
      nanos = Math.min(wholeMillis, OPEN_NANOS + SESSION_NANOS);
    }
  }

  /** Lets a share of what is left of the session pass without events. */
  void pause(double share) {
    moveTo(progress + (1 - progress) * share);
  }

  private void moveTo(double newProgress) {
    progress = newProgress;
    double smooth = progress * progress * (3 - 2 * progress);
    double elapsed = (1 - U_SHARE) * progress + U_SHARE * smooth;
    nanos = Math.max(nanos, OPEN_NANOS + (long) (elapsed * SESSION_NANOS));
  }
}
