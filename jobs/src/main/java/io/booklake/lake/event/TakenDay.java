package io.booklake.lake.event;

import io.booklake.format.lobster.Inspection;
import io.booklake.model.TickerDay;
import java.io.Serializable;

/**
 * A pair that a task has dealt with.
 *
 * @param inspection what reading it told
 * @param book what was written of its book; null unless the pair was taken
 */
public record TakenDay(Inspection inspection, BookFigures book) implements Serializable {
  /** Which ticker-day. */
  public TickerDay tickerDay() {
    return inspection.pair().tickerDay();
  }

  /** Whether its rows are in the files. */
  public boolean isTaken() {
    return book != null;
  }
}
