package io.booklake.job;

import io.booklake.lake.StepFigures;
import java.util.List;

/**
 * What a job has done, as a table for people and programs.
 *
 * @param title one line
 * @param columns names
 * @param rows values, null where there is none
 * @param partlyFailed some ticker-days were quarantined, or differ, while the rest is well: exit
 *     code 4
 * @param figures for the account of a run
 */
public record Report(
    String title,
    List<String> columns,
    List<List<Object>> rows,
    boolean partlyFailed,
    StepFigures figures) {
  /** Keeps its own lists. */
  public Report {
    columns = List.copyOf(columns);
    rows = List.copyOf(rows);
  }

  /** Of a job that is no step of a run. */
  public Report(String title, List<String> columns, List<List<Object>> rows, boolean partlyFailed) {
    this(title, columns, rows, partlyFailed, StepFigures.NONE);
  }
}
