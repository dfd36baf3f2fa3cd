package io.booklake.lake.event;

import io.booklake.format.lobster.EventBatch;
import io.booklake.model.TickerDay;

/** Rows that follow from events and the book after them. */
interface EventRows {
  /** From now on events are of this ticker-day. */
  void begin(TickerDay tickerDay);

  /** Takes the next events. */
  void add(EventBatch events);

  /**
   * Ends the ticker-day.
   *
   * @return its rows
   */
  long end();
}
