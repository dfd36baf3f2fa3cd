package io.booklake.simulate;

/** Looks behind the published rows of a simulated day: the ground truth of a test. */
@FunctionalInterface
public interface Observer {
  /**
   * Called after each event, once for every depth whose pair holds it.
   *
   * @param levels the depth of the pair
   * @param eventIndex the event's 0-based row in that pair
   * @param exchange the book after the event; valid during the call only
   */
  void afterEvent(int levels, long eventIndex, ExchangeView exchange);
}
