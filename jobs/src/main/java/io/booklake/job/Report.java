package io.booklake.job;

import java.util.List;

/**
 * What a job has done, as a table for people and programs.
 *
 * @param title one line
 * @param columns names
 * @param rows values, null where there is none
 * @param partlyFailed some ticker-days were quarantined, or differ, while the rest is well: exit
 *     code 4
 */
public record Report(
    String title, List<String> columns, List<List<Object>> rows, boolean partlyFailed) {
  /** Keeps its own lists. */
  public Report {
    columns = List.copyOf(columns);
    rows = List.copyOf(rows);
  }
}
