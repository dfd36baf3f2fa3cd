package io.booklake.cli;

import static java.util.Map.entry;

import io.booklake.job.InvalidInputException;
import io.booklake.job.Report;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Which columns of a table are shown. */
final class ShownColumns {
  /** Asks for every column. */
  static final String ALL = "all";

  /** Of tables whose rows are too wide for a terminal: what people look for first. */
  static final Map<String, List<String>> FOR_PEOPLE =
      Map.ofEntries(
          entry(
              "ticker_days",
              key("row_count proven_share known_share published_at table_parameters")),
          entry("quarantine", key("reason message")),
          entry(
              "runs",
              List.of(
                  "run_id step seconds event_count row_count published_count unchanged_count rejected_count outcome error"
                      .split(" "))),
          entry(
              "depth", key("event_index event_time bid_size_1 bid_price_1 ask_price_1 ask_size_1")),
          entry(
              "trades",
              key(
                  "event_index event_time price size aggressor_side is_hidden is_cross bid_price ask_price")),
          entry(
              "orders",
              key(
                  "order_id side price entry_index exit_index entry_size filled cancelled exit_reason")),
          entry(
              "candles",
              key("bar_spec bar_index start_time event_count open high low close volume vwap")),
          entry(
              "volume_profile",
              key(
                  "window_spec window_index price volume buy_volume sell_volume is_poc in_value_area")),
          entry(
              "depth_metrics",
              key("grid_spec step_index end_index event_count spread mid weighted_mid imbalance")));

  private ShownColumns() {}

  private static List<String> key(String rest) {
    return List.of(("trade_date ticker levels " + rest).split(" "));
  }

  /**
   * The columns that somebody asks for, in that order.
   *
   * @throws InvalidInputException if there is one that the report does not have
   */
  static Report asked(Report report, List<String> names) {
    if (names.contains(ALL)) {
      return report;
    }
    for (String name : names) {
      if (!report.columns().contains(name)) {
        throw new InvalidInputException(
            "--columns: found '"
                + name
                + "', expected "
                + ALL
                + " or some of "
                + report.columns()
                + Nearest.hint(name, report.columns()));
      }
    }
    return of(report, report.title(), names.stream().distinct().toList());
  }

  /** What people look for first, and how many columns there are. */
  static Report forPeople(Report report, String table) {
    List<String> names =
        FOR_PEOPLE.getOrDefault(table, report.columns()).stream()
            // An older lake may lack one.
            .filter(report.columns()::contains)
            .toList();
    int all = report.columns().size();
    return names.size() == all
        ? report
        : of(
            report,
            report.title()
                + ", "
                + names.size()
                + " of "
                + all
                + " columns (--columns "
                + ALL
                + ")",
            names);
  }

  private static Report of(Report report, String title, List<String> names) {
    List<List<Object>> rows = new ArrayList<>();
    for (List<Object> row : report.rows()) {
      List<Object> cells = new ArrayList<>();
      names.forEach(name -> cells.add(row.get(report.columns().indexOf(name))));
      rows.add(cells);
    }
    return new Report(title, names, rows, report.partlyFailed());
  }
}
