package io.booklake.job;

import io.booklake.lake.Compaction;
import io.booklake.table.Table;
import io.booklake.table.TableCatalog;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Puts small data files together, and has the ledger name the versions that have the result. No row
 * changes.
 *
 * <pre>{@code booklake optimize --lake /data/lake}</pre>
 */
public final class OptimizeJob {
  private static final long BYTES_PER_MEGABYTE = 1L << 20;

  private final Run run;
  private final List<Table> tables;

  /**
   * A job of a run, whose settings name the size of a file.
   *
   * @param names of the tables; none for all
   * @throws InvalidInputException if there is no such table, or one that is no table of ticker-days
   */
  public OptimizeJob(Run run, Set<String> names) {
    this.run = run;
    // Those without partitions have each few files, as whoever writes them sees to.
    List<Table> all =
        TableCatalog.all().stream().filter(table -> !table.partitionColumns().isEmpty()).toList();
    Set<Table> wanted = new HashSet<>();
    for (String name : names) {
      wanted.add(
          TableCatalog.named(name)
              .filter(all::contains)
              .orElseThrow(
                  () ->
                      new InvalidInputException(
                          "--tables: found "
                              + name
                              + ", expected some of "
                              + String.join(", ", all.stream().map(Table::word).toList()))));
    }
    tables =
        all.stream()
            .filter(table -> names.isEmpty() || wanted.contains(table))
            .filter(table -> run.lake().has(table.name()))
            .toList();
  }

  /**
   * Does it.
   *
   * @return a row per table
   * @throws InvalidInputException if there is no lake
   */
  public Report execute() {
    long started = System.nanoTime();
    run.requireLake();
    Compaction compaction =
        new Compaction(
            run.lake(), run.settings().optimize().targetFileMegabytes() * BYTES_PER_MEGABYTE);
    List<List<Object>> rows = new ArrayList<>();
    int joined = 0;
    int written = 0;
    try (Progress.Step step = run.progress().begin("optimize", tables.size(), "tables")) {
      for (Table table : tables) {
        step.note(table.name());
        Compaction.Result result = compaction.of(table);
        joined += result.joined();
        written += result.written();
        rows.add(
            List.of(
                table.name(),
                result.before().files(),
                result.after().files(),
                result.before().bytes(),
                result.after().bytes(),
                result.joined(),
                result.written()));
        step.advance(1);
      }
    }
    int published = compaction.publish();
    return new Report(
        String.format(
            Locale.ROOT,
            "optimize of %s: put %d small files into %d; the ledger names other versions for %d"
                + " ticker-days; in %.1f s",
            run.lake().root(),
            joined,
            written,
            published,
            (System.nanoTime() - started) / 1e9),
        List.of(
            "table",
            "files_before",
            "files_after",
            "bytes_before",
            "bytes_after",
            "joined_files",
            "written_files"),
        rows,
        false);
  }
}
