package io.booklake.aggregate;

import io.booklake.format.lobster.EventBatch;
import io.booklake.table.ColumnBatch;

/**
 * Rows of one table, made from the events of one ticker-day after the other.
 *
 * <p>The order of events is the only thing that a result depends on. Sums are whole numbers,
 * divided once at the end.
 */
public interface Aggregation {
  /** Begins a ticker-day; rows of the one before are gone. */
  void begin(Session session);

  /**
   * The next events in their order, with the book after each.
   *
   * @throws ArithmeticException if a sum does not fit in 64 bits
   */
  void add(EventBatch events);

  /**
   * Ends the ticker-day.
   *
   * @return its rows, sorted as the table is, good until the next one begins; none if there was no
   *     event
   */
  ColumnBatch end();
}
