package io.booklake.job;

import io.booklake.format.lobster.HadoopSource;
import io.booklake.model.TickerDay;
import io.booklake.verify.CheckResult;
import io.booklake.verify.EventChecks;
import io.booklake.verify.OrderCheck;
import io.booklake.verify.Published;
import java.io.Serializable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.util.SerializableConfiguration;

/** Which rows the checks of a ticker-day are given, and in which order. */
final class StreamedChecks {
  private StreamedChecks() {}

  /** Checks that go from event to event. */
  static List<CheckResult> byEvent(
      TickerDayTables tables, Map<TickerDay, Published> published, Configuration hadoop) {
    MergedRows<EventChecks> merged =
        new MergedRows<EventChecks>(tables)
            .with(
                tables.of("messages"),
                RowValues.MESSAGE,
                List.of("event_index", "0", "0", "0"),
                (checks, values) -> checks.message(RowValues.message(values)))
            .with(
                tables.of("depth"),
                RowValues.book(tables.deepest()),
                List.of("event_index", "1", "0", "0"),
                (checks, values) -> checks.book(RowValues.book(values, 0, checks.levels())))
            .with(
                tables.of("trades"),
                RowValues.TRADE,
                List.of("event_index", "5", "0", "0"),
                (checks, values) -> checks.trade(RowValues.trade(values)));
    if (tables.has("mbo")) {
      merged
          .with(
              tables.of("mbo"),
              RowValues.CHANGE,
              List.of("event_index", "2", "sequence", "0"),
              (checks, values) -> checks.change(RowValues.change(values)))
          .with(
              tables.of("book_snapshots"),
              RowValues.SNAPSHOT,
              // Bids come first, of them the highest.
              List.of("snapshot_index", "3", "IF(side = 'bid', -price, price)", "queue_position"),
              (checks, values) -> checks.snapshotRow(RowValues.snapshot(values)))
          .with(
              tables.of("orders"),
              RowValues.ORDER,
              List.of("entry_index", "4", "order_id", "0"),
              (checks, values) -> checks.entry(RowValues.order(values)));
    }
    if (tables.has("candles")) {
      merged.with(
          tables.of("candles"),
          RowValues.BAR,
          List.of(MergedRows.LAST, "0", "bar_index", "0"),
          (checks, values) -> checks.bar(RowValues.bar(values)));
    }
    if (tables.has("volume_profile")) {
      merged.with(
          tables.of("volume_profile"),
          RowValues.BIN,
          List.of(MergedRows.LAST, "1", "window_index", "TRY_CAST(round(price * 10000) AS BIGINT)"),
          (checks, values) -> checks.bin(RowValues.bin(values)));
    }
    if (tables.has("depth_metrics")) {
      merged.with(
          tables.of("depth_metrics"),
          RowValues.STEP,
          List.of(MergedRows.LAST, "2", "step_index", "0"),
          (checks, values) -> checks.step(RowValues.step(values)));
    }
    Days days = new Days(published);
    SerializableConfiguration configuration = new SerializableConfiguration(hadoop);
    return merged.check(
        day -> new EventChecks(days.of(day), new HadoopSource(configuration.value())));
  }

  /** Checks that go from order to order. */
  static List<CheckResult> byOrder(TickerDayTables tables, Map<TickerDay, Published> published) {
    if (!tables.has("mbo")) {
      return tables.days().stream()
          .map(day -> CheckResult.skipped(day, "orders", "orders does not hold it"))
          .toList();
    }
    Days days = new Days(published);
    return new MergedRows<OrderCheck>(tables)
        .with(
            tables.of("orders"),
            RowValues.ORDER,
            List.of("order_id", "-1", "entry_index", "0"),
            (check, values) -> check.life(RowValues.order(values)))
        .with(
            tables.of("messages").where("event_type BETWEEN 1 AND 4"),
            RowValues.MESSAGE,
            List.of("order_id", "event_index", "0", "0"),
            (check, values) -> check.message(RowValues.message(values)))
        .with(
            tables.of("mbo"),
            RowValues.CHANGE,
            List.of("order_id", "event_index", "1", "sequence"),
            (check, values) -> check.change(RowValues.change(values)))
        .with(
            tables.of("book_snapshots").where("order_id IS NOT NULL"),
            RowValues.SNAPSHOT,
            List.of("order_id", "snapshot_index", "2", "0"),
            (check, values) -> check.snapshotRow(RowValues.snapshot(values)))
        .check(day -> new OrderCheck(days.of(day)));
  }

  /** What the ledger has, inside of tasks. */
  private static final class Days implements Serializable {
    private final HashMap<TickerDay, Published> published;

    Days(Map<TickerDay, Published> published) {
      this.published = new HashMap<>(published);
    }

    Published of(TickerDay day) {
      return published.get(day);
    }
  }
}
