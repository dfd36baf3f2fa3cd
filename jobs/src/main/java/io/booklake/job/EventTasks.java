package io.booklake.job;

import io.booklake.format.lobster.Inspection;
import io.booklake.lake.derived.Derivation;
import io.booklake.lake.event.EventBin;
import io.booklake.lake.event.EventTask;
import io.booklake.lake.event.TakenDay;
import java.util.List;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.executor.InputMetrics;
import org.apache.spark.util.LongAccumulator;
import org.apache.spark.util.SerializableConfiguration;

/** Has Spark read pairs and write their per-event tables: one task a bin. */
final class EventTasks {
  private static final String TICKER_DAYS = "booklake.tickerDays";

  /** Enough bins that the cores end together, but not so small that files become tiny. */
  private static final int BINS_PER_CORE = 4;

  private static final long SMALLEST_BIN = 4L << 20;
  private static final long LARGEST_BIN = 4L << 30;

  private final Run run;

  EventTasks(Run run) {
    this.run = run;
  }

  /**
   * Does the pairs of one set of commits.
   *
   * @param tables which to write
   * @param along what to sum up in the same pass
   * @param step moves by one for every pair
   * @return one result a bin
   */
  List<EventTask.Result> execute(
      List<EventBin.Candidate> candidates,
      EventTask.Tables tables,
      List<Derivation> along,
      Progress.Step step) {
    JavaSparkContext context = run.spark().tasks();
    Settings.Ingest settings = run.settings().ingest();
    long bytes = candidates.stream().mapToLong(each -> each.pair().storedBytes()).sum();
    long target =
        Math.max(
            SMALLEST_BIN,
            Math.min(LARGEST_BIN, bytes / (BINS_PER_CORE * context.defaultParallelism())));
    List<EventBin> bins = EventBin.pack(candidates, target, context.defaultParallelism());
    EventTask task =
        new EventTask(
            new EventTask.Target(run.lake().root(), run.id(), settings.snapshotInterval(), tables),
            new Inspection.Limits(
                settings.maxBrokenTransitionShare(), settings.maxCrossedRowShare()),
            along);
    SerializableConfiguration configuration = new SerializableConfiguration(run.hadoop());
    LongAccumulator tickerDays = context.sc().longAccumulator(TICKER_DAYS);
    try (TaskProgress progress = new TaskProgress(run.spark(), step, TICKER_DAYS, true)) {
      return context
          .parallelize(bins, bins.size())
          .map(bin -> task.take(bin, configuration.value(), day -> count(day, tickerDays)))
          .collect();
    }
  }

  /** In Spark's own figures too, where its UI shows them. */
  private static void count(TakenDay day, LongAccumulator tickerDays) {
    tickerDays.add(1);
    Inspection inspection = day.inspection();
    if (inspection.quality() != null) {
      InputMetrics metrics = TaskContext.get().taskMetrics().inputMetrics();
      metrics.incRecordsRead(inspection.quality().rows());
      metrics.incBytesRead(inspection.message().bytes() + inspection.orderbook().bytes());
    }
  }
}
