package io.booklake.job;

import io.booklake.lake.TableSize;
import io.booklake.table.Table;
import io.booklake.table.TableCatalog;
import java.util.ArrayList;
import java.util.List;

/** Counts what a lake holds: rows, files and bytes of every table, as of its newest version. */
public final class LakeSummaryJob {
  private final Run run;

  /** A job of a run. */
  public LakeSummaryJob(Run run) {
    this.run = run;
  }

  /** Does it, and reports a row per table. */
  public Report execute() {
    List<List<Object>> rows = new ArrayList<>();
    for (Table table : TableCatalog.all()) {
      if (run.lake().has(table.name())) {
        TableSize size = run.lake().size(table.name());
        rows.add(List.of(table.name(), size.rows(), size.files(), size.bytes(), size.version()));
      }
    }
    return new Report(
        "The lake " + run.lake().root() + ":",
        List.of("table", "rows", "files", "bytes", "version"),
        rows,
        false);
  }
}
