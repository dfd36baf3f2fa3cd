package io.booklake.lake.event;

import io.booklake.format.lobster.EventBatch;
import io.booklake.model.ExchangeTime;
import io.booklake.model.TickerDay;
import io.booklake.table.ColumnValues;

/** The columns by which every row of a per-event table is placed: index, nanoseconds, instant. */
final class EventKeys {
  private final long[] index;
  private final ColumnValues timeNanos;
  private final long[] eventTime;
  private ExchangeTime clock;

  EventKeys(DayRows rows) {
    index = rows.longs("event_index");
    timeNanos = rows.column("time_ns");
    eventTime = rows.longs("event_time");
  }

  void begin(TickerDay tickerDay) {
    clock = new ExchangeTime(tickerDay.tradeDate());
  }

  /** One row for each of these events. */
  void fill(EventBatch events) {
    timeNanos.longs = events.timeNanos;
    for (int row = 0; row < events.rows; row++) {
      index[row] = events.firstIndex + row;
      eventTime[row] = clock.epochMicros(events.timeNanos[row]);
    }
  }
}
