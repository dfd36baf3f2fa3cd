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
import java.util.Optional;
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

  /** In the place of who replaced a ticker-day that left the ledger. */
  private static final Ledger.Publisher NOBODY = new Ledger.Publisher("unknown", null);

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
    Map<TickerDay, Ledger.Entry> work = new TreeMap<>(published);
    work.values().removeIf(entry -> !force && !lacks(entry));
    int days = work.size();
    long events = work.values().stream().mapToLong(Ledger.Entry::rows).sum();
    List<List<Object>> rows;
    try (Progress.Step step = run.progress().begin(name(), days, "ticker-days")) {
      rows = write(work, step);
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

  /** Ticker-days whose inputs are in the same versions, at most so many in a commit. */
  private List<List<Object>> write(Map<TickerDay, Ledger.Entry> work, Progress.Step step) {
    Map<InputVersions, List<TickerDay>> byInput = new TreeMap<>();
    work.forEach(
        (day, entry) ->
            byInput.computeIfAbsent(InputVersions.of(entry), key -> new ArrayList<>()).add(day));
    List<List<Object>> rows = new ArrayList<>();
    int size = run.settings().ingest().tickerDaysPerCommit();
    byInput.forEach(
        (versions, all) -> {
          for (int from = 0; from < all.size(); from += size) {
            List<TickerDay> together = all.subList(from, Math.min(from + size, all.size()));
            Map<TickerDay, Ledger.Entry> part = new TreeMap<>(work);
            part.keySet().retainAll(together);
            rows.addAll(write(part, versions, step));
          }
        });
    return rows;
  }

  /**
   * Writes ticker-days in one commit and notes them in the ledger.
   *
   * <p>Another run may compute other rows of the same ticker-days meanwhile. Rows that it published
   * stay, and so do those that it committed and did not publish yet, unless the whole ticker-day
   * had to go (see {@link #scope}). Whoever then finds in the ledger what does not follow from its
   * own commit does the work again, from what is published now.
   */
  private List<List<Object>> write(
      Map<TickerDay, Ledger.Entry> published, InputVersions versions, Progress.Step step) {
    List<TickerDay> days = List.copyOf(published.keySet());
    List<DataFile> files = new ArrayList<>();
    Map<TickerDay, Long> rows = new TreeMap<>();
    for (DerivedTask.Result result : compute(days, versions, published, step)) {
      files.addAll(result.files());
      rows.putAll(result.rows());
    }
    Map<TickerDay, Ledger.Entry> decided = withoutOthersOfTheseRows(published);
    Set<TickerDay> stale = stale(decided);
    long version;
    try {
      version = run.lake().replace(table, files, scope(days, stale), () -> expect(decided, stale));
    } catch (OvertakenByOthersException e) {
      replaced.putAll(e.replaced);
      step.advance(-days.size());
      Map<TickerDay, Ledger.Entry> others = new TreeMap<>(e.newest);
      others.keySet().retainAll(days);
      others.keySet().removeAll(e.replaced.keySet());
      return write(others, step);
    }
    rowsWritten += files.stream().mapToLong(DataFile::rows).sum();
    bytesWritten += files.stream().mapToLong(DataFile::bytes).sum();
    Ledger.Noted noted =
        ledger.publishDerived(
            table.name(),
            version,
            published,
            (day, newest) -> held(newest, decided.get(day), version, stale.contains(day)));
    replaced.putAll(noted.replaced());
    rows.keySet().removeAll(noted.replaced().keySet());
    rows.keySet().removeAll(noted.undecided());
    List<List<Object>> written =
        rows.entrySet().stream()
            .map(
                each ->
                    List.<Object>of(
                        each.getKey().tradeDate(),
                        each.getKey().ticker(),
                        each.getKey().levels(),
                        each.getValue()))
            .collect(Collectors.toCollection(ArrayList::new));
    if (!noted.undecided().isEmpty()) {
      step.advance(-noted.undecided().size());
      Map<TickerDay, Ledger.Entry> again = run.published();
      again.keySet().retainAll(noted.undecided());
      written.addAll(write(again, step));
    }
    return written;
  }

  /**
   * What the table holds of a ticker-day in the version just committed.
   *
   * @param decided the ticker-day as the commit was decided on
   * @param wasStale whether the commit took away all other rows
   * @return empty if another run published a later version: whether it kept these rows is unknown
   */
  private Optional<String> held(
      Ledger.Entry newest, Ledger.Entry decided, long version, boolean wasStale) {
    if (versionOf(newest) > version && !held(newest).equals(held(decided))) {
      return Optional.empty();
    }
    Set<String> all = wasStale ? new TreeSet<>() : new TreeSet<>(held(newest));
    all.removeIf(this::isOtherOfTheseRows);
    all.addAll(wanted);
    return Optional.of(String.join(",", all));
  }

  /** Of the table, as the ledger names it for a ticker-day; -1 where it names none. */
  private long versionOf(Ledger.Entry entry) {
    return entry.tableVersions().getOrDefault(table.name(), -1L);
  }

  /** Something the commit was decided on is no longer so. */
  private static final class OvertakenByOthersException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Map<TickerDay, Ledger.Publisher> replaced;
    private final transient Map<TickerDay, Ledger.Entry> newest;

    OvertakenByOthersException(
        Map<TickerDay, Ledger.Publisher> replaced, Map<TickerDay, Ledger.Entry> newest) {
      super(replaced.toString());
      this.replaced = replaced;
      this.newest = newest;
    }
  }

  /**
   * Looks whether the events are still those that are published. Rows of an older delivery must not
   * come to lie above those of a newer one: whoever computes other rows of the ticker-day later
   * keeps what lies there. And whether nothing is noted yet of what is to go as a whole.
   */
  private void expect(Map<TickerDay, Ledger.Entry> decided, Set<TickerDay> stale) {
    Map<TickerDay, Ledger.Entry> newest = run.published();
    Map<TickerDay, Ledger.Publisher> by = new TreeMap<>();
    boolean isAsDecided = true;
    for (Map.Entry<TickerDay, Ledger.Entry> each : decided.entrySet()) {
      Ledger.Entry entry = newest.get(each.getKey());
      if (entry == null) {
        by.put(each.getKey(), NOBODY);
      } else if (!entry.hasEventsOf(each.getValue())) {
        by.put(each.getKey(), entry.publisher());
      } else {
        isAsDecided &= !stale.contains(each.getKey()) || held(entry).isEmpty();
      }
    }
    if (!by.isEmpty() || !isAsDecided) {
      throw new OvertakenByOthersException(by, newest);
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
   * Takes back what is noted of the rows that are to be replaced, if it is noted otherwise: a run
   * that dies behind its commit must not leave its rows under the old name.
   *
   * @return the ticker-days as the ledger has them then
   */
  private Map<TickerDay, Ledger.Entry> withoutOthersOfTheseRows(
      Map<TickerDay, Ledger.Entry> published) {
    Map<TickerDay, String> remaining = new TreeMap<>();
    published.forEach(
        (day, entry) -> {
          Set<String> all = new TreeSet<>(held(entry));
          if (all.removeIf(this::isOtherOfTheseRows)) {
            remaining.put(day, String.join(",", all));
          }
        });
    if (remaining.isEmpty()) {
      return published;
    }
    ledger.withdrawDerived(table.name(), remaining);
    Map<TickerDay, Ledger.Entry> decided = new TreeMap<>(published);
    run.published().forEach((day, entry) -> decided.computeIfPresent(day, (key, old) -> entry));
    return decided;
  }

  private boolean isOtherOfTheseRows(String name) {
    return !wanted.contains(name)
        && wanted.stream().anyMatch(other -> rows(other).equals(rows(name)));
  }

  /**
   * Ticker-days of which nothing is noted, but of which the table may hold rows: of an older
   * delivery, or of a run that died.
   */
  private Set<TickerDay> stale(Map<TickerDay, Ledger.Entry> decided) {
    Set<TickerDay> stale = new TreeSet<>(decided.keySet());
    stale.removeIf(day -> !held(decided.get(day)).isEmpty());
    if (!stale.isEmpty() && run.lake().has(table.name())) {
      TableFiles files = run.lake().files(table.name(), run.lake().version(table.name()));
      stale.removeIf(day -> files.paths(ReplaceScope.of(List.of(day))).isEmpty());
    } else {
      stale.clear();
    }
    return stale;
  }

  /**
   * Where other rows of a ticker-day may still be right they stay; where they are stale all goes.
   */
  private ReplaceScope scope(List<TickerDay> days, Set<TickerDay> stale) {
    List<TickerDay> current = days.stream().filter(day -> !stale.contains(day)).toList();
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
