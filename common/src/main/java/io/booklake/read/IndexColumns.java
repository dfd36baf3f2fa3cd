package io.booklake.read;

import java.util.List;
import java.util.Map;

/**
 * Where the rows of a table tell which events they are of.
 *
 * @param first column of the first event index
 * @param last column of the last one; the same where a row is of one event
 * @param isOpen whether {@code last} may be NULL for a row that has no end
 */
record IndexColumns(String first, String last, boolean isOpen) {
  private static final IndexColumns EVENT = new IndexColumns("event_index", "event_index", false);
  private static final IndexColumns EVENTS = new IndexColumns("start_index", "end_index", false);
  private static final Map<String, IndexColumns> OTHERS =
      Map.of(
          "book_snapshots", new IndexColumns("snapshot_index", "snapshot_index", false),
          "orders", new IndexColumns("entry_index", "exit_index", true),
          "candles", EVENTS,
          "volume_profile", EVENTS,
          "depth_metrics", new IndexColumns("end_index", "end_index", false));

  static IndexColumns of(String table) {
    return OTHERS.getOrDefault(table, EVENT);
  }

  /** Rows of which any event is in a range, both ends included. */
  List<Condition> between(long from, long to) {
    return first.equals(last)
        ? List.of(new Condition(first, from, to, false))
        : List.of(Condition.atMost(first, to), new Condition(last, from, Long.MAX_VALUE, isOpen));
  }
}
