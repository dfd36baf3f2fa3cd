package io.booklake.job;

import io.booklake.lake.Ledger;
import io.booklake.lake.ReplaceScope;
import io.booklake.model.TickerDay;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * What to show of a lake to somebody who sees it for the first time: the first ticker-day's candles
 * and its book.
 */
public final class FirstLook {
  private final Run run;
  private final TickerDay day;
  private final Ledger.Entry entry;

  private FirstLook(Run run, TickerDay day, Ledger.Entry entry) {
    this.run = run;
    this.day = day;
    this.entry = entry;
  }

  /**
   * Looks at the first ticker-day that is published.
   *
   * @throws java.util.NoSuchElementException if none is
   */
  public static FirstLook of(Run run) {
    var first = run.lake().ledger().entries().firstEntry();
    if (first == null) {
      throw new NoSuchElementException("the lake " + run.lake().root() + " holds no ticker-day");
    }
    return new FirstLook(run, first.getKey(), first.getValue());
  }

  /** The ticker-day. */
  public TickerDay day() {
    return day;
  }

  /** Its first bars with trades: open, high, low, close, volume. */
  public List<Row> bars(String bar, int limit) {
    return read("candles")
        .where("bar_spec = '" + bar + "' AND open IS NOT NULL")
        .sort("bar_index")
        .limit(limit)
        .select("open", "high", "low", "close", "volume")
        .collectAsList();
  }

  /** The event in the middle of the day. */
  public long eventIndex() {
    return entry.rows() / 2;
  }

  /** The row of {@code depth} of that event. */
  public Row book() {
    return read("depth").where("event_index = " + eventIndex()).first();
  }

  private Dataset<Row> read(String table) {
    return run.lake().read(table, entry.tableVersions().get(table), ReplaceScope.of(List.of(day)));
  }
}
