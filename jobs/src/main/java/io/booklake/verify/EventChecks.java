package io.booklake.verify;

import io.booklake.format.lobster.HadoopSource;
import io.booklake.table.TableCatalog;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The checks of a ticker-day that go from event to event. Rows come in ascending order of event;
 * those of one event in the order of the methods here. Bars, bins and steps come last.
 */
public final class EventChecks implements DayChecks {
  private final Published published;
  private final SourceCheck source;
  private final RowCheck rows;
  private final TimeCheck times;
  private final TradeCheck trades;
  private final ReplayCheck replay;
  private final DerivedCheck candles;
  private final DerivedCheck profiles;
  private final DerivedCheck metrics;

  /**
   * Begins a ticker-day.
   *
   * @param files opens what it was taken in from
   */
  public EventChecks(Published published, HadoopSource files) {
    this.published = published;
    source = new SourceCheck(published, files);
    times = new TimeCheck(published);
    trades = new TradeCheck(published);
    replay = published.has("mbo") ? new ReplayCheck(published) : null;
    candles = new DerivedCheck(published, TableCatalog.CANDLES, List.of("bar_index"));
    profiles =
        new DerivedCheck(published, TableCatalog.VOLUME_PROFILE, List.of("window_index", "price"));
    metrics = new DerivedCheck(published, TableCatalog.DEPTH_METRICS, List.of("step_index"));
    rows = new RowCheck(published, List.of(source::add, candles::add, profiles::add, metrics::add));
    source.open();
  }

  /** Levels of a row of {@code depth}. */
  public int levels() {
    return published.tickerDay().levels();
  }

  /** A row of {@code messages}. */
  public void message(MessageRow row) {
    rows.message(row);
    times.row("messages", row.eventIndex(), row.timeNanos(), row.eventTimeMicros());
    trades.message(row);
  }

  /** A row of {@code depth}. */
  public void book(BookRow row) {
    rows.book(row);
    times.row("depth", row.eventIndex(), row.timeNanos(), row.eventTimeMicros());
    trades.book(row);
    if (replay != null) {
      replay.book(row);
    }
  }

  /** A row of {@code mbo}, by sequence. */
  public void change(ChangeRow row) {
    rows.change();
    replay.change(row);
  }

  /** A row of {@code book_snapshots}: bids, then asks, each outwards, each in queue order. */
  public void snapshotRow(SnapshotRow row) {
    rows.snapshotRow();
    replay.snapshotRow(row);
  }

  /** A row of {@code orders}, at its entry. */
  public void entry(OrderRow row) {
    rows.order();
    replay.entry(row);
  }

  /** A row of {@code trades}. */
  public void trade(TradeRow row) {
    rows.trade();
    times.row("trades", row.eventIndex(), row.timeNanos(), row.eventTimeMicros());
    trades.trade(row);
  }

  /** A row of {@code candles}, by number. */
  public void bar(DerivedRow row) {
    derived(candles, row);
  }

  /** A row of {@code volume_profile}, by window and price. */
  public void bin(DerivedRow row) {
    derived(profiles, row);
  }

  /** A row of {@code depth_metrics}, by number. */
  public void step(DerivedRow row) {
    derived(metrics, row);
  }

  /** Rows that were computed from all events are held against nothing less. */
  private void derived(DerivedCheck check, DerivedRow row) {
    if (rows.end()) {
      check.row(row);
    }
  }

  @Override
  public List<CheckResult> results() {
    boolean isWhole = rows.end();
    List<CheckResult> results = new ArrayList<>(source.results(isWhole));
    results.add(rows.result());
    results.add(times.result());
    results.add(
        replay == null
            ? CheckResult.skipped(published.tickerDay(), "replay", "mbo does not hold it")
            : replay.result());
    results.add(trades.result());
    results.add(candles.result(isWhole));
    results.add(profiles.result(isWhole));
    results.add(metrics.result(isWhole));
    return results;
  }

  @Override
  public void close() throws IOException {
    source.close();
  }
}
