package io.booklake.lake;

import io.booklake.table.Table;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Delta properties of every table: what keeps it readable by any Delta reader, and prunable by the
 * right columns.
 */
final class TableProperties {
  private TableProperties() {}

  static Map<String, String> of(Table table) {
    Map<String, String> properties = new LinkedHashMap<>();
    properties.put("delta.enableDeletionVectors", "false");
    properties.put("delta.columnMapping.mode", "none");
    // The ledger pins versions for as long as their ticker-days are published. Delta would refuse
    // to read them after a week, and forget them after 30 days.
    properties.put("delta.deletedFileRetentionDuration", "interval 36500 days");
    properties.put("delta.logRetentionDuration", "interval 36500 days");
    // Delta would keep statistics of the first 32 columns: of most that no reader prunes by.
    properties.put(
        "delta.dataSkippingStatsColumns",
        String.join(
            ",",
            table.statisticsColumns().stream()
                .filter(column -> !table.partitionColumns().contains(column))
                .toList()));
    return properties;
  }
}
