package io.booklake.lake;

import io.booklake.model.TickerDay;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The rows that a write takes the place of, as a predicate of Spark SQL.
 *
 * @param predicate true for exactly these rows
 */
public record ReplaceScope(String predicate) {
  private record DateAndLevels(String date, int levels) implements Comparable<DateAndLevels> {
    @Override
    public int compareTo(DateAndLevels other) {
      int byDate = date.compareTo(other.date);
      return byDate != 0 ? byDate : Integer.compare(levels, other.levels);
    }
  }

  /** Whole ticker-days. Tickers are checked by {@link TickerDay} and hold no quote. */
  public static ReplaceScope of(Collection<TickerDay> tickerDays) {
    if (tickerDays.isEmpty()) {
      throw new IllegalArgumentException("a write must replace at least one ticker-day");
    }
    Map<DateAndLevels, TreeSet<String>> tickers = new TreeMap<>();
    for (TickerDay day : tickerDays) {
      tickers
          .computeIfAbsent(
              new DateAndLevels(day.tradeDate().toString(), day.levels()), key -> new TreeSet<>())
          .add("'" + day.ticker() + "'");
    }
    return new ReplaceScope(
        tickers.entrySet().stream()
            .map(
                entry ->
                    "(trade_date = DATE'"
                        + entry.getKey().date
                        + "' AND levels = "
                        + entry.getKey().levels
                        + " AND ticker IN ("
                        + String.join(", ", entry.getValue())
                        + "))")
            .collect(Collectors.joining(" OR ")));
  }

  /**
   * Only those of these rows for which a condition of Spark SQL holds too.
   *
   * @param condition made of checked values: it becomes part of a statement
   */
  public ReplaceScope and(String condition) {
    return new ReplaceScope("(" + predicate + ") AND (" + condition + ")");
  }

  /** Both. */
  public ReplaceScope or(ReplaceScope other) {
    return new ReplaceScope("(" + predicate + ") OR (" + other.predicate + ")");
  }
}
