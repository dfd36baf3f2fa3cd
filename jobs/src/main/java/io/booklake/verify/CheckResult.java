package io.booklake.verify;

import io.booklake.model.TickerDay;
import java.io.Serializable;

/**
 * What one check of one ticker-day found.
 *
 * @param tickerDay which
 * @param check its name, as the documentation lists them
 * @param state how it ended
 * @param rows rows that were looked at, up to the first difference
 * @param note the first difference, or why it was skipped; empty if all is well
 */
public record CheckResult(TickerDay tickerDay, String check, State state, long rows, String note)
    implements Serializable {

  /** How a check ended. */
  public enum State {
    /** Everything agrees. */
    OK("ok"),
    /** Something differs. */
    FAILED("failed"),
    /** There is nothing to hold against something else. */
    SKIPPED("skipped");

    private final String word;

    State(String word) {
      this.word = word;
    }

    /** As it stands in reports. */
    public String word() {
      return word;
    }
  }

  /** A check that had nothing to do. */
  public static CheckResult skipped(TickerDay tickerDay, String check, String why) {
    return new CheckResult(tickerDay, check, State.SKIPPED, 0, why);
  }

  /** A check that could not be made because something is wrong. */
  public static CheckResult failed(TickerDay tickerDay, String check, String why) {
    return new CheckResult(tickerDay, check, State.FAILED, 0, why);
  }
}
