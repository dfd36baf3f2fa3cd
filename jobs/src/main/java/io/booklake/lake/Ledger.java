package io.booklake.lake;

import io.booklake.aggregate.Session;
import io.booklake.delta.LiveFile;
import io.booklake.format.lobster.Inspection;
import io.booklake.lake.event.TakenDay;
import io.booklake.model.TickerDay;
import io.booklake.table.Table;
import io.booklake.table.TableCatalog;
import io.delta.kernel.Snapshot;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.function.Predicate;
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
      DeliveredPair delivery,
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
    /** In the place of who replaced a ticker-day that left the ledger. */
    public static final Publisher UNKNOWN = new Publisher("unknown", null);

    @Override
    public String toString() {
      return host == null ? "run " + runId : "run " + runId + " on " + host;
    }
  }

  /**
   * Ticker-days whose per-event tables are written.
   *
   * @param taken what was written
   * @param before the ledger as it was when it was decided to write that
   * @param listedAt when their files were listed
   * @param versions of the tables that hold them
   * @param revisions the dataset and commit of those that came from one
   * @param empty derived tables that hold nothing of them: of a ticker-day that was not published
   *     before this is noted as by {@link #noteCleared}
   */
  public record Written(
      List<TakenDay> taken,
      Map<TickerDay, Entry> before,
      Instant listedAt,
      Map<String, Long> versions,
      Map<TickerDay, String> revisions,
      Set<String> empty) {}

  /** What a run runs with: booklake's version, and a digest of the settings. */
  public record Setup(String softwareVersion, String configurationHash) {}

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
    for (Map<String, Object> row : lake.rows(table.of(LedgerRow.ENTRY_COLUMNS), file)) {
      read.put(LedgerRow.tickerDay(row), LedgerRow.entry(row));
    }
    return read;
  }

  /**
   * Publishes ticker-days. Of two runs that write one ticker-day at the same time the first to
   * publish it wins: what the other wrote stays unpublished.
   *
   * @return those that another run published since, and which
   */
  public Map<TickerDay, Publisher> publish(Written written, Publisher publisher, Setup setup) {
    Instant now = Instant.now();
    List<Map<String, Object>> rows = new ArrayList<>();
    for (TakenDay day : written.taken) {
      Map<String, Object> row = TakenRow.of(day, written.listedAt);
      row.put("dataset_revision", written.revisions.get(day.tickerDay()));
      row.put("run_id", publisher.runId());
      row.put("run_host", publisher.host());
      row.put("software_version", setup.softwareVersion);
      row.put("configuration_hash", setup.configurationHash);
      row.put("published_at", now);
      row.put(LedgerRow.TABLE_VERSIONS, written.versions);
      rows.add(row);
    }
    Map<String, String> cleared =
        written.empty.stream().collect(Collectors.toMap(Function.identity(), table -> ""));
    List<TickerDay> days = written.taken.stream().map(TakenDay::tickerDay).toList();
    Map<TickerDay, Publisher> overtaken = new TreeMap<>();
    lake.update(
        table,
        ReplaceScope.of(days),
        published -> {
          overtaken.clear();
          overtaken.putAll(publishedSince(written.before, published, publisher));
          overtaken.keySet().retainAll(days);
          Set<TickerDay> known =
              published.stream().map(LedgerRow::tickerDay).collect(Collectors.toSet());
          for (Map<String, Object> row : rows) {
            row.put(
                LedgerRow.TABLE_PARAMETERS,
                known.contains(LedgerRow.tickerDay(row)) ? Map.of() : cleared);
          }
          return rewrite(
              rows.stream()
                  .filter(row -> !overtaken.containsKey(LedgerRow.tickerDay(row)))
                  .toList());
        });
    return overtaken;
  }

  /** Rows in place of those of their ticker-days. */
  private static Rewrite rewrite(List<Map<String, Object>> rows) {
    return new Rewrite(rows, ReplaceScope.of(rows.stream().map(LedgerRow::tickerDay).toList()));
  }

  /** A store may fail after it did what it was told, so that a run may find its own rows. */
  private static Map<TickerDay, Publisher> publishedSince(
      Map<TickerDay, Entry> before, List<Map<String, Object>> published, Publisher self) {
    Map<TickerDay, Publisher> since = new HashMap<>();
    for (Map<String, Object> row : published) {
      Entry known = before.get(LedgerRow.tickerDay(row));
      Publisher newest = LedgerRow.publisher(row);
      if (!newest.equals(self) && (known == null || !newest.equals(known.publisher))) {
        since.put(LedgerRow.tickerDay(row), newest);
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
   * @return those that were replaced, and by whom
   */
  public Map<TickerDay, Publisher> publishSnapshots(List<TakenDay> taken, long version) {
    Map<TickerDay, TakenDay> made = new HashMap<>();
    taken.forEach(day -> made.put(day.tickerDay(), day));
    return note(
        made.keySet(),
        (day, newest) -> made.get(day).inspection().isOf(newest.source()),
        (row, newest) -> {
          LedgerRow.putTableVersion(row, TableCatalog.BOOK_SNAPSHOTS.name(), version);
          row.putAll(TakenRow.snapshots(made.get(LedgerRow.tickerDay(row)).book()));
        });
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
            LedgerRow.putHeld(row, derived, "");
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
   * @param displaced tells the names of what these rows took the place of; where one was noted of a
   *     later version it is these rows that may have lost their place, and neither is noted
   * @return those that were replaced, and by whom
   */
  public Map<TickerDay, Publisher> publishDerived(
      String derived,
      long version,
      Map<TickerDay, Entry> before,
      Set<String> added,
      Predicate<String> displaced) {
    return note(
        before,
        (row, newest) -> {
          Set<String> all = new TreeSet<>(newest.held(derived));
          boolean isDisplacing = all.removeIf(displaced);
          long named = newest.tableVersions.getOrDefault(derived, version);
          if (!isDisplacing || named <= version) {
            all.addAll(added);
          }
          LedgerRow.putTableVersion(row, derived, Math.max(named, version));
          LedgerRow.putHeld(row, derived, String.join(",", all));
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
            LedgerRow.putHeld(row, derived, String.join(",", all));
          }
        });
  }

  /** Changes the rows of ticker-days whose events are still those of before. */
  private Map<TickerDay, Publisher> note(
      Map<TickerDay, Entry> before, BiConsumer<Map<String, Object>, Entry> change) {
    return note(before.keySet(), (day, newest) -> newest.hasEventsOf(before.get(day)), change);
  }

  /**
   * Changes the rows of ticker-days whose events are those that are meant.
   *
   * @return the others, and who published them
   */
  private Map<TickerDay, Publisher> note(
      Set<TickerDay> days,
      BiPredicate<TickerDay, Entry> isMeant,
      BiConsumer<Map<String, Object>, Entry> change) {
    Map<TickerDay, Publisher> replaced = new TreeMap<>();
    lake.update(
        table,
        ReplaceScope.of(days),
        published -> {
          days.forEach(day -> replaced.put(day, Publisher.UNKNOWN));
          List<Map<String, Object>> noted = new ArrayList<>();
          for (Map<String, Object> row : published) {
            TickerDay day = LedgerRow.tickerDay(row);
            if (days.contains(day)) {
              Entry newest = LedgerRow.entry(row);
              if (isMeant.test(day, newest)) {
                change.accept(row, newest);
                noted.add(row);
                replaced.remove(day);
              } else {
                replaced.put(day, newest.publisher);
              }
            }
          }
          return rewrite(noted);
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
            Map<String, Long> versions = new HashMap<>(LedgerRow.tableVersions(row));
            versions.replaceAll(
                (name, version) -> later.of(LedgerRow.tickerDay(row), name, version));
            if (!versions.equals(LedgerRow.tableVersions(row))) {
              row.put(LedgerRow.TABLE_VERSIONS, versions);
              changed.add(LedgerRow.tickerDay(row));
              noted.add(row);
            }
          }
          return new Rewrite(noted, ReplaceScope.of(changed));
        });
    return changed;
  }
}
