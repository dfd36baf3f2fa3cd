package io.booklake.transform;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lag;
import static org.apache.spark.sql.functions.last;
import static org.apache.spark.sql.functions.lead;
import static org.apache.spark.sql.functions.lit;

import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;

/**
 * Best quotes around every event. The quote <i>before</i> event k is row k-1 of the same
 * ticker-day; the first event has none.
 *
 * <p>Trading is halted from an event of type 7 with price -1 on until one with price 1; price 0
 * resumes quoting only.
 */
final class Quotes {

  /** The order of everything: the events of one ticker-day as they happened. */
  static final WindowSpec TICKER_DAY =
      Window.partitionBy("trade_date", "ticker", "levels").orderBy("event_index");

  /** The events of the ticker-day before the current one. */
  static final WindowSpec BEFORE = TICKER_DAY.rowsBetween(Window.unboundedPreceding(), -1);

  private static final WindowSpec SO_FAR =
      TICKER_DAY.rowsBetween(Window.unboundedPreceding(), Window.currentRow());

  private Quotes() {}

  /**
   * Adds to every event: {@code previous_ask_price, previous_ask_size, previous_bid_price,
   * previous_bid_size} (NULL for the first event), {@code previous_time_ns} (NULL for the first
   * event), {@code next_time_ns} (NULL for the last event), {@code is_halted_before} and {@code
   * is_halted_after}.
   *
   * <p>All of them come from one sort by ticker-day and event_index; those that are not used are
   * not computed.
   */
  static Dataset<Row> around(Dataset<Row> paired) {
    return paired.select(
        col("*"),
        lag("ask_price_1", 1).over(TICKER_DAY).as("previous_ask_price"),
        lag("ask_size_1", 1).over(TICKER_DAY).as("previous_ask_size"),
        lag("bid_price_1", 1).over(TICKER_DAY).as("previous_bid_price"),
        lag("bid_size_1", 1).over(TICKER_DAY).as("previous_bid_size"),
        lag("time_ns", 1).over(TICKER_DAY).as("previous_time_ns"),
        lead("time_ns", 1).over(TICKER_DAY).as("next_time_ns"),
        halted(BEFORE).as("is_halted_before"),
        halted(SO_FAR).as("is_halted_after"));
  }

  private static Column halted(WindowSpec frame) {
    Column change =
        expr(
            "CASE WHEN event_type = 7 AND price = -1 THEN true"
                + " WHEN event_type = 7 AND price = 1 THEN false END");
    return coalesce(last(change, true).over(frame), lit(false));
  }
}
