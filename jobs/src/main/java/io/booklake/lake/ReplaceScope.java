package io.booklake.lake;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import io.booklake.model.TickerDay;
import io.booklake.table.ColumnRange;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.spark.sql.Column;

/**
 * The rows that a write takes the place of: ticker-days, whole or only those rows of them that have
 * certain values.
 */
public final class ReplaceScope {
  /** No row at all. */
  public static final ReplaceScope NOTHING = new ReplaceScope(List.of());

  /** Every row. */
  public static final ReplaceScope EVERYTHING = new ReplaceScope(List.of(new Part(Map.of())));

  private static final String DATE = "trade_date";
  private static final String LEVELS = "levels";
  private static final String TICKER = "ticker";

  /**
   * Rows of which each named column holds one of the values that stand with it; dates as {@link
   * LocalDate}, all else in the Java type of the column.
   */
  private record Part(Map<String, Set<? extends Comparable<?>>> values) {

    Column condition() {
      return values.entrySet().stream()
          .map(each -> col(each.getKey()).isin(each.getValue().toArray()))
          .reduce(Column::and)
          .orElse(lit(true));
    }

    boolean meets(Map<String, ColumnRange> ranges) {
      return values.entrySet().stream()
          .allMatch(
              each -> {
                ColumnRange range = ranges.get(each.getKey());
                return range == null
                    || each.getValue().stream().anyMatch(value -> lies(value, range));
              });
    }

    boolean holds(Map<String, ColumnRange> ranges) {
      return values.entrySet().stream()
          .allMatch(
              each -> {
                ColumnRange range = ranges.get(each.getKey());
                return range != null
                    && range.nulls() == 0
                    && range.min() != null
                    && range.min().equals(range.max())
                    && each.getValue().stream().anyMatch(value -> lies(value, range));
              });
    }

    boolean holdsRow(Map<String, Object> row) {
      return values.entrySet().stream()
          .allMatch(
              each -> {
                Object value = row.get(each.getKey());
                return value != null && each.getValue().contains(value);
              });
    }

    private static boolean lies(Comparable<?> value, ColumnRange range) {
      Comparable<?> stored =
          value instanceof LocalDate date ? Integer.valueOf((int) date.toEpochDay()) : value;
      return range.min() != null
          && compare(range.min(), stored) <= 0
          && compare(stored, range.max()) <= 0;
    }

    /** A column's range has the type of its values. */
    @SuppressWarnings("unchecked")
    private static int compare(Comparable<?> left, Comparable<?> right) {
      return ((Comparable<Object>) left).compareTo(right);
    }
  }

  private record DateAndLevels(LocalDate date, int levels) implements Comparable<DateAndLevels> {
    @Override
    public int compareTo(DateAndLevels other) {
      int byDate = date.compareTo(other.date);
      return byDate != 0 ? byDate : Integer.compare(levels, other.levels);
    }
  }

  private final List<Part> parts;

  private ReplaceScope(List<Part> parts) {
    this.parts = parts;
  }

  /** Whole ticker-days. */
  public static ReplaceScope of(Collection<TickerDay> tickerDays) {
    Map<DateAndLevels, Set<String>> tickers = new TreeMap<>();
    for (TickerDay day : tickerDays) {
      tickers
          .computeIfAbsent(new DateAndLevels(day.tradeDate(), day.levels()), key -> new TreeSet<>())
          .add(day.ticker());
    }
    return new ReplaceScope(
        tickers.entrySet().stream()
            .map(
                each ->
                    new Part(
                        Map.of(
                            DATE, Set.of(each.getKey().date),
                            LEVELS, Set.of(each.getKey().levels),
                            TICKER, each.getValue())))
            .toList());
  }

  /**
   * Only those of these rows whose columns hold one of some values each.
   *
   * @param values by column, in the Java type of the column
   */
  public ReplaceScope and(Map<String, ? extends Set<? extends Comparable<?>>> values) {
    return new ReplaceScope(
        parts.stream()
            .map(
                part -> {
                  Map<String, Set<? extends Comparable<?>>> all = new TreeMap<>(part.values);
                  all.putAll(values);
                  return new Part(all);
                })
            .toList());
  }

  /** Both. */
  public ReplaceScope or(ReplaceScope other) {
    List<Part> all = new ArrayList<>(parts);
    all.addAll(other.parts);
    return new ReplaceScope(all);
  }

  /** True for exactly these rows, false for all others, never NULL. */
  public Column condition() {
    return parts.stream()
        .map(Part::condition)
        .reduce(Column::or)
        .map(any -> coalesce(any, lit(false)))
        .orElse(lit(false));
  }

  /** Whether all rows of a ticker-day are among these, whatever they hold. */
  boolean holdsAllOf(TickerDay day) {
    Map<String, Object> key =
        Map.of(DATE, day.tradeDate(), LEVELS, day.levels(), TICKER, day.ticker());
    return holdsRow(key);
  }

  /** Whether a row, by column name, is among these. */
  boolean holdsRow(Map<String, Object> row) {
    return parts.stream().anyMatch(part -> part.holdsRow(row));
  }

  /** Whether rows of which the columns lie in some ranges may be among these. */
  boolean meets(Map<String, ColumnRange> ranges) {
    return parts.stream().anyMatch(part -> part.meets(ranges));
  }

  /** Whether rows of which the columns lie in some ranges are surely all among these. */
  boolean holds(Map<String, ColumnRange> ranges) {
    return parts.stream().anyMatch(part -> part.holds(ranges));
  }
}
