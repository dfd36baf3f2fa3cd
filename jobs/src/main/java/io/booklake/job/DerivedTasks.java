package io.booklake.job;

import io.booklake.lake.Ledger;
import io.booklake.lake.ReplaceScope;
import io.booklake.lake.TableFiles;
import io.booklake.lake.derived.Derivation;
import io.booklake.lake.derived.DerivedBin;
import io.booklake.lake.derived.DerivedTask;
import io.booklake.model.TickerDay;
import io.booklake.spark.Bins;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.util.LongAccumulator;
import org.apache.spark.util.SerializableConfiguration;

/** Has Spark compute a table from the per-event tables: one task a bin. */
final class DerivedTasks {

  /** The versions of the inputs that are consistent for a ticker-day. */
  record Inputs(long messages, long depth) implements Comparable<Inputs> {
    static Inputs of(Ledger.Entry entry) {
      return new Inputs(entry.tableVersions().get("messages"), entry.tableVersions().get("depth"));
    }

    @Override
    public int compareTo(Inputs other) {
      int byMessages = Long.compare(messages, other.messages);
      return byMessages != 0 ? byMessages : Long.compare(depth, other.depth);
    }
  }

  private static final String TICKER_DAYS = "booklake.derivedTickerDays";

  /** Enough bins that the cores end together, but not so small that files become tiny. */
  private static final long BINS_PER_CORE = 2;

  private static final long SMALLEST_BIN_EVENTS = 200_000;

  private final Run run;
  private final Derivation derivation;

  DerivedTasks(Run run, Derivation derivation) {
    this.run = run;
    this.derivation = derivation;
  }

  /**
   * Does what the ingest of this run did not compute already, of what it itself published.
   *
   * @param published the ticker-days, all of the same inputs
   * @param step moves by one for every ticker-day
   * @return also what the ingest computed
   */
  List<DerivedTask.Result> execute(
      Map<TickerDay, Ledger.Entry> published, Inputs inputs, Progress.Step step) {
    Set<TickerDay> ours =
        published.keySet().stream()
            .filter(day -> published.get(day).publisher().equals(run.publisher()))
            .collect(Collectors.toSet());
    List<DerivedTask.Result> results = new ArrayList<>(run.ahead().take(derivation, ours));
    Set<TickerDay> missing = new TreeSet<>(published.keySet());
    results.forEach(result -> missing.removeAll(result.rows().keySet()));
    step.advance(published.size() - missing.size());
    if (!missing.isEmpty()) {
      results.addAll(compute(bins(missing, inputs, published), step));
    }
    return results;
  }

  private List<DerivedBin> bins(
      Set<TickerDay> days, Inputs inputs, Map<TickerDay, Ledger.Entry> published) {
    List<TickerDay> sorted = new ArrayList<>(days);
    sorted.sort(
        Comparator.comparing(TickerDay::tradeDate)
            .thenComparing(TickerDay::ticker)
            .thenComparing(TickerDay::levels));
    long events = days.stream().mapToLong(day -> published.get(day).rows()).sum();
    int cores = run.spark().context().defaultParallelism();
    TableFiles messages = run.lake().files("messages", inputs.messages);
    TableFiles depth = run.lake().files("depth", inputs.depth);
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

  private List<DerivedTask.Result> compute(List<DerivedBin> bins, Progress.Step step) {
    JavaSparkContext context = run.spark().tasks();
    DerivedTask task =
        new DerivedTask(derivation, run.lake().path(derivation.table().name()), run.id());
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
}
