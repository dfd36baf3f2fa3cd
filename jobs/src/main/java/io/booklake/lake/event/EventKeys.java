package io.booklake.lake.event;

import io.booklake.format.lobster.EventBatch;
import io.booklake.model.ExchangeTime;
import io.booklake.table.ColumnBatch;

/** The columns by which every row of a per-event table is placed: index, nanoseconds, instant. */
final class EventKeys {
  private EventKeys() {}

  static void fill(ColumnBatch batch, EventBatch events, ExchangeTime clock) {
    batch.column("time_ns").longs = events.timeNanos;
    long[] index = batch.column("event_index").longs;
    long[] time = batch.column("event_time").longs;
    for (int row = 0; row < events.rows; row++) {
      index[row] = events.firstIndex + row;
      time[row] = clock.epochMicros(events.timeNanos[row]);
    }
  }
}
