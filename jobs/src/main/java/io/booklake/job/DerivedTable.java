package io.booklake.job;

import io.booklake.lake.Bins;
import io.booklake.lake.Ledger;
import io.booklake.lake.ReplaceScope;
import io.booklake.lake.StepFigures;
import io.booklake.lake.TableFiles;
import io.booklake.lake.columnar.DataFile;
import io.booklake.lake.derived.Derivation;
import io.booklake.lake.derived.DerivedBin;
import io.booklake.lake.derived.DerivedTask;
import io.booklake.lake.derived.Recipe;
import io.booklake.model.TickerDay;
import io.booklake.table.Table;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.util.LongAccumulator;
import org.apache.spark.util.SerializableConfiguration;

/**
 * How a table that is computed from the per-event tables comes to hold the published ticker-days:
 * the part that the jobs of this kind have in common.
 *
 * <p>What is held already is not computed again. Inputs are read in the versions that the ledger
 * names, so that an ingest that is under way, or that died, is never seen.
 */
public final class DerivedTable {

  /** The versions of the inputs that are consistent for a ticker-day. */
  private record InputVersions(long messages, long depth) implements Comparable<InputVersions> {
    static InputVersions of(Ledger.Entry entry) {
      return new InputVersions(
          entry.tableVersions().get("messages"), entry.tableVersions().get("depth"));
    }

    @Override
    public int compareTo(InputVersions other) {
      int byMessages = Long.compare(messages, other.messages);
      return byMessages != 0 ? byMessages : Long.compare(depth, other.depth);
    }
  }

  private static final String TICKER_DAYS = "booklake.derivedTickerDays";

  /** Enough bins that the cores end together, but not so small that files become tiny. */
  private static final long BINS_PER_CORE = 2;

  private static final long SMALLEST_BIN_EVENTS = 200_000;

  private final Run run;
  private final Table table;
  private final Derivation derivation;
  private final Set<String> wanted;
  private final Map<String, Set<? extends Comparable<?>>> wantedRows;
  private final Ledger ledger;
  private final Map<TickerDay, Ledger.Publisher> replaced = new TreeMap<>();
  private long rowsWritten;
  private long bytesWritten;

  /**
   * Describes a table.
   *
   * @param wanted what shall be computed, each by a name that the ledger remembers
   * @param wantedRows the values, by column, that exactly these rows of the table have
   * @param recipe computes them
   */
  DerivedTable(
      Run run,
      Table table,
      Set<String> wanted,
      Map<String, Set<? extends Comparable<?>>> wantedRows,
      Recipe recipe) {
    this.run = run;
    this.table = table;
    this.derivation = new Derivation(table, recipe);
    this.wanted = wanted;
    this.wantedRows = wantedRows;
    this.ledger = run.lake().ledger();
  }

  /** What is computed. */
  Derivation derivation() {
    return derivation;
  }

  /**
   * Notes what the run's ingest computed, so that it is not computed again.
   *
   * @param derived by table
   */
  void computedAhead(Map<String, DerivedTask.Result> derived) {
    DerivedTask.Result result = derived.get(table.name());
    if (result != null) {
      run.ahead().add(derivation, result);
    }
  }

  /**
   * Computes what is missing.
   *
   * @param force computes what is held already again
   */
  public Report update(boolean force) {
    long started = System.nanoTime();
    Map<TickerDay, Ledger.Entry> published = run.published();
    Map<InputVersions, List<TickerDay>> work = new TreeMap<>();
    int days = 0;
    long events = 0;
    for (Map.Entry<TickerDay, Ledger.Entry> each : published.entrySet()) {
      if (force || lacks(each.getValue())) {
        work.computeIfAbsent(InputVersions.of(each.getValue()), key -> new ArrayList<>())
            .add(each.getKey());
        days++;
        events += each.getValue().rows();
      }
    }
    List<List<Object>> rows = new ArrayList<>();
    int size = run.settings().ingest().tickerDaysPerCommit();
    try (Progress.Step step = run.progress().begin(name(), days, "ticker-days")) {
      work.forEach(
          (versions, all) -> {
            for (int from = 0; from < all.size(); from += size) {
              List<TickerDay> together = all.subList(from, Math.min(from + size, all.size()));
              rows.addAll(write(together, versions, published, step));
            }
          });
    }
    String title =
        String.format(
            Locale.ROOT,
            "%s in %s: %s for %d of %d published ticker-days%s in %.1f s",
            table.name(),
            run.lake().root(),
            String.join(", ", wanted),
            days - replaced.size(),
            published.size(),
            replaced.isEmpty() ? "" : "; meanwhile replaced, so not for: " + replaced(),
            (System.nanoTime() - started) / 1e9);
    return new Report(
        title,
        List.of("trade_date", "ticker", "levels", "rows"),
        rows,
        !replaced.isEmpty(),
        new StepFigures(
            events,
            rowsWritten,
            bytesWritten,
            0,
            days - replaced.size(),
            published.size() - days,
            replaced.size()));
  }

  private String replaced() {
    return replaced.entrySet().stream()
        .map(each -> each.getKey() + " by " + each.getValue())
        .collect(Collectors.joining(", "));
  }

  /**
   * What {@link #update} would compute.
   *
   * @param before what the steps before it would do
   */
  public Plan plan(Plan before) {
    Map<TickerDay, Ledger.Entry> published = run.published();
    Set<TickerDay> arriving = before.arriving();
    Set<TickerDay> perhapsArriving = before.perhapsArriving();
    Set<TickerDay> days = new TreeSet<>(published.keySet());
    days.addAll(arriving);
    List<Plan.Item> items = new ArrayList<>();
    for (TickerDay day : days) {
      Plan.State state = null;
      if (arriving.contains(day) || lacks(published.get(day))) {
        state = Plan.State.MISSING;
      } else if (perhapsArriving.contains(day)) {
        state = Plan.State.IF_CHANGED;
      }
      if (state != null) {
        items.add(new Plan.Item(name(), day, state, null, String.join(", ", wanted)));
      }
    }
    return new Plan(items);
  }

  private String name() {
    return table.name().replace('_', '-');
  }

  private boolean lacks(Ledger.Entry entry) {
    return !held(entry).containsAll(wanted);
  }

  private List<List<Object>> write(
      List<TickerDay> days,
      InputVersions versions,
      Map<TickerDay, Ledger.Entry> published,
      Progress.Step step) {
    List<DataFile> files = new ArrayList<>();
    Map<TickerDay, Long> rows = new TreeMap<>();
    for (DerivedTask.Result result : compute(days, versions, published, step)) {
      files.addAll(result.files());
      rows.putAll(result.rows());
    }
    long version;
    try {
      version =
          run.lake().replace(table, files, scope(days, published), () -> expect(days, published));
    } catch (ReplacedException e) {
      replaced.putAll(e.by);
      List<TickerDay> others = days.stream().filter(day -> !e.by.containsKey(day)).toList();
      step.advance(-others.size());
      return others.isEmpty() ? List.of() : write(others, versions, published, step);
    }
    rowsWritten += files.stream().mapToLong(DataFile::rows).sum();
    bytesWritten += files.stream().mapToLong(DataFile::bytes).sum();
    Map<TickerDay, String> parameters = new TreeMap<>();
    for (TickerDay day : days) {
      Set<String> all = new TreeSet<>(held(published.get(day)));
      all.removeIf(name -> wanted.stream().anyMatch(other -> rows(other).equals(rows(name))));
      all.addAll(wanted);
      parameters.put(day, String.join(",", all));
    }
    Map<TickerDay, Ledger.Publisher> late =
        ledger.publishDerived(table.name(), version, published, parameters);
    replaced.putAll(late);
    rows.keySet().removeAll(late.keySet());
    return rows.entrySet().stream()
        .map(
            each ->
                List.<Object>of(
                    each.getKey().tradeDate(),
                    each.getKey().ticker(),
                    each.getKey().levels(),
                    each.getValue()))
        .toList();
  }

  /** Ticker-days were replaced, so that what was computed is not of what is published. */
  private static final class ReplacedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Map<TickerDay, Ledger.Publisher> by;

    ReplacedException(Map<TickerDay, Ledger.Publisher> by) {
      super(by.toString());
      this.by = by;
    }
  }

  /**
   * Looks whether the events are still those that are published. Rows of an older delivery must not
   * come to lie above those of a newer one: whoever computes other rows of the ticker-day later
   * keeps what lies there.
   */
  private void expect(List<TickerDay> days, Map<TickerDay, Ledger.Entry> published) {
    Map<TickerDay, Ledger.Entry> now = run.published();
    Map<TickerDay, Ledger.Publisher> by = new TreeMap<>();
    for (TickerDay day : days) {
      Ledger.Entry entry = now.get(day);
      if (!entry.hasEventsOf(published.get(day))) {
        by.put(day, entry.publisher());
      }
    }
    if (!by.isEmpty()) {
      throw new ReplacedException(by);
    }
  }

  private List<DerivedBin> bins(
      Set<TickerDay> days, InputVersions versions, Map<TickerDay, Ledger.Entry> published) {
    List<TickerDay> sorted = new ArrayList<>(days);
    sorted.sort(
        Comparator.comparing(TickerDay::tradeDate)
            .thenComparing(TickerDay::ticker)
            .thenComparing(TickerDay::levels));
    long events = days.stream().mapToLong(day -> published.get(day).rows()).sum();
    int cores = run.spark().sparkContext().defaultParallelism();
    TableFiles messages = run.lake().files("messages", versions.messages);
    TableFiles depth = run.lake().files("depth", versions.depth);
    List<DerivedBin> bins = new ArrayList<>();
    for (List<TickerDay> bin :
        Bins.pack(
            sorted,
            TickerDay::tradeDate,
            day -> published.get(day).rows(),
            Math.max(SMALLEST_BIN_EVENTS, events / (BINS_PER_CORE * cores)))) {
      ReplaceScope scope = ReplaceScope.of(bin);
      bins.add(
          new DerivedBin(
              bins.size(),
              bin.stream()
                  .map(
                      day ->
                          new DerivedBin.Day(
                              published.get(day).session(), published.get(day).rows()))
                  .toList(),
              messages.paths(scope),
              depth.paths(scope)));
    }
    return bins;
  }

  /** What the ingest of this run did not compute already, of what it itself published. */
  private List<DerivedTask.Result> compute(
      List<TickerDay> days,
      InputVersions versions,
      Map<TickerDay, Ledger.Entry> published,
      Progress.Step step) {
    Set<TickerDay> ours =
        days.stream()
            .filter(day -> published.get(day).publisher().equals(run.publisher()))
            .collect(Collectors.toSet());
    List<DerivedTask.Result> results = new ArrayList<>(run.ahead().take(derivation, ours));
    Set<TickerDay> missing = new TreeSet<>(days);
    results.forEach(result -> missing.removeAll(result.rows().keySet()));
    step.advance(days.size() - missing.size());
    if (!missing.isEmpty()) {
      results.addAll(compute(bins(missing, versions, published), step));
    }
    return results;
  }

  private List<DerivedTask.Result> compute(List<DerivedBin> bins, Progress.Step step) {
    JavaSparkContext context = new JavaSparkContext(run.spark().sparkContext());
    DerivedTask task = new DerivedTask(derivation, run.lake().path(table.name()), run.id());
    SerializableConfiguration configuration = new SerializableConfiguration(run.hadoop());
    LongAccumulator tickerDays = context.sc().longAccumulator(TICKER_DAYS);
    try (TaskProgress progress = new TaskProgress(run.spark(), step, TICKER_DAYS, true)) {
      return context
          .parallelize(bins, bins.size())
          .map(
              bin ->
                  task.take(
                      bin,
                      configuration.value(),
                      (day, events) -> {
                        tickerDays.add(1);
                        TaskContext.get().taskMetrics().inputMetrics().incRecordsRead(events);
                      }))
          .collect();
    }
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
}
