package io.booklake.verify;

import io.booklake.model.ExchangeTime;

/** Checks the instants of the per-event tables: each is the same moment as its nanoseconds. */
final class TimeCheck {
  private final Verdict verdict;
  private final ExchangeTime clock;

  TimeCheck(Published published) {
    verdict = new Verdict(published.tickerDay(), "event_times");
    clock = new ExchangeTime(published.tickerDay().tradeDate());
  }

  void row(String table, long eventIndex, long timeNanos, long eventTimeMicros) {
    verdict.row();
    verdict.expect(
        table,
        eventIndex,
        "event_time, in microseconds since 1970,",
        eventTimeMicros,
        clock.epochMicros(timeNanos));
  }

  CheckResult result() {
    return verdict.result();
  }
}
