package io.booklake.job;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Reads rows back for people and scripts, in the published versions.
 *
 * <pre>{@code booklake show depth --ticker GOOG --index 100..110 --lake /data/lake}</pre>
 */
public final class ShowJob {

  /**
   * What to show.
   *
   * @param table its name
   * @param indexColumns columns of the first and the last event index of a row; equal in per-event
   *     tables, empty where there is none
   * @param orderColumns order of the rows behind the ticker-day
   */
  public record View(String table, List<String> indexColumns, List<String> orderColumns) {}

  private static final List<String> EVENT = List.of("event_index", "event_index");
  private static final List<String> RANGE = List.of("start_index", "end_index");

  /** What can be shown, by its name on the command line. */
  public static final Map<String, View> VIEWS =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry("ticker-days", new View("ticker_days", List.of(), List.of())),
              Map.entry("quarantine", new View("quarantine", List.of(), List.of("reason", "file"))),
              Map.entry("messages", new View("messages", EVENT, List.of("event_index"))),
              Map.entry("depth", new View("depth", EVENT, List.of("event_index"))),
              Map.entry("trades", new View("trades", EVENT, List.of("event_index"))),
              Map.entry("mbo", new View("mbo", EVENT, List.of("event_index", "sequence"))),
              Map.entry(
                  "snapshots",
                  new View(
                      "book_snapshots",
                      List.of("snapshot_index", "snapshot_index"),
                      List.of("snapshot_index", "side", "price", "queue_position"))),
              Map.entry(
                  "orders",
                  new View(
                      "orders",
                      List.of("entry_index", "exit_index"),
                      List.of("order_id", "entry_index"))),
              Map.entry("candles", new View("candles", RANGE, List.of("bar_spec", "bar_index"))),
              Map.entry(
                  "profile",
                  new View(
                      "volume_profile",
                      RANGE,
                      List.of("window_spec", "bin_size", "window_index", "price"))),
              Map.entry(
                  "metrics",
                  new View(
                      "depth_metrics",
                      List.of("end_index", "end_index"),
                      List.of("grid_spec", "step_index")))));

  private final Run run;
  private final View view;
  private final long first;
  private final long last;
  private final int limit;

  /**
   * A job of a run.
   *
   * @param first first event index
   * @param last last event index, inclusive
   * @param limit most rows to show
   */
  public ShowJob(Run run, View view, long first, long last, int limit) {
    this.run = run;
    this.view = view;
    this.first = first;
    this.last = last;
    this.limit = limit;
  }

  /**
   * Reads.
   *
   * @throws InvalidInputException if the lake does not have the table or any published ticker-day
   *     of the selection
   */
  public Report execute() {
    if (!run.lake().has(view.table())) {
      throw new InvalidInputException(
          "the lake "
              + run.lake().root()
              + " has no table "
              + view.table()
              + " yet: run the job that makes it first");
    }
    List<Row> rows = new ArrayList<>();
    String[] columns;
    if (view.table().equals("quarantine") || view.table().equals("ticker_days")) {
      Dataset<Row> all = run.lake().read(view.table());
      columns = all.columns();
      rows.addAll(ordered(all.where(condition())).limit(limit).collectAsList());
    } else {
      columns = published(rows);
    }
    boolean more = rows.size() >= limit;
    List<List<Object>> values = rows.stream().map(ShowJob::values).toList();
    String title =
        view.table()
            + " of "
            + run.lake().root()
            + ": "
            + values.size()
            + " rows"
            + (more ? " (--limit)" : "");
    return new Report(title, List.of(columns), values, false);
  }

  /** Rows of ticker-days that the ledger publishes, in its versions. */
  private String[] published(List<Row> rows) {
    Dataset<Row> all =
        PublishedRows.of(run, view.table())
            .orElseThrow(
                () ->
                    new InvalidInputException(
                        "no ticker-day of this selection is published in "
                            + view.table()
                            + ": look at 'booklake show ticker-days'"));
    // Without a range, bars without events are shown too: they have no index.
    if (!view.indexColumns().isEmpty() && !(first == 0 && last == Long.MAX_VALUE)) {
      all =
          all.where(
              // An order that never left has no exit.
              "coalesce("
                  + view.indexColumns().get(1)
                  + ", 9223372036854775807) >= "
                  + first
                  + " AND "
                  + view.indexColumns().get(0)
                  + " <= "
                  + last);
    }
    rows.addAll(ordered(all).limit(limit).collectAsList());
    return all.columns();
  }

  /** The selection as a condition of Spark SQL, made of checked values. */
  private String condition() {
    Selection selection = run.selection();
    List<String> conditions = new ArrayList<>(List.of("true"));
    if (!selection.tickers().isEmpty()) {
      conditions.add("ticker IN ('" + String.join("', '", selection.tickers()) + "')");
    }
    if (selection.first() != null) {
      conditions.add("trade_date >= DATE'" + selection.first() + "'");
    }
    if (selection.last() != null) {
      conditions.add("trade_date <= DATE'" + selection.last() + "'");
    }
    if (selection.levels() > 0) {
      conditions.add("levels = " + selection.levels());
    }
    return String.join(" AND ", conditions);
  }

  private Dataset<Row> ordered(Dataset<Row> rows) {
    List<String> order = new ArrayList<>(List.of("trade_date", "ticker", "levels"));
    order.addAll(view.orderColumns());
    return rows.sort(order.get(0), order.subList(1, order.size()).toArray(String[]::new));
  }

  private static List<Object> values(Row row) {
    List<Object> values = new ArrayList<>();
    for (int i = 0; i < row.size(); i++) {
      values.add(row.get(i));
    }
    return values;
  }
}
