package io.booklake.job;

import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.sql.SparkSession;

/** Moves a progress step along as Spark's tasks end, by tasks or by the rows they wrote. */
final class TaskProgress extends SparkListener implements AutoCloseable {
  private final SparkSession spark;
  private final Progress.Step step;
  private final boolean byRows;

  private TaskProgress(SparkSession spark, Progress.Step step, boolean byRows) {
    this.spark = spark;
    this.step = step;
    this.byRows = byRows;
    spark.sparkContext().addSparkListener(this);
  }

  /** One for every task that ends well. */
  static TaskProgress byTasks(SparkSession spark, Progress.Step step) {
    return new TaskProgress(spark, step, false);
  }

  /** One for every row that a task has written. */
  static TaskProgress byRows(SparkSession spark, Progress.Step step) {
    return new TaskProgress(spark, step, true);
  }

  @Override
  public void onTaskEnd(SparkListenerTaskEnd end) {
    if (end.taskInfo().successful()) {
      long rows =
          end.taskMetrics() == null ? 0 : end.taskMetrics().outputMetrics().recordsWritten();
      step.advance(byRows ? rows : 1);
    }
  }

  @Override
  public void close() {
    spark.sparkContext().removeSparkListener(this);
    step.close();
  }
}
