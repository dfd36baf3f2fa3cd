package io.booklake.job;

import io.booklake.lake.Lake;
import io.booklake.lake.Ledger;
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

/**
 * Rows of ticker-days that the ledger publishes, in its versions: of all tables as of one moment,
 * however long it takes to read them.
 */
final class PublishedRows {
  private static final String LEDGER = TableCatalog.TICKER_DAYS.name();

  private final Lake lake;
  private final Map<TickerDay, Ledger.Entry> published;
  private final long ledgerVersion;

  /**
   * Of the selection of a run that has a lake.
   *
   * @throws InvalidInputException if there is none
   */
  PublishedRows(Run run) {
    run.requireLake();
    lake = run.lake();
    long version;
    Map<TickerDay, Ledger.Entry> entries;
    do {
      version = lake.version(LEDGER);
      entries = run.published();
    } while (lake.version(LEDGER) != version);
    ledgerVersion = version;
    published = entries;
  }

  /** Of a table; empty where nothing of the selection is published in it. */
  Optional<Dataset<Row>> of(String table) {
    Map<Long, List<TickerDay>> byVersion = new TreeMap<>();
    published.forEach(
        (day, entry) -> {
          Long version =
              table.equals(LEDGER) ? Long.valueOf(ledgerVersion) : entry.tableVersions().get(table);
          if (version != null) {
            byVersion.computeIfAbsent(version, key -> new ArrayList<>()).add(day);
          }
        });
    return byVersion.entrySet().stream()
        .map(each -> lake.read(table, each.getKey(), ReplaceScope.of(each.getValue())))
        .reduce((all, some) -> all.unionByName(some, true));
  }
}
