package io.booklake.lake;

import io.booklake.aggregate.Session;
import io.booklake.book.Fidelity;
import io.booklake.delta.LiveFile;
import io.booklake.format.lobster.Inspection;
import io.booklake.format.lobster.Pair;
import io.booklake.format.lobster.PairQuality;
import io.booklake.format.lobster.SourceFile;
import io.booklake.lake.event.BookFigures;
import io.booklake.lake.event.TakenDay;
import io.booklake.model.EventType;
import io.booklake.model.TickerDay;
import io.booklake.table.Table;
import io.booklake.table.TableCatalog;
import io.delta.kernel.Snapshot;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;

/**
 * The table {@code ticker_days}: what is published, from which bytes, and in which versions of the
 * tables.
 */
public final class Ledger {

  /**
   * A ticker-day as the ledger has it.
   *
   * @param rows its events
   * @param session the time that its files cover
   * @param source digests of its two files
   * @param delivery where these lay, and when they were taken in
   * @param tableVersions Delta version of every table that holds it
   * @param tableParameters what the derived tables hold
   * @param publisher who published it
   */
  public record Entry(
      long rows,
      Session session,
      Inspection.Known source,
      Delivery delivery,
      Map<String, Long> tableVersions,
      Map<String, String> tableParameters,
      Publisher publisher) {
    /**
     * Whether the rows of its events are those of another entry of the ticker-day, in whatever
     * files and versions they lie.
     */
    public boolean hasEventsOf(Entry other) {
      return publisher.equals(other.publisher) && source.equals(other.source);
    }

    /** What a derived table holds of it, by the names that its job gives. */
    public Set<String> held(String derived) {
      String names = tableParameters.getOrDefault(derived, "");
      return names.isEmpty() ? Set.of() : Set.of(names.split(","));
    }

    /**
     * Whether a derived table holds nothing of it but what is noted: an empty text is a note, too.
     */
    public boolean isCleared(String derived) {
      return tableParameters.containsKey(derived);
    }
  }

  /**
   * A run that publishes ticker-days.
   *
   * @param runId names it
   * @param host the machine of its driver; null where an older version of booklake published
   */
  public record Publisher(String runId, String host) {
    @Override
    public String toString() {
      return host == null ? "run " + runId : "run " + runId + " on " + host;
    }
  }

  /** The two files of a ticker-day as they were when it was taken in. */
  public record Delivery(DeliveredFile message, DeliveredFile orderbook) {
    /** Whether the files of a pair are these and have not been written since. */
    public boolean isOf(Pair pair) {
      return message.isStill(pair.message()) && orderbook.isStill(pair.orderbook());
    }

    /** Bytes of both CSV texts, unpacked. */
    public long textBytes() {
      return message.textBytes + orderbook.textBytes;
    }
  }

  /**
   * One of them.
   *
   * @param location where it lay, as {@code SourceFile.location} has it
   * @param textBytes of its CSV text, unpacked
   * @param storedBytes as it lay there; null where an older version of booklake took it in
   * @param modifiedAt when it last changed; null where a later change might bear the same time
   */
  public record DeliveredFile(
      String location, long textBytes, Long storedBytes, Instant modifiedAt) {

    /** The text is the same as then, unless somebody gave another file of this size its time. */
    private boolean isStill(SourceFile file) {
      return file.location().equals(location)
          && modifiedAt != null
          && modifiedAt.toEpochMilli() == file.modifiedMillis()
          && storedBytes != null
          && storedBytes == file.storedBytes();
    }
  }

  /**
   * File systems count seconds, and clocks differ: who changes a file so soon after it was listed
   * may leave it with the time it had.
   */
  private static final Duration TOO_FRESH = Duration.ofSeconds(5);

  private static final long NANOS_PER_MILLI = 1_000_000L;
  private static final String TABLE_VERSIONS = "table_versions";
  private static final String TABLE_PARAMETERS = "table_parameters";

  /** What an entry is made of; the rest of a row is several times as much. */
  private static final List<String> ENTRY_COLUMNS =
      List.of(
          "trade_date",
          "ticker",
          "levels",
          "row_count",
          "start_time_ns",
          "end_time_ns",
          "message_file",
          "message_sha256",
          "message_bytes",
          "message_stored_bytes",
          "message_modified_at",
          "orderbook_file",
          "orderbook_sha256",
          "orderbook_bytes",
          "orderbook_stored_bytes",
          "orderbook_modified_at",
          "run_id",
          "run_host",
          TABLE_VERSIONS,
          TABLE_PARAMETERS);

  private final Lake lake;
  private final Table table = TableCatalog.TICKER_DAYS;
  private volatile Map<String, Map<TickerDay, Entry>> entriesByFile = Map.of();

  Ledger(Lake lake) {
    this.lake = lake;
  }

  /** Everything published, by ticker-day. */
  public NavigableMap<TickerDay, Entry> entries() {
    return entries(DateRange.ALL);
  }

  /**
   * What is published of some dates, by ticker-day. A run of many steps asks again and again: files
   * never change, so each of them is read once, and only those that may hold such dates.
   */
  public NavigableMap<TickerDay, Entry> entries(DateRange dates) {
    return lake.log(table.name())
        .newest()
        .map(snapshot -> entries(snapshot, dates))
        .orElseGet(TreeMap::new);
  }

  private NavigableMap<TickerDay, Entry> entries(Snapshot snapshot, DateRange dates) {
    Map<String, Map<TickerDay, Entry>> byFile = new HashMap<>();
    NavigableMap<TickerDay, Entry> entries = new TreeMap<>();
    for (LiveFile file : lake.log(table.name()).files(snapshot)) {
      Map<TickerDay, Entry> known = entriesByFile.get(file.path());
      if (known != null || dates.meets(file)) {
        Map<TickerDay, Entry> all = known == null ? read(file) : known;
        byFile.put(file.path(), all);
        entries.putAll(all);
      }
    }
    entriesByFile = byFile;
    entries.keySet().removeIf(day -> !dates.includes(day.tradeDate()));
    return entries;
  }

  private Map<TickerDay, Entry> read(LiveFile file) {
    Map<TickerDay, Entry> read = new HashMap<>();
    for (Map<String, Object> row : lake.rows(table.of(ENTRY_COLUMNS), file)) {
      read.put(tickerDay(row), entry(row));
    }
    return read;
  }

  private static Entry entry(Map<String, Object> row) {
    return new Entry(
        (Long) row.get("row_count"),
        new Session(tickerDay(row), (Long) row.get("start_time_ns"), (Long) row.get("end_time_ns")),
        source(row),
        delivery(row),
        tableVersions(row),
        tableParameters(row),
        publisher(row));
  }

  /**
   * Publishes ticker-days whose per-event tables are written. Of two runs that write one ticker-day
   * at the same time the first to publish it wins: what the other wrote stays unpublished.
   *
   * @param taken what was written
   * @param before the ledger as it was when it was decided to write that
   * @param listedAt when its files were listed
   * @param versions of the tables that hold it
   * @param revisions the dataset and commit of those that came from one
   * @param empty derived tables that hold nothing of them: of a ticker-day that was not published
   *     before this is noted as by {@link #noteCleared}
   * @return those that another run published since, and which
   */
  public Map<TickerDay, Publisher> publish(
      List<TakenDay> taken,
      Map<TickerDay, Entry> before,
      Instant listedAt,
      Map<String, Long> versions,
      Map<TickerDay, String> revisions,
      Set<String> empty,
      Publisher publisher,
      String softwareVersion,
      String configurationHash) {
    Instant now = Instant.now();
    List<Map<String, Object>> rows = new ArrayList<>();
    for (TakenDay day : taken) {
      Map<String, Object> row = row(day.inspection());
      putFile(row, "message", day.inspection().pair().message(), listedAt);
      putFile(row, "orderbook", day.inspection().pair().orderbook(), listedAt);
      row.put("dataset_revision", revisions.get(day.tickerDay()));
      if (day.book() != null) {
        row.putAll(snapshots(day.book()));
        row.putAll(book(day.book()));
      }
      row.put("run_id", publisher.runId());
      row.put("run_host", publisher.host());
      row.put("software_version", softwareVersion);
      row.put("configuration_hash", configurationHash);
      row.put("published_at", now);
      row.put(TABLE_VERSIONS, versions);
      rows.add(row);
    }
    Map<String, String> cleared =
        empty.stream().collect(Collectors.toMap(Function.identity(), table -> ""));
    Map<TickerDay, Publisher> overtaken = new TreeMap<>();
    lake.update(
        table,
        ReplaceScope.of(taken.stream().map(TakenDay::tickerDay).toList()),
        published -> {
          overtaken.clear();
          overtaken.putAll(publishedSince(before, published, publisher));
          overtaken.keySet().retainAll(taken.stream().map(TakenDay::tickerDay).toList());
          Set<TickerDay> known =
              published.stream().map(Ledger::tickerDay).collect(Collectors.toSet());
          for (Map<String, Object> row : rows) {
            row.put(TABLE_PARAMETERS, known.contains(tickerDay(row)) ? Map.of() : cleared);
          }
          List<Map<String, Object>> ours =
              rows.stream().filter(row -> !overtaken.containsKey(tickerDay(row))).toList();
          return new Rewrite(ours, ReplaceScope.of(ours.stream().map(Ledger::tickerDay).toList()));
        });
    return overtaken;
  }

  /** A store may fail after it did what it was told, so that a run may find its own rows. */
  private static Map<TickerDay, Publisher> publishedSince(
      Map<TickerDay, Entry> before, List<Map<String, Object>> published, Publisher self) {
    Map<TickerDay, Publisher> since = new HashMap<>();
    for (Map<String, Object> row : published) {
      Entry known = before.get(tickerDay(row));
      Publisher newest = publisher(row);
      if (!newest.equals(self) && (known == null || !newest.equals(known.publisher))) {
        since.put(tickerDay(row), newest);
      }
    }
    return since;
  }

  /**
   * Notes that {@code book_snapshots} was made again for ticker-days that are published. One that
   * was replaced meanwhile is left as it is.
   *
   * @param taken what was written
   * @param version of the table that holds it
   */
  public void publishSnapshots(List<TakenDay> taken, long version) {
    Map<TickerDay, TakenDay> made = new HashMap<>();
    taken.forEach(day -> made.put(day.tickerDay(), day));
    lake.update(
        table,
        ReplaceScope.of(made.keySet()),
        published -> {
          List<Map<String, Object>> noted =
              published.stream()
                  .filter(row -> made.containsKey(tickerDay(row)))
                  .filter(row -> made.get(tickerDay(row)).inspection().isOf(source(row)))
                  .toList();
          for (Map<String, Object> row : noted) {
            row.put(
                TABLE_VERSIONS,
                with(tableVersions(row), TableCatalog.BOOK_SNAPSHOTS.name(), version));
            row.putAll(snapshots(made.get(tickerDay(row)).book()));
          }
          return new Rewrite(
              noted, ReplaceScope.of(noted.stream().map(Ledger::tickerDay).toList()));
        });
  }

  /** What a pair's inspection tells. */
  private static Map<String, Object> row(Inspection inspection) {
    TickerDay day = inspection.pair().tickerDay();
    PairQuality quality = inspection.quality();
    Map<String, Object> row = new HashMap<>();
    row.put("trade_date", day.tradeDate());
    row.put("ticker", day.ticker());
    row.put("levels", day.levels());
    row.put("message_sha256", inspection.message().sha256());
    row.put("message_bytes", inspection.message().bytes());
    row.put("orderbook_sha256", inspection.orderbook().sha256());
    row.put("orderbook_bytes", inspection.orderbook().bytes());
    row.put("start_time_ns", inspection.pair().startMillis() * NANOS_PER_MILLI);
    row.put("end_time_ns", inspection.pair().endMillis() * NANOS_PER_MILLI);
    row.put("row_count", quality.rows());
    row.put("first_time_ns", quality.firstTimeNanos());
    row.put("last_time_ns", quality.lastTimeNanos());
    row.put("new_order_count", quality.events(EventType.NEW_ORDER));
    row.put("partial_cancel_count", quality.events(EventType.PARTIAL_CANCEL));
    row.put("delete_count", quality.events(EventType.DELETE));
    row.put("visible_execution_count", quality.events(EventType.VISIBLE_EXECUTION));
    row.put("hidden_execution_count", quality.events(EventType.HIDDEN_EXECUTION));
    row.put("cross_trade_count", quality.events(EventType.CROSS_TRADE));
    row.put("halt_count", quality.halts());
    row.put("trading_status_count", quality.events(EventType.HALT));
    row.put("checked_transition_count", quality.checkedTransitions());
    row.put("broken_transition_count", quality.brokenTransitions());
    if (quality.firstBrokenIndex() >= 0) {
      row.put("first_broken_event_index", quality.firstBrokenIndex());
    }
    row.put("crossed_row_count", quality.crossedRows());
    return row;
  }

  private static void putFile(
      Map<String, Object> row, String which, SourceFile file, Instant listedAt) {
    row.put(which + "_file", file.location());
    row.put(which + "_stored_bytes", file.storedBytes());
    Instant modifiedAt = Instant.ofEpochMilli(file.modifiedMillis());
    if (modifiedAt.isBefore(listedAt.minus(TOO_FRESH))) {
      row.put(which + "_modified_at", modifiedAt);
    }
  }

  private static Map<String, Object> snapshots(BookFigures book) {
    return Map.of(
        "snapshot_interval", book.snapshotInterval(), "snapshot_row_count", book.snapshotRows());
  }

  /** How much of the book is known. */
  private static Map<String, Object> book(BookFigures book) {
    Fidelity fidelity = book.fidelity();
    Map<String, Object> row = new HashMap<>();
    row.put("mbo_row_count", book.mboRows());
    row.put("order_count", book.orders());
    putShare(row, "proven_share", fidelity.proven());
    putShare(row, "known_share", fidelity.known());
    row.put("proven_share_by_level", byLevel(fidelity, Fidelity.Level::meanProven));
    row.put("known_share_by_level", byLevel(fidelity, Fidelity.Level::meanKnown));
    row.put("published_shares", sum(fidelity, Fidelity.Level::publishedShares));
    row.put("proven_shares", sum(fidelity, Fidelity.Level::provenShares));
    row.put("probable_shares", sum(fidelity, Fidelity.Level::probableShares));
    row.put("over_attribution_count", fidelity.overAttributions());
    row.put("fifo_exception_count", fidelity.fifoExceptions());
    row.put("unmatched_delete_count", fidelity.unmatchedDeletes());
    row.put("unmatched_reduction_count", fidelity.unmatchedReductions());
    row.put("unknown_reference_count", fidelity.unknownReferences());
    row.put("inferred_order_count", fidelity.inferredOrders());
    row.put("expired_order_count", fidelity.expiredOrders());
    row.put("revalidated_order_count", fidelity.revalidatedOrders());
    return row;
  }

  /** A book that is never published has no share: NULL, not NaN. */
  private static void putShare(Map<String, Object> row, String column, double share) {
    if (!Double.isNaN(share)) {
      row.put(column, share);
    }
  }

  private static Map<String, Double> byLevel(
      Fidelity fidelity, ToDoubleFunction<Fidelity.Level> share) {
    Map<String, Double> shares = new TreeMap<>(Comparator.comparing(Integer::valueOf));
    for (Fidelity.Level level : fidelity.levels()) {
      if (level.rows() > 0) {
        shares.put(String.valueOf(level.level()), share.applyAsDouble(level));
      }
    }
    return shares;
  }

  private static long sum(Fidelity fidelity, ToLongFunction<Fidelity.Level> shares) {
    return fidelity.levels().stream().mapToLong(shares).sum();
  }

  private static Delivery delivery(Map<String, Object> row) {
    return new Delivery(file(row, "message"), file(row, "orderbook"));
  }

  private static DeliveredFile file(Map<String, Object> row, String which) {
    return new DeliveredFile(
        (String) row.get(which + "_file"),
        (Long) row.get(which + "_bytes"),
        (Long) row.get(which + "_stored_bytes"),
        (Instant) row.get(which + "_modified_at"));
  }

  private static Inspection.Known source(Map<String, Object> row) {
    return new Inspection.Known(
        (String) row.get("message_sha256"), (String) row.get("orderbook_sha256"));
  }

  /**
   * Notes that a derived table holds no rows of ticker-days but those that are noted from now on:
   * what an older delivery or a run that died had left is gone. No version of it is named by that.
   *
   * @param before what is published of them
   */
  public void noteCleared(String derived, Map<TickerDay, Entry> before) {
    note(
        before,
        (row, newest) -> {
          if (!newest.isCleared(derived)) {
            row.put(TABLE_PARAMETERS, with(tableParameters(row), derived, ""));
          }
        });
  }

  /**
   * Notes that a derived table now holds something of ticker-days that are published, in addition
   * to what the ledger says at that moment. A ticker-day that was replaced while the table was
   * computed is left as it is: what was computed is not of it.
   *
   * @param version that holds it; a later one holds it, too
   * @param before what it was computed from
   * @param added what it holds now, by names
   * @return those that were replaced, and by whom
   */
  public Map<TickerDay, Publisher> publishDerived(
      String derived, long version, Map<TickerDay, Entry> before, Set<String> added) {
    return note(
        before,
        (row, newest) -> {
          Set<String> all = new TreeSet<>(newest.held(derived));
          all.addAll(added);
          long named = newest.tableVersions.getOrDefault(derived, version);
          row.put(TABLE_VERSIONS, with(tableVersions(row), derived, Math.max(named, version)));
          row.put(TABLE_PARAMETERS, with(tableParameters(row), derived, String.join(",", all)));
        });
  }

  /**
   * Notes that some of what a derived table holds of ticker-days is no longer published.
   *
   * @param before the ticker-days, with the events that are meant
   * @param withdrawn which of the names
   */
  public void withdrawDerived(
      String derived, Map<TickerDay, Entry> before, Predicate<String> withdrawn) {
    note(
        before,
        (row, newest) -> {
          Set<String> all = new TreeSet<>(newest.held(derived));
          if (all.removeIf(withdrawn)) {
            row.put(TABLE_PARAMETERS, with(tableParameters(row), derived, String.join(",", all)));
          }
        });
  }

  /**
   * Changes the rows of ticker-days whose events are still those of before.
   *
   * @return those whose events are others, and who published these
   */
  private Map<TickerDay, Publisher> note(
      Map<TickerDay, Entry> before, BiConsumer<Map<String, Object>, Entry> change) {
    Map<TickerDay, Publisher> replaced = new TreeMap<>();
    lake.update(
        table,
        ReplaceScope.of(before.keySet()),
        published -> {
          replaced.clear();
          List<Map<String, Object>> noted = new ArrayList<>();
          for (Map<String, Object> row : published) {
            TickerDay day = tickerDay(row);
            if (before.containsKey(day)) {
              Entry newest = entry(row);
              if (newest.hasEventsOf(before.get(day))) {
                change.accept(row, newest);
                noted.add(row);
              } else {
                replaced.put(day, newest.publisher);
              }
            }
          }
          return new Rewrite(
              noted, ReplaceScope.of(noted.stream().map(Ledger::tickerDay).toList()));
        });
    return replaced;
  }

  /** Tells which later version of a table holds the rows of a ticker-day as they were. */
  interface LaterVersions {
    /** The version to name in place of one; that one itself where there is no better. */
    long of(TickerDay day, String table, long version);
  }

  /**
   * Names later versions of tables, for all ticker-days in one commit, or none if nothing changes.
   *
   * @return the ticker-days for which another version is named than before
   */
  Set<TickerDay> follow(LaterVersions later) {
    Set<TickerDay> changed = new TreeSet<>();
    lake.update(
        table,
        published -> {
          changed.clear();
          List<Map<String, Object>> noted = new ArrayList<>();
          for (Map<String, Object> row : published) {
            Map<String, Long> versions = new HashMap<>(tableVersions(row));
            versions.replaceAll((name, version) -> later.of(tickerDay(row), name, version));
            if (!versions.equals(tableVersions(row))) {
              row.put(TABLE_VERSIONS, versions);
              changed.add(tickerDay(row));
              noted.add(row);
            }
          }
          return new Rewrite(noted, ReplaceScope.of(changed));
        });
    return changed;
  }

  private static Publisher publisher(Map<String, Object> row) {
    return new Publisher((String) row.get("run_id"), (String) row.get("run_host"));
  }

  private static <V> Map<String, V> with(Map<String, V> map, String key, V value) {
    Map<String, V> changed = new HashMap<>(map);
    changed.put(key, value);
    return changed;
  }

  private static TickerDay tickerDay(Map<String, Object> row) {
    return new TickerDay(
        (LocalDate) row.get("trade_date"), (String) row.get("ticker"), (Integer) row.get("levels"));
  }

  /** Version of every table that holds the ticker-day of a row. */
  @SuppressWarnings("unchecked")
  static Map<String, Long> tableVersions(Map<String, Object> row) {
    return (Map<String, Long>) row.get(TABLE_VERSIONS);
  }

  @SuppressWarnings("unchecked")
  private static Map<String, String> tableParameters(Map<String, Object> row) {
    return (Map<String, String>) row.get(TABLE_PARAMETERS);
  }
}
