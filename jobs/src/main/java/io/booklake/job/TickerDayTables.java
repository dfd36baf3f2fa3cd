package io.booklake.job;

import io.booklake.lake.Lake;
import io.booklake.lake.ReplaceScope;
import io.booklake.lake.Schemas;
import io.booklake.model.TickerDay;
import io.booklake.spark.Spark;
import io.booklake.table.TableCatalog;
import java.util.Collection;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/**
 * The tables of some ticker-days, in the versions that the ledger names: their rows for Spark.
 *
 * @param versions Delta version by table
 */
record TickerDayTables(
    Spark spark, Lake lake, Collection<TickerDay> days, Map<String, Long> versions) {

  /** Rows of a table of which the ledger names a version. */
  Dataset<Row> of(String table) {
    return lake.read(table, versions.get(table), ReplaceScope.of(days));
  }

  /** Whether the ledger names a version of a table. */
  boolean has(String table) {
    return versions.containsKey(table);
  }

  /** Their keys alone, a row each. */
  Dataset<Row> keys() {
    return spark
        .session()
        .createDataFrame(
            days.stream()
                .map(
                    day ->
                        RowFactory.create(
                            java.sql.Date.valueOf(day.tradeDate()), day.ticker(), day.levels()))
                .toList(),
            Schemas.of(TableCatalog.KEY));
  }

  /** Levels of the deepest. */
  int deepest() {
    return days.stream().mapToInt(TickerDay::levels).max().orElseThrow();
  }
}
