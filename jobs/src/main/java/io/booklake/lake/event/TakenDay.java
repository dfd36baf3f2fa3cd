package io.booklake.lake.event;

import io.booklake.format.lobster.Inspection;
import io.booklake.model.TickerDay;
import java.io.Serializable;

/**
 * A pair that a task has dealt with.
 *
 * @param inspection what reading it told
 * @param isTaken whether its rows are in the files
 * @param book what was written of its order-level book; null where it was left out, too
 */
public record TakenDay(Inspection inspection, boolean isTaken, BookFigures book)
    implements Serializable {

  static TakenDay taken(Inspection inspection, BookFigures book) {
    return new TakenDay(inspection, true, book);
  }

  static TakenDay left(Inspection inspection) {
    return new TakenDay(inspection, false, null);
  }

  /** Which ticker-day. */
  public TickerDay tickerDay() {
    return inspection.pair().tickerDay();
  }
}
