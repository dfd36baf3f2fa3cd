package io.booklake.verify;

import java.util.List;

/**
 * The checks of a ticker-day that go from event to event. Rows come in ascending order of event;
 * those of one event in the order of the methods here. Bars and bins come last.
 */
public final class EventChecks {
  private final Published published;
  private final RowCheck rows;
  private final TradeCheck trades;
  private final ReplayCheck replay;
  private final VolumeCheck candles;
  private final VolumeCheck profiles;

  /** Begins a ticker-day. */
  public EventChecks(Published published) {
    this.published = published;
    rows = new RowCheck(published);
    trades = new TradeCheck(published);
    replay = published.has("mbo") ? new ReplayCheck(published) : null;
    candles = new VolumeCheck(published, "candles", published.bars());
    profiles = new VolumeCheck(published, "volume_profile", published.profiles());
  }

  /** Levels of a row of {@code depth}. */
  public int levels() {
    return published.tickerDay().levels();
  }

  /** A row of {@code messages}. */
  public void message(MessageRow row) {
    rows.message(row);
    trades.message(row);
  }

  /** A row of {@code depth}. */
  public void book(BookRow row) {
    rows.book(row);
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
    trades.trade(row);
    candles.trade(row);
    profiles.trade(row);
  }

  /** A row of {@code candles}. */
  public void bar(VolumeRow row) {
    candles.part(row);
  }

  /** A row of {@code volume_profile}. */
  public void bin(VolumeRow row) {
    profiles.part(row);
  }

  /** Ends the ticker-day. */
  public List<CheckResult> results() {
    return List.of(
        rows.result(),
        replay == null
            ? CheckResult.skipped(published.tickerDay(), "replay", "mbo does not hold it")
            : replay.result(),
        trades.result(),
        volumes(candles, "candles"),
        volumes(profiles, "volume_profile"));
  }

  private CheckResult volumes(VolumeCheck check, String table) {
    return published.has(table)
        ? check.result()
        : CheckResult.skipped(published.tickerDay(), table, table + " does not hold it");
  }
}
