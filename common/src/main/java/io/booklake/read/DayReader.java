package io.booklake.read;

import io.booklake.model.TickerDay;
import io.booklake.table.ColumnBatch;
import io.booklake.table.TableCatalog;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/**
 * One ticker-day in one published state. For any number of threads; every answer is the caller's
 * own.
 *
 * <p>Every method that reads throws {@link VersionGoneException} where a vacuum took what this
 * state needs, and {@link NotPublishedException} for a table that does not hold the ticker-day, or
 * not the bar, window or grid of it.
 */
public final class DayReader {
  private static final String INDEX = "event_index";
  private static final String MESSAGES = "messages";
  private static final String CANDLES = "candles";
  private static final String BAR = "bar_index";
  private static final Set<String> ONE_ROW_PER_EVENT = Set.of(MESSAGES, "depth");

  private final LakeReader lake;
  private final PublishedDay day;
  private final KnownFiles files;
  private final Map<String, RowQuery> lastQueries = new ConcurrentHashMap<>();

  DayReader(LakeReader lake, PublishedDay day, KnownFiles files) {
    this.lake = lake;
    this.day = day;
    this.files = files;
  }

  /** Which. */
  public TickerDay tickerDay() {
    return day.tickerDay();
  }

  /** Number of its events: their indexes are 0 to one less. */
  public long events() {
    return day.events();
  }

  /** Its row of the ledger in this state, as {@link LakeReader#ledger} has it. */
  public Map<String, Object> ledgerEntry() {
    return Collections.unmodifiableMap(day.entry());
  }

  /** Names of the tables that hold it. */
  public Set<String> tables() {
    return new TreeSet<>(day.tableVersions().keySet());
  }

  /**
   * The bars, windows or grids that a derived table holds of it, such as {@code time:1m}; none for
   * the other tables. Where a window is held with several widths of price bins, each is named with
   * its own: {@code session@0.05}.
   */
  public List<String> specs(String table) {
    return held(table).names();
  }

  /** Whether a table holds bars, windows or grids, of which a query may name one. */
  public static boolean hasSpecs(String table) {
    return HeldSpecs.areIn(table);
  }

  private HeldSpecs held(String table) {
    return new HeldSpecs(tickerDay(), table, day.tableParameters().getOrDefault(table, ""));
  }

  /**
   * The rows of a query, in the table's order. Where it moves on from the last one of its table, as
   * scrubbing does, the range that comes next is read in the background.
   */
  public ColumnBatch rows(RowQuery query) throws IOException {
    ColumnBatch rows = read(query, TickerDayRows::all);
    RowQuery before = query.isUnbounded() ? null : lastQueries.put(query.table(), query);
    if (before != null) {
      query
          .next(before, events())
          .ifPresent(next -> lake.readAhead().soon(() -> read(next, TickerDayRows::all)));
    }
    return rows;
  }

  /**
   * The first rows of a query.
   *
   * @param limit most rows, 0 or more
   */
  public ColumnBatch first(RowQuery query, int limit) throws IOException {
    if (limit < 0) {
      throw new IllegalArgumentException("found the limit " + limit + ", expected 0 or more");
    }
    return read(query, rows -> rows.first(limit));
  }

  /**
   * As many rows of a query as a limit allows, cut between two events, so that the next page can go
   * on there. A page of a range that fits is read like {@link #rows}, with what comes next.
   *
   * @param query of a table whose rows are ordered by their events; of bars, windows and grids it
   *     names one
   * @param limit most rows, 1 or more
   * @throws IllegalArgumentException if the rows of one event are more than the limit, the table is
   *     not ordered by events, or a bar, window or grid is not named
   */
  public RowPage page(RowQuery query, int limit) throws IOException {
    if (limit < 1) {
      throw new IllegalArgumentException("found the limit " + limit + ", expected 1 or more");
    }
    if (query.spec() == null && hasSpecs(query.table())) {
      throw new IllegalArgumentException(
          query.table()
              + " is ordered by events in each of "
              + specs(query.table())
              + ": name one");
    }
    boolean fits =
        ONE_ROW_PER_EVENT.contains(query.table()) && query.last() - query.first() < limit;
    IndexColumns index = IndexColumns.of(query.table());
    if (index.isOpen()) {
      throw new IllegalArgumentException(query.table() + " is not ordered by events");
    }
    int oneMore = (int) Math.min(limit + 1L, Integer.MAX_VALUE);
    RowQuery indexed = query.columns().isEmpty() ? query : query.with(index.first());
    return RowPage.of(fits ? rows(indexed) : first(indexed, oneMore), index.first(), limit);
  }

  /**
   * The first event at or after a time.
   *
   * @param timeNanos nanoseconds after exchange midnight
   * @return its index; empty if all are before
   */
  public OptionalLong firstIndexAt(long timeNanos) throws IOException {
    return index(List.of(Condition.atLeast("time_ns", timeNanos)), rows -> rows.first(1));
  }

  /**
   * The last event at or before a time: the one after which the book stood as it did then.
   *
   * @param timeNanos nanoseconds after exchange midnight
   * @return its index; empty if all are after
   */
  public OptionalLong lastIndexAt(long timeNanos) throws IOException {
    return index(List.of(Condition.atMost("time_ns", timeNanos)), TickerDayRows::last);
  }

  /**
   * The next event of a type.
   *
   * @param eventType as in {@link io.booklake.model.EventType}
   * @param afterIndex where to begin, itself left out; -1 for the begin of the day
   * @return its index; empty if none follows
   */
  public OptionalLong next(byte eventType, long afterIndex) throws IOException {
    return index(
        List.of(
            Condition.equal("event_type", (int) eventType),
            Condition.atLeast(INDEX, Math.addExact(afterIndex, 1))),
        rows -> rows.first(1));
  }

  /**
   * The previous event of a type.
   *
   * @param eventType as in {@link io.booklake.model.EventType}
   * @param beforeIndex where to begin, itself left out
   * @return its index; empty if none precedes
   */
  public OptionalLong previous(byte eventType, long beforeIndex) throws IOException {
    return index(
        List.of(
            Condition.equal("event_type", (int) eventType),
            Condition.atMost(INDEX, Math.subtractExact(beforeIndex, 1))),
        TickerDayRows::last);
  }

  private OptionalLong index(List<Condition> conditions, Reading reading) throws IOException {
    ColumnBatch found = read(MESSAGES, List.of(INDEX), conditions, reading);
    return found.rows == 0 ? OptionalLong.empty() : OptionalLong.of(found.column(INDEX).longs[0]);
  }

  /**
   * The life of an order: its row of {@code orders}; no row if no message speaks of it.
   *
   * @param orderId reference number
   */
  public ColumnBatch order(long orderId) throws IOException {
    return read(
        "orders", List.of(), List.of(Condition.equal("order_id", orderId)), TickerDayRows::all);
  }

  /**
   * The order-level book after an event, to be stepped from there.
   *
   * @throws IndexOutOfBoundsException if there is no such event
   * @throws NotPublishedException if the ticker-day was taken in without the order-level book
   */
  public BookCursor book(long eventIndex) throws IOException {
    int interval =
        day.snapshotInterval()
            .orElseThrow(
                () ->
                    new NotPublishedException(
                        tickerDay()
                            + " was taken in without the order-level book: set"
                            + " ingest.order-level-book to true, and ingest it with --force"));
    return new BookCursor(this, interval, eventIndex);
  }

  private interface Reading {
    ColumnBatch of(TickerDayRows rows) throws IOException;
  }

  private ColumnBatch read(RowQuery query, Reading reading) throws IOException {
    List<Condition> conditions = new ArrayList<>();
    if (query.spec() != null) {
      conditions.addAll(held(query.table()).conditions(query.spec()));
    }
    if (!query.isUnbounded()) {
      conditions.addAll(range(query, conditions));
    }
    return read(query.table(), query.columns(), conditions, reading);
  }

  /**
   * What tells that rows are in a query's range. Of a bar without events no index does: where the
   * range has no end, it is told by its number that it comes behind the first one.
   *
   * @param others what else the rows meet
   */
  private List<Condition> range(RowQuery query, List<Condition> others) throws IOException {
    List<Condition> range = IndexColumns.of(query.table()).between(query.first(), query.last());
    if (!query.table().equals(CANDLES) || query.spec() == null || query.last() < Long.MAX_VALUE) {
      return range;
    }
    List<Condition> ofFirst = new ArrayList<>(others);
    ofFirst.addAll(range);
    ColumnBatch first = read(CANDLES, List.of(BAR), ofFirst, rows -> rows.first(1));
    return first.rows == 0 ? range : List.of(Condition.atLeast(BAR, first.column(BAR).longs[0]));
  }

  private ColumnBatch read(
      String table, List<String> columns, List<Condition> conditions, Reading reading)
      throws IOException {
    Long version = day.tableVersions().get(table);
    if (version == null && TableCatalog.named(table).isEmpty()) {
      throw new IllegalArgumentException(
          "there is no table '" + table + "'; " + tickerDay() + " has " + tables());
    }
    if (version == null) {
      throw new NotPublishedException(
          tickerDay()
              + " is not published in "
              + table
              + " of "
              + lake.root()
              + ": run the job that makes it first");
    }
    try {
      TableVersion of = lake.version(files, table, version);
      return reading.of(new TickerDayRows(files.pages(), of, tickerDay(), columns, conditions));
    } catch (FileNotFoundException e) {
      throw new VersionGoneException(
          "a file of version " + version + " of " + table + " (" + e.getMessage() + ")", e);
    }
  }
}
