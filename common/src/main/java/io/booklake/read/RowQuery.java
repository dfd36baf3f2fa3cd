package io.booklake.read;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Which rows of a ticker-day to read.
 *
 * <pre>{@code
 * RowQuery.of("messages").between(100, 1099).columns("event_index", "price", "size")
 * RowQuery.of("candles").spec("events:50").between(0, 14_999)
 * }</pre>
 *
 * @param table its name
 * @param first event index: a row that covers several events is read if any of them is in the range
 * @param last event index, inclusive; beyond the end of the day there is nothing, which is no
 *     error. {@link Long#MAX_VALUE} for no end: of one bar kind, empty bars behind its first one
 *     come along
 * @param spec the bar, window or grid of a derived table, as {@link DayReader#specs} names it or in
 *     any other spelling of it; null for all
 * @param columns names; empty for all
 */
public record RowQuery(String table, long first, long last, String spec, List<String> columns) {
  /** Checks the range and keeps its own list. */
  public RowQuery {
    Objects.requireNonNull(table, "table");
    columns = List.copyOf(columns);
    if (first < 0 || last < first) {
      throw new IllegalArgumentException(
          "found the range "
              + first
              + " to "
              + last
              + ", expected 0 or more, the last not before the first");
    }
  }

  /** All rows, all columns. */
  public static RowQuery of(String table) {
    return new RowQuery(table, 0, Long.MAX_VALUE, null, List.of());
  }

  /** Only rows of these events. */
  public RowQuery between(long firstIndex, long lastIndex) {
    return new RowQuery(table, firstIndex, lastIndex, spec, columns);
  }

  /** Only this bar, window or grid, such as {@code time:1m} or {@code session@0.05}. */
  public RowQuery spec(String name) {
    return new RowQuery(table, first, last, name, columns);
  }

  /** Only these columns; those that order the rows come along behind them. */
  public RowQuery columns(String... names) {
    return new RowQuery(table, first, last, spec, List.of(names));
  }

  /** One column more, unless it is asked for already. */
  RowQuery with(String column) {
    if (columns.contains(column)) {
      return this;
    }
    List<String> more = new ArrayList<>(columns);
    more.add(column);
    return new RowQuery(table, first, last, spec, more);
  }

  /** Whether no row is left out because of its index: bars without events have none. */
  boolean isUnbounded() {
    return first == 0 && last == Long.MAX_VALUE;
  }

  /**
   * The range that comes after this one, if it goes on from the one before: as long, and on the
   * same side.
   *
   * @param events of the day
   */
  Optional<RowQuery> next(RowQuery before, long events) {
    if (last >= events || before.last >= events || first == before.first) {
      return Optional.empty();
    }
    long length = last - first + 1;
    boolean adjoins = first <= before.last + length && before.first <= last + length;
    long from = first > before.first ? last + 1 : first - length;
    long to = Math.min(from + length, events) - 1;
    return adjoins && to >= 0 && from < events
        ? Optional.of(between(Math.max(0, from), to))
        : Optional.empty();
  }
}
