package io.booklake.lake;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.map;
import static org.apache.spark.sql.functions.map_concat;

import io.booklake.format.lobster.Inspection;
import io.booklake.format.lobster.PairQuality;
import io.booklake.model.EventType;
import io.booklake.model.TickerDay;
import io.booklake.table.Table;
import io.booklake.table.TableCatalog;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;

/**
 * The table {@code ticker_days}: what is published, from which bytes, and in which versions of the
 * tables.
 */
public final class Ledger {

  /**
   * A ticker-day as the ledger has it.
   *
   * @param source digests of its two files
   * @param tableVersions Delta version of every table that holds it
   * @param tableParameters what the derived tables hold
   */
  public record Entry(
      Inspection.Known source,
      Map<String, Long> tableVersions,
      Map<String, String> tableParameters) {}

  private static final long NANOS_PER_MILLI = 1_000_000L;

  private final SparkSession spark;
  private final Lake lake;
  private final Table table = TableCatalog.TICKER_DAYS;

  /** The ledger of a lake. */
  public Ledger(SparkSession spark, Lake lake) {
    this.spark = spark;
    this.lake = lake;
  }

  /** Everything published, by ticker-day. */
  public Map<TickerDay, Entry> entries() {
    Map<TickerDay, Entry> entries = new HashMap<>();
    if (lake.has(table.name())) {
      List<Row> rows =
          lake.read(table.name())
              .select(
                  "trade_date",
                  "ticker",
                  "levels",
                  "message_sha256",
                  "orderbook_sha256",
                  "table_versions",
                  "table_parameters")
              .collectAsList();
      for (Row row : rows) {
        entries.put(
            new TickerDay(row.getDate(0).toLocalDate(), row.getString(1), row.getInt(2)),
            new Entry(
                new Inspection.Known(row.getString(3), row.getString(4)),
                row.getJavaMap(5),
                row.getJavaMap(6)));
      }
    }
    return entries;
  }

  /**
   * Publishes ticker-days whose per-event tables are written.
   *
   * @param accepted what was written
   * @param versions of the tables that hold it
   */
  public void publish(
      List<Inspection> accepted,
      Map<String, Long> versions,
      String runId,
      String softwareVersion,
      String configurationHash) {
    Timestamp now = Timestamp.from(Instant.now());
    List<Row> rows = new ArrayList<>();
    for (Inspection inspection : accepted) {
      TickerDay day = inspection.pair().tickerDay();
      PairQuality quality = inspection.quality();
      rows.add(
          RowFactory.create(
              java.sql.Date.valueOf(day.tradeDate()),
              day.ticker(),
              day.levels(),
              inspection.pair().message().location(),
              inspection.message().sha256(),
              inspection.message().bytes(),
              inspection.pair().orderbook().location(),
              inspection.orderbook().sha256(),
              inspection.orderbook().bytes(),
              null,
              inspection.pair().startMillis() * NANOS_PER_MILLI,
              inspection.pair().endMillis() * NANOS_PER_MILLI,
              quality.rows(),
              quality.firstTimeNanos(),
              quality.lastTimeNanos(),
              quality.events(EventType.NEW_ORDER),
              quality.events(EventType.PARTIAL_CANCEL),
              quality.events(EventType.DELETE),
              quality.events(EventType.VISIBLE_EXECUTION),
              quality.events(EventType.HIDDEN_EXECUTION),
              quality.events(EventType.CROSS_TRADE),
              quality.halts(),
              quality.events(EventType.HALT),
              quality.checkedTransitions(),
              quality.brokenTransitions(),
              quality.firstBrokenIndex() < 0 ? null : quality.firstBrokenIndex(),
              quality.crossedRows(),
              runId,
              softwareVersion,
              configurationHash,
              now,
              versions,
              Map.of()));
    }
    Dataset<Row> entries =
        spark
            .createDataFrame(rows, Schemas.of(table.columns()))
            .coalesce(1)
            .sort("trade_date", "ticker", "levels");
    lake.replace(
        table,
        entries,
        ReplaceScope.of(accepted.stream().map(each -> each.pair().tickerDay()).toList()));
  }

  /**
   * Notes that a derived table now holds ticker-days that are published. A ticker-day that was
   * replaced while the table was computed is left as it is: what was computed is not of it.
   *
   * @param inputs versions of the tables that it was computed from
   * @param parameters what it holds for each ticker-day
   */
  public void publishDerived(
      String derived, long version, Map<String, Long> inputs, Map<TickerDay, String> parameters) {
    Map<TickerDay, String> current = new TreeMap<>(parameters);
    Map<TickerDay, Entry> entries = entries();
    current
        .keySet()
        .removeIf(
            day ->
                !entries.containsKey(day)
                    || !entries.get(day).tableVersions().entrySet().containsAll(inputs.entrySet()));
    if (current.isEmpty()) {
      return;
    }
    List<Row> rows =
        current.entrySet().stream()
            .map(
                entry ->
                    RowFactory.create(
                        java.sql.Date.valueOf(entry.getKey().tradeDate()),
                        entry.getKey().ticker(),
                        entry.getKey().levels(),
                        entry.getValue()))
            .toList();
    Dataset<Row> held =
        spark.createDataFrame(rows, Schemas.of(TableCatalog.KEY).add("held", "string"));
    Dataset<Row> noted =
        lake.read(table.name())
            .join(held, new String[] {"trade_date", "ticker", "levels"})
            .withColumn(
                "table_versions",
                map_concat(col("table_versions"), map(lit(derived), lit(version))))
            .withColumn(
                "table_parameters",
                map_concat(col("table_parameters"), map(lit(derived), col("held"))))
            .coalesce(1)
            .sortWithinPartitions("trade_date", "ticker", "levels");
    lake.replace(table, noted, ReplaceScope.of(current.keySet()));
  }

  /** Begin and end of the session of every published ticker-day. */
  public Dataset<Row> sessions() {
    return lake.read(table.name())
        .select("trade_date", "ticker", "levels", "start_time_ns", "end_time_ns");
  }
}
