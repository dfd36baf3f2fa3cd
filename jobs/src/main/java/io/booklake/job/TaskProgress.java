package io.booklake.job;

import io.booklake.spark.Spark;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.apache.spark.scheduler.AccumulableInfo;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerExecutorMetricsUpdate;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import scala.Option;
import scala.collection.Iterator;

/**
 * Moves a progress step along while Spark's tasks run: by what they count, as their heartbeats tell
 * it, and not only when they end.
 */
final class TaskProgress extends SparkListener implements AutoCloseable {
  /** What Spark itself counts of the rows that tasks read. */
  static final String ROWS_READ = "internal.metrics.input.recordsRead";

  private final Spark spark;
  private final Progress.Step step;
  private final String counted;
  private final boolean showEvents;
  private final long startedNanos = System.nanoTime();
  private final Map<Long, Long> countByTask = new HashMap<>();
  private final Map<Long, Long> rowsByTask = new HashMap<>();
  private long shown;

  /**
   * Begins to listen.
   *
   * @param counted name of the accumulator that moves the step
   * @param showEvents whether the rows that tasks read are events, whose rate is worth showing
   */
  TaskProgress(Spark spark, Progress.Step step, String counted, boolean showEvents) {
    this.spark = spark;
    this.step = step;
    this.counted = counted;
    this.showEvents = showEvents;
    spark.context().addSparkListener(this);
  }

  @Override
  public void onExecutorMetricsUpdate(SparkListenerExecutorMetricsUpdate update) {
    update
        .accumUpdates()
        .foreach(
            task -> {
              note((Long) task._1(), task._4().iterator());
              return null;
            });
    show();
  }

  @Override
  public void onTaskEnd(SparkListenerTaskEnd end) {
    long task = end.taskInfo().taskId();
    if (end.taskInfo().successful()) {
      note(task, end.taskInfo().accumulables().iterator());
    } else {
      // What a failed attempt had done is done again by the next.
      countByTask.remove(task);
      rowsByTask.remove(task);
    }
    show();
  }

  private void note(long task, Iterator<AccumulableInfo> counts) {
    while (counts.hasNext()) {
      AccumulableInfo info = counts.next();
      Option<String> name = info.name();
      if (name.isDefined() && info.update().isDefined()) {
        if (name.get().equals(counted)) {
          countByTask.put(task, ((Number) info.update().get()).longValue());
        }
        if (name.get().equals(ROWS_READ)) {
          rowsByTask.put(task, ((Number) info.update().get()).longValue());
        }
      }
    }
  }

  private void show() {
    long count = sum(countByTask);
    step.advance(count - shown);
    shown = count;
    if (showEvents) {
      double seconds = (System.nanoTime() - startedNanos) / 1e9;
      step.note(String.format(Locale.ROOT, "%,.0f events/s", sum(rowsByTask) / seconds));
    }
  }

  private static long sum(Map<Long, Long> byTask) {
    return byTask.values().stream().mapToLong(Long::longValue).sum();
  }

  @Override
  public void close() {
    spark.context().removeSparkListener(this);
    step.close();
  }
}
