package io.booklake.verify;

import io.booklake.model.TickerDay;
import java.util.Objects;

/** What a check has found so far: it counts rows and keeps the first difference. */
final class Verdict {
  private final TickerDay tickerDay;
  private final String check;
  private long rows;
  private String difference;

  Verdict(TickerDay tickerDay, String check) {
    this.tickerDay = tickerDay;
    this.check = check;
  }

  /** One more row is looked at. */
  void row() {
    rows++;
  }

  /** The same of several. */
  void rows(long more) {
    rows += more;
  }

  /** True after the first difference: what follows may be no more than its consequence. */
  boolean failed() {
    return difference != null;
  }

  /** A difference in words; only the first one counts. */
  void differs(String words) {
    if (difference == null) {
      difference = words;
    }
  }

  /** A difference at an event. */
  void differs(String table, long eventIndex, String words) {
    differs(table + ", event_index " + eventIndex + ": " + words);
  }

  /** A value of a row that belongs to an event must be what it is expected to be. */
  void expect(String table, long eventIndex, String column, Object found, Object expected) {
    if (difference == null && !Objects.equals(found, expected)) {
      differs(table, eventIndex, column + " found " + found + ", expected " + expected);
    }
  }

  /** The same without an object on the way. */
  void expect(String table, long eventIndex, String column, long found, long expected) {
    if (found != expected) {
      differs(table, eventIndex, column + " found " + found + ", expected " + expected);
    }
  }

  CheckResult result() {
    return new CheckResult(
        tickerDay,
        check,
        failed() ? CheckResult.State.FAILED : CheckResult.State.OK,
        rows,
        failed() ? difference : "");
  }
}
