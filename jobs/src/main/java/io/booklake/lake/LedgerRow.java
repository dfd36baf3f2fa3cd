package io.booklake.lake;

import io.booklake.aggregate.Session;
import io.booklake.format.lobster.Inspection;
import io.booklake.model.TickerDay;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads a row of {@code ticker_days}, which is a map by column name. */
final class LedgerRow {
  static final String TABLE_VERSIONS = "table_versions";
  static final String TABLE_PARAMETERS = "table_parameters";

  /** What an entry is made of; the rest of a row is several times as much. */
  static final List<String> ENTRY_COLUMNS =
      List.of(
          "trade_date",
          "ticker",
          "levels",
          "row_count",
          "start_time_ns",
          "end_time_ns",
          "message_file",
          "message_sha256",
          "message_bytes",
          "message_stored_bytes",
          "message_modified_at",
          "orderbook_file",
          "orderbook_sha256",
          "orderbook_bytes",
          "orderbook_stored_bytes",
          "orderbook_modified_at",
          "run_id",
          "run_host",
          TABLE_VERSIONS,
          TABLE_PARAMETERS);

  private LedgerRow() {}

  static Ledger.Entry entry(Map<String, Object> row) {
    return new Ledger.Entry(
        (Long) row.get("row_count"),
        new Session(tickerDay(row), (Long) row.get("start_time_ns"), (Long) row.get("end_time_ns")),
        source(row),
        new DeliveredPair(file(row, "message"), file(row, "orderbook")),
        tableVersions(row),
        tableParameters(row),
        publisher(row));
  }

  static TickerDay tickerDay(Map<String, Object> row) {
    return new TickerDay(
        (LocalDate) row.get("trade_date"), (String) row.get("ticker"), (Integer) row.get("levels"));
  }

  static Inspection.Known source(Map<String, Object> row) {
    return new Inspection.Known(
        (String) row.get("message_sha256"), (String) row.get("orderbook_sha256"));
  }

  private static DeliveredPair.DeliveredFile file(Map<String, Object> row, String which) {
    return new DeliveredPair.DeliveredFile(
        (String) row.get(which + "_file"),
        (Long) row.get(which + "_bytes"),
        (Long) row.get(which + "_stored_bytes"),
        (Instant) row.get(which + "_modified_at"));
  }

  static Ledger.Publisher publisher(Map<String, Object> row) {
    return new Ledger.Publisher((String) row.get("run_id"), (String) row.get("run_host"));
  }

  /** Version of every table that holds the ticker-day of a row. */
  @SuppressWarnings("unchecked")
  static Map<String, Long> tableVersions(Map<String, Object> row) {
    return (Map<String, Long>) row.get(TABLE_VERSIONS);
  }

  static void putTableVersion(Map<String, Object> row, String table, long version) {
    row.put(TABLE_VERSIONS, with(tableVersions(row), table, version));
  }

  @SuppressWarnings("unchecked")
  private static Map<String, String> tableParameters(Map<String, Object> row) {
    return (Map<String, String>) row.get(TABLE_PARAMETERS);
  }

  /** Notes what a derived table holds, with commas between. */
  static void putHeld(Map<String, Object> row, String derived, String names) {
    row.put(TABLE_PARAMETERS, with(tableParameters(row), derived, names));
  }

  private static <V> Map<String, V> with(Map<String, V> map, String key, V value) {
    Map<String, V> changed = new HashMap<>(map);
    changed.put(key, value);
    return changed;
  }
}
