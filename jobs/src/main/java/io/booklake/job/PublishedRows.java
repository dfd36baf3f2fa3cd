package io.booklake.job;

import io.booklake.lake.ReplaceScope;
import io.booklake.model.TickerDay;
import io.booklake.table.TableCatalog;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Rows of ticker-days that the ledger publishes, in its versions. */
final class PublishedRows {
  private PublishedRows() {}

  /** Of the run's selection; empty where none of it is published in the table. */
  static Optional<Dataset<Row>> of(Run run, String table) {
    boolean isLedger = table.equals(TableCatalog.TICKER_DAYS.name());
    Map<Long, List<TickerDay>> byVersion = new TreeMap<>();
    run.published()
        .forEach(
            (day, entry) -> {
              Long version =
                  isLedger
                      ? Long.valueOf(run.lake().version(table))
                      : entry.tableVersions().get(table);
              if (version != null) {
                byVersion.computeIfAbsent(version, key -> new ArrayList<>()).add(day);
              }
            });
    return byVersion.entrySet().stream()
        .map(each -> run.lake().read(table, each.getKey(), ReplaceScope.of(each.getValue())))
        .reduce((all, some) -> all.unionByName(some, true));
  }
}
