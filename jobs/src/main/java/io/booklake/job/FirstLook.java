package io.booklake.job;

import io.booklake.lake.Ledger;
import io.booklake.lake.ReplaceScope;
import io.booklake.model.TickerDay;
import java.util.List;
import java.util.TreeSet;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Row;

/**
 * What to show of a lake to somebody who sees it for the first time: the first ticker-day's candles
 * and its book.
 */
public final class FirstLook {
  private final Run run;
  private final TickerDay day;
  private final Column rows;

  private FirstLook(Run run, TickerDay day) {
    this.run = run;
    this.day = day;
    this.rows = ReplaceScope.of(List.of(day)).condition();
  }

  /**
   * At the first ticker-day that is published.
   *
   * @throws java.util.NoSuchElementException if none is
   */
  public static FirstLook of(Run run) {
    return new FirstLook(run, new TreeSet<>(new Ledger(run.lake()).entries().keySet()).first());
  }

  /** The ticker-day. */
  public TickerDay day() {
    return day;
  }

  /** Its first bars with trades: open, high, low, close, volume. */
  public List<Row> bars(String bar, int limit) {
    return run.lake()
        .read("candles")
        .where(rows)
        .where("bar_spec = '" + bar + "' AND open IS NOT NULL")
        .sort("bar_index")
        .limit(limit)
        .select("open", "high", "low", "close", "volume")
        .collectAsList();
  }

  /** The row of {@code depth} in the middle of the day. */
  public Row book() {
    long middle = run.lake().read("depth").where(rows).count() / 2;
    return run.lake().read("depth").where(rows).where("event_index = " + middle).first();
  }
}
