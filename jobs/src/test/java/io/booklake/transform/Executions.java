package io.booklake.transform;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;

import java.util.List;
import org.apache.spark.sql.Column;

/**
 * Executions in SQL: which events they are, who was the aggressor, and how much was traded.
 *
 * <p>Continuous trades are executions of visible (type 4) and hidden (type 5) orders; auction
 * trades (type 6) are kept apart. The direction in the files is that of the resting order, so the
 * aggressor is the opposite; from 2014-07-14 on NASDAQ masks it for hidden orders.
 */
final class Executions {

  /** True for continuous trades. */
  static final String IS_CONTINUOUS = "event_type IN (4, 5)";

  /** Buy or sell; NULL where nobody knows and for events that are no continuous trades. */
  static final String AGGRESSOR_SIDE =
      "CASE WHEN event_type = 4 OR (event_type = 5 AND trade_date < DATE'2014-07-14')"
          + " THEN IF(direction = 1, 'sell', 'buy') END";

  private Executions() {}

  /**
   * Sums over the events of a group: volume, trade_count, buy_volume, sell_volume, hidden_volume,
   * unknown_side_volume and cross_volume, 0 where there are none.
   */
  static List<Column> volumes() {
    return List.of(
        shares(IS_CONTINUOUS).as("volume"),
        expr("count(*) FILTER (WHERE " + IS_CONTINUOUS + ")").as("trade_count"),
        shares(AGGRESSOR_SIDE + " = 'buy'").as("buy_volume"),
        shares(AGGRESSOR_SIDE + " = 'sell'").as("sell_volume"),
        shares("event_type = 5").as("hidden_volume"),
        shares(IS_CONTINUOUS + " AND " + AGGRESSOR_SIDE + " IS NULL").as("unknown_side_volume"),
        shares("event_type = 6").as("cross_volume"));
  }

  private static Column shares(String condition) {
    return coalesce(expr("sum(size) FILTER (WHERE " + condition + ")"), lit(0L));
  }
}
