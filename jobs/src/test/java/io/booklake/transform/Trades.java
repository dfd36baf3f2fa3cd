package io.booklake.transform;

import static io.booklake.table.TableCatalog.TRADES;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.first;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;

/**
 * The {@code trades} table by SQL over rows, slow and obvious: the twin of what the ingest writes
 * by columns.
 *
 * <p>A <b>sweep</b> is the fills of one aggressor: continuous executions of the same ticker-day at
 * the same nanosecond and on the same aggressor side, where a masked side is a side of its own. Its
 * sweep_id is the event_index of its first fill; crosses have none.
 *
 * <p>The <b>effective spread</b> is 2 D (P - M), with D = 1 for an aggressive buy and -1 for a sell
 * and M the mid before the sweep's <i>first</i> fill, so that a sweep pays for the levels it eats.
 * In whole price units that is D (2 P - (bid + ask)). It is NULL without aggressor or where that
 * quote is one-sided or missing.
 */
final class Trades {

  private Trades() {}

  /**
   * Executions of all ticker-days in {@code paired}.
   *
   * @param paired events with the book after them, see {@link EventDatasets#paired}; one level is
   *     enough
   * @return rows of {@code trades}
   */
  static Dataset<Row> of(Dataset<Row> paired) {
    WindowSpec sweep =
        Window.partitionBy(
                "trade_date", "ticker", "levels", "is_cross", "time_ns", "aggressor_side")
            .orderBy("event_index");
    return Quotes.around(paired)
        .where("event_type IN (4, 5, 6)")
        .withColumn("aggressor_side", expr(Executions.AGGRESSOR_SIDE))
        .withColumn("is_hidden", expr("event_type = 5"))
        .withColumn("is_cross", expr("event_type = 6"))
        .withColumn("twice_mid_before", expr("previous_ask_price + previous_bid_price"))
        // Both in one select, so that they share one window.
        .select(
            col("*"),
            first("event_index").over(sweep).as("first_fill"),
            first(col("twice_mid_before")).over(sweep).as("twice_mid"))
        .withColumn("sweep_id", expr("IF(is_cross, NULL, first_fill)"))
        .withColumn(
            "effective_spread",
            expr(
                "CASE aggressor_side WHEN 'buy' THEN 2 * price - twice_mid"
                    + " WHEN 'sell' THEN twice_mid - 2 * price END"))
        .withColumn("bid_price", col("previous_bid_price"))
        .withColumn("bid_size", col("previous_bid_size"))
        .withColumn("ask_price", col("previous_ask_price"))
        .withColumn("ask_size", col("previous_ask_size"))
        .select(CatalogOrder.columns(TRADES));
  }
}
