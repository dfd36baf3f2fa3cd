package io.booklake.read;

import io.booklake.model.TickerDay;
import java.time.LocalDate;
import java.util.Map;
import java.util.OptionalInt;

/**
 * A ticker-day as the ledger publishes it.
 *
 * @param events its number of events: their indexes are 0 to one less
 * @param snapshotInterval events from one snapshot of the book to the next; empty where it was
 *     taken in without the order-level book
 * @param tableVersions Delta version of every table that holds it
 * @param tableParameters what the derived tables hold of it, such as {@code candles ->
 *     events:50,time:1m}
 * @param entry its whole row of the ledger
 */
record PublishedDay(
    TickerDay tickerDay,
    long events,
    OptionalInt snapshotInterval,
    Map<String, Long> tableVersions,
    Map<String, String> tableParameters,
    Map<String, Object> entry) {

  /**
   * A row of the ledger.
   *
   * @param row by column name
   */
  @SuppressWarnings("unchecked")
  static PublishedDay of(Map<String, Object> row) {
    return new PublishedDay(
        new TickerDay(
            (LocalDate) row.get("trade_date"),
            (String) row.get("ticker"),
            (Integer) row.get("levels")),
        (Long) row.get("row_count"),
        row.get("snapshot_interval") instanceof Integer interval
            ? OptionalInt.of(interval)
            : OptionalInt.empty(),
        (Map<String, Long>) row.get("table_versions"),
        (Map<String, String>) row.get("table_parameters"),
        row);
  }
}
