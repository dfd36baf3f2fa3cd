package io.booklake.job;

import java.util.Map;

/**
 * Which lines of its two source files the rows of a table were computed from.
 *
 * @param messages events of the message file; null for none
 * @param books rows of the orderbook file; null for none
 */
record Lineage(EventRange messages, EventRange books) {

  /**
   * The lineage of a row.
   *
   * @param row by column name
   */
  static Lineage of(String table, Map<String, Object> row) {
    return switch (table) {
      case "messages" -> new Lineage(event(row), null);
      case "depth" -> new Lineage(null, event(row));
      case "mbo" -> new Lineage(event(row), event(row));
      case "trades" -> trade(row);
      case "candles" -> bar(row);
      case "volume_profile" ->
          new Lineage(new EventRange(number(row, "start_index"), number(row, "end_index")), null);
      case "depth_metrics" -> step(row);
      default -> throw new IllegalArgumentException("no lineage is known of " + table);
    };
  }

  private static EventRange event(Map<String, Object> row) {
    return EventRange.of(number(row, "event_index"));
  }

  /** The fills of a sweep up to this one, and the quotes before them. */
  private static Lineage trade(Map<String, Object> row) {
    long index = number(row, "event_index");
    long firstFill = row.get("sweep_id") instanceof Long sweep ? sweep : index;
    return new Lineage(
        new EventRange(firstFill, index),
        index == 0 ? null : new EventRange(Math.max(0, firstFill - 1), index - 1));
  }

  /** A bar inherits the quote before its first event. */
  private static Lineage bar(Map<String, Object> row) {
    if (row.get("start_index") == null) {
      return new Lineage(null, null);
    }
    EventRange events = new EventRange(number(row, "start_index"), number(row, "end_index"));
    return new Lineage(events, events.andOneBefore());
  }

  /** A step without events is the book after the last one before. */
  private static Lineage step(Map<String, Object> row) {
    long last = number(row, "end_index");
    long count = number(row, "event_count");
    if (count == 0) {
      return new Lineage(null, EventRange.of(last));
    }
    EventRange events = new EventRange(last - count + 1, last);
    return new Lineage(events, events.andOneBefore());
  }

  private static long number(Map<String, Object> row, String column) {
    return (Long) row.get(column);
  }
}
