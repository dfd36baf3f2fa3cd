package io.booklake.job;

import io.booklake.lake.Lake;
import io.booklake.lake.TaskSpark;

/** Runs that work on a lake which the test has opened, and tell nobody how far they are. */
final class TestRuns {
  private TestRuns() {}

  static Run of(TaskSpark spark, Lake lake, Settings settings, Selection selection) {
    return new Run(
        spark.spark(),
        settings.withLake(lake.root()),
        lake,
        selection,
        Progress.SILENT,
        "night",
        new RowsAhead());
  }
}
