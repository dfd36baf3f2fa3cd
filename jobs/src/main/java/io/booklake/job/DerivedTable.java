package io.booklake.job;

import static org.apache.spark.sql.functions.col;

import io.booklake.lake.Ledger;
import io.booklake.lake.ReplaceScope;
import io.booklake.model.TickerDay;
import io.booklake.table.Table;
import io.booklake.transform.PairedEvents;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * How a table that is computed from the per-event tables comes to hold the published ticker-days:
 * the part that the jobs of this kind have in common.
 *
 * <p>What is held already is not computed again. Inputs are read in the versions that the ledger
 * names, so that an ingest that is under way, or that died, is never seen.
 */
final class DerivedTable {

  /**
   * The per-event tables of some ticker-days.
   *
   * @param messages rows of {@code messages}
   * @param depth rows of {@code depth}
   * @param sessions begin and end of each ticker-day
   */
  record Inputs(Dataset<Row> messages, Dataset<Row> depth, Dataset<Row> sessions) {
    /** Both, side by side. */
    Dataset<Row> paired() {
      return PairedEvents.of(messages, depth);
    }
  }

  /** The versions of the inputs that are consistent for a ticker-day. */
  private record InputVersions(long messages, long depth) implements Comparable<InputVersions> {
    @Override
    public int compareTo(InputVersions other) {
      int byMessages = Long.compare(messages, other.messages);
      return byMessages != 0 ? byMessages : Long.compare(depth, other.depth);
    }
  }

  /**
   * A commit costs little, and after each the progress moves, memory is free again, and nothing
   * before it is lost.
   */
  private static final long EVENTS_PER_COMMIT = 5_000_000;

  private final Run run;
  private final Table table;
  private final Set<String> wanted;
  private final Map<String, Set<? extends Comparable<?>>> wantedRows;
  private final Function<Inputs, Dataset<Row>> transform;
  private final Ledger ledger;
  private long events;

  /**
   * Describes a table.
   *
   * @param wanted what shall be computed, each by a name that the ledger remembers
   * @param wantedRows the values, by column, that exactly these rows of the table have
   * @param transform computes them
   */
  DerivedTable(
      Run run,
      Table table,
      Set<String> wanted,
      Map<String, Set<? extends Comparable<?>>> wantedRows,
      Function<Inputs, Dataset<Row>> transform) {
    this.run = run;
    this.table = table;
    this.wanted = wanted;
    this.wantedRows = wantedRows;
    this.transform = transform;
    this.ledger = new Ledger(run.lake());
  }

  /**
   * Computes what is missing.
   *
   * @param force computes what is held already again
   */
  Report update(boolean force) {
    long started = System.nanoTime();
    Map<TickerDay, Ledger.Entry> published = new TreeMap<>(ledger.entries());
    published.keySet().removeIf(day -> !run.selection().includes(day));
    Map<InputVersions, List<TickerDay>> work = new TreeMap<>();
    int days = 0;
    for (Map.Entry<TickerDay, Ledger.Entry> each : published.entrySet()) {
      if (force || !held(each.getValue()).containsAll(wanted)) {
        Map<String, Long> versions = each.getValue().tableVersions();
        work.computeIfAbsent(
                new InputVersions(versions.get("messages"), versions.get("depth")),
                key -> new ArrayList<>())
            .add(each.getKey());
        days++;
      }
    }
    List<List<Object>> rows = new ArrayList<>();
    try (Progress.Step step =
        run.progress().begin(table.name().replace('_', '-'), days, "ticker-days")) {
      work.forEach(
          (versions, all) -> {
            for (List<TickerDay> batch : batches(all, published)) {
              rows.addAll(write(batch, versions, published));
              step.advance(batch.size());
              events += events(batch, published);
              step.note(
                  String.format(
                      Locale.ROOT,
                      "%,.0f events/s",
                      events / ((System.nanoTime() - started) / 1e9)));
            }
          });
    }
    String title =
        String.format(
            Locale.ROOT,
            "%s in %s: %s for %d of %d published ticker-days in %.1f s",
            table.name(),
            run.lake().root(),
            String.join(", ", wanted),
            days,
            published.size(),
            (System.nanoTime() - started) / 1e9);
    return new Report(title, List.of("trade_date", "ticker", "levels", "rows"), rows, false);
  }

  /** Ticker-days that are computed and committed together: as many as keep Spark busy. */
  private List<List<TickerDay>> batches(
      List<TickerDay> days, Map<TickerDay, Ledger.Entry> published) {
    List<List<TickerDay>> batches = new ArrayList<>();
    List<TickerDay> open = new ArrayList<>();
    for (TickerDay day : days) {
      open.add(day);
      if (events(open, published) >= EVENTS_PER_COMMIT
          || open.size() == run.settings().ingest().tickerDaysPerCommit()) {
        batches.add(open);
        open = new ArrayList<>();
      }
    }
    if (!open.isEmpty()) {
      batches.add(open);
    }
    return batches;
  }

  private static long events(List<TickerDay> days, Map<TickerDay, Ledger.Entry> published) {
    return days.stream().mapToLong(day -> published.get(day).rows()).sum();
  }

  private List<List<Object>> write(
      List<TickerDay> days, InputVersions versions, Map<TickerDay, Ledger.Entry> published) {
    Dataset<Row> computed =
        transform
            .apply(
                new Inputs(
                    input("messages", versions.messages, days),
                    input("depth", versions.depth, days),
                    ledger.sessions(run.spark()).where(ReplaceScope.of(days).condition())))
            // All of a ticker-day in one file, so that readers can tell by its statistics.
            .repartition(col("trade_date"), col("ticker"), col("levels"));
    long version = run.lake().replace(table, computed, scope(days, published));
    Map<TickerDay, String> parameters = new TreeMap<>();
    for (TickerDay day : days) {
      Set<String> all = new TreeSet<>(held(published.get(day)));
      all.removeIf(name -> wanted.stream().anyMatch(other -> rows(other).equals(rows(name))));
      all.addAll(wanted);
      parameters.put(day, String.join(",", all));
    }
    ledger.publishDerived(
        table.name(),
        version,
        Map.of("messages", versions.messages, "depth", versions.depth),
        parameters);
    return counts(days, version);
  }

  private Dataset<Row> input(String name, long version, List<TickerDay> days) {
    return run.lake().read(name, version, ReplaceScope.of(days));
  }

  /**
   * Where other rows of a ticker-day are still right they stay; where they were computed from an
   * older delivery, which the ledger no longer speaks of, the whole ticker-day goes.
   */
  private ReplaceScope scope(List<TickerDay> days, Map<TickerDay, Ledger.Entry> published) {
    List<TickerDay> current =
        days.stream().filter(day -> !held(published.get(day)).isEmpty()).toList();
    List<TickerDay> stale =
        days.stream().filter(day -> held(published.get(day)).isEmpty()).toList();
    if (current.isEmpty()) {
      return ReplaceScope.of(stale);
    }
    ReplaceScope scope = ReplaceScope.of(current).and(wantedRows);
    return stale.isEmpty() ? scope : scope.or(ReplaceScope.of(stale));
  }

  /** Behind a '+' stands how the rows were computed, not which rows they are. */
  private static String rows(String name) {
    int plus = name.indexOf('+');
    return plus < 0 ? name : name.substring(0, plus);
  }

  private Set<String> held(Ledger.Entry entry) {
    String held = entry.tableParameters().get(table.name());
    return held == null ? Set.of() : Set.of(held.split(","));
  }

  private List<List<Object>> counts(List<TickerDay> days, long version) {
    return run
        .lake()
        .read(table.name(), version, ReplaceScope.of(days).and(wantedRows))
        .groupBy("trade_date", "ticker", "levels")
        .count()
        .sort("trade_date", "ticker", "levels")
        .collectAsList()
        .stream()
        .map(row -> List.of(row.get(0), row.get(1), row.get(2), row.get(3)))
        .toList();
  }
}
