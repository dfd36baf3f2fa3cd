package io.booklake.transform;

import static io.booklake.table.TableCatalog.CANDLES;
import static java.util.Map.entry;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import io.booklake.model.Price;
import io.booklake.model.SliceSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The {@code candles} table by SQL over rows, slow and obvious: the twin of {@link
 * io.booklake.aggregate.Candles}, where every definition stands.
 */
final class SqlCandles {

  private static final String OFI =
      """
      IF(event_type <> 7 AND NOT is_halted_before AND NOT is_halted_after
           AND ask_price_1 IS NOT NULL AND bid_price_1 IS NOT NULL
           AND previous_ask_price IS NOT NULL AND previous_bid_price IS NOT NULL,
         IF(bid_price_1 >= previous_bid_price, bid_size_1, 0)
           - IF(bid_price_1 <= previous_bid_price, previous_bid_size, 0)
           - IF(ask_price_1 <= previous_ask_price, ask_size_1, 0)
           + IF(ask_price_1 >= previous_ask_price, previous_ask_size, 0),
         NULL)
      """;

  /** What the columns of {@link #grouped} hold in a bar without events. */
  private static final Map<String, String> EMPTY_BAR =
      Map.ofEntries(
          entry("event_count", "0L"),
          entry("volume", "0L"),
          entry("trade_count", "0L"),
          entry("buy_volume", "0L"),
          entry("sell_volume", "0L"),
          entry("hidden_volume", "0L"),
          entry("unknown_side_volume", "0L"),
          entry("cross_volume", "0L"),
          entry("start_index", "NULL"),
          entry("end_index", "NULL"),
          entry("open_ticks", "NULL"),
          entry("high_ticks", "NULL"),
          entry("low_ticks", "NULL"),
          entry("close_ticks", "NULL"),
          entry("traded_ticks", "NULL"),
          entry("mid_open_twice", "NULL"),
          entry("mid_high_twice", "NULL"),
          entry("mid_low_twice", "NULL"),
          entry("mid_close_twice", "NULL"),
          entry("ofi", "NULL"),
          entry(
              "time_weighted_spread",
              "IF(bar_index > slice_index, closing_spread_ticks / 10000D, NULL)"),
          entry("is_halted", "bar_index > slice_index AND closes_halted"));

  private SqlCandles() {}

  /**
   * Bars of every ticker-day in {@code paired}; a time bar without events is absent.
   *
   * @param paired events with the book after them, see {@link EventDatasets#paired}; one level is
   *     enough
   * @param sessions one row per ticker-day: its key, start_time_ns, end_time_ns
   * @param bars at least one; all are computed in one pass
   * @return rows of {@code candles}
   */
  static Dataset<Row> of(Dataset<Row> paired, Dataset<Row> sessions, List<SliceSpec> bars) {
    return finished(
        grouped(paired, sessions, bars).withColumn("bar_index", col("slice_index")), bars);
  }

  /**
   * As {@link #of}, and also the time bars without events that share any time with the session
   * [start, end). They have no prices and indices and zero counts; spread and halt are those of the
   * quote that stands through them. Before the first event no quote stands and trading is not
   * halted.
   */
  static Dataset<Row> withEmptyBars(
      Dataset<Row> paired, Dataset<Row> sessions, List<SliceSpec> bars) {
    return finished(filledIn(grouped(paired, sessions, bars)), bars);
  }

  private static Dataset<Row> grouped(
      Dataset<Row> paired, Dataset<Row> sessions, List<SliceSpec> bars) {
    List<Column> sums = new ArrayList<>(Executions.volumes());
    sums.add(expr("min(event_index) AS start_index"));
    sums.add(expr("max(event_index) AS end_index"));
    sums.add(expr("min(time_ns) AS first_time_ns"));
    sums.add(expr("max(time_ns) AS last_time_ns"));
    sums.add(trades("min_by(price, event_index)").as("open_ticks"));
    sums.add(trades("max(price)").as("high_ticks"));
    sums.add(trades("min(price)").as("low_ticks"));
    sums.add(trades("max_by(price, event_index)").as("close_ticks"));
    sums.add(trades("sum(price * size)").as("traded_ticks"));
    sums.add(twoSided("min_by(ask_price_1 + bid_price_1, event_index)").as("mid_open_twice"));
    sums.add(twoSided("max(ask_price_1 + bid_price_1)").as("mid_high_twice"));
    sums.add(twoSided("min(ask_price_1 + bid_price_1)").as("mid_low_twice"));
    sums.add(twoSided("max_by(ask_price_1 + bid_price_1, event_index)").as("mid_close_twice"));
    sums.add(expr("sum(" + OFI + ") AS ofi"));
    sums.add(
        Slices.timeWeighted(
                "(ask_price_1 - bid_price_1)",
                "(previous_ask_price - previous_bid_price)",
                Price.TICKS_PER_DOLLAR)
            .as("time_weighted_spread"));
    sums.add(expr("bool_or(is_halted_before OR is_halted_after) AS is_halted"));
    sums.add(expr("bool_or(previous_time_ns IS NULL) AS is_first"));
    sums.add(expr("bool_or(next_time_ns IS NULL) AS is_last"));
    sums.add(expr("max(next_time_ns) AS next_time_ns"));
    sums.add(
        expr(
            "max_by(IF(is_halted_after, NULL, ask_price_1 - bid_price_1), event_index)"
                + " AS closing_spread_ticks"));
    sums.add(expr("max_by(is_halted_after, event_index) AS closes_halted"));
    sums.add(expr("max(session_start_ns) AS session_start_ns"));
    sums.add(expr("max(session_end_ns) AS session_end_ns"));
    return Slices.timed(Quotes.around(paired), sessions, bars)
        .groupBy(Slices.SLICE)
        .agg(expr("count(*) AS event_count"), sums.toArray(Column[]::new));
  }

  private static Column trades(String aggregate) {
    return expr(aggregate + " FILTER (WHERE " + Executions.IS_CONTINUOUS + ")");
  }

  private static Column twoSided(String aggregate) {
    return expr(aggregate + " FILTER (WHERE ask_price_1 IS NOT NULL AND bid_price_1 IS NOT NULL)");
  }

  private static Dataset<Row> filledIn(Dataset<Row> bars) {
    // Every bar brings along the empty ones up to the next; the first also those before it.
    Dataset<Row> filled =
        bars.withColumn(
                "bar_index",
                expr(
                    """
                    explode(sequence(
                      coalesce(IF(is_first, least(slice_index, session_start_ns div slice_length_ns),
                                  slice_index), slice_index),
                      coalesce(IF(is_last, greatest(slice_index, (session_end_ns - 1) div slice_length_ns),
                                  next_time_ns div slice_length_ns - 1), slice_index)))
                    """))
            .where(
                """
                bar_index = slice_index
                OR bar_index BETWEEN session_start_ns div slice_length_ns
                                 AND (session_end_ns - 1) div slice_length_ns
                """);
    List<Column> columns = new ArrayList<>();
    for (String name : filled.columns()) {
      String whenEmpty = EMPTY_BAR.get(name);
      columns.add(
          whenEmpty == null
              ? col(name)
              : expr("IF(bar_index = slice_index, " + name + ", " + whenEmpty + ")").as(name));
    }
    return filled.select(columns.toArray(Column[]::new));
  }

  private static Dataset<Row> finished(Dataset<Row> bars, List<SliceSpec> specs) {
    return bars.withColumn("bar_spec", col("slice_spec"))
        .withColumn("start_time_ns", expr("coalesce(bar_index * slice_length_ns, first_time_ns)"))
        .withColumn(
            "end_time_ns", expr("coalesce((bar_index + 1) * slice_length_ns, last_time_ns)"))
        .withColumn("start_time", StartTime.column())
        .withColumn("open", dollars("open_ticks", Price.TICKS_PER_DOLLAR))
        .withColumn("high", dollars("high_ticks", Price.TICKS_PER_DOLLAR))
        .withColumn("low", dollars("low_ticks", Price.TICKS_PER_DOLLAR))
        .withColumn("close", dollars("close_ticks", Price.TICKS_PER_DOLLAR))
        .withColumn(
            "vwap",
            expr("CAST(traded_ticks AS DOUBLE) / CAST(10000 * nullif(volume, 0L) AS DOUBLE)"))
        .withColumn("mid_open", dollars("mid_open_twice", 2 * Price.TICKS_PER_DOLLAR))
        .withColumn("mid_high", dollars("mid_high_twice", 2 * Price.TICKS_PER_DOLLAR))
        .withColumn("mid_low", dollars("mid_low_twice", 2 * Price.TICKS_PER_DOLLAR))
        .withColumn("mid_close", dollars("mid_close_twice", 2 * Price.TICKS_PER_DOLLAR))
        .withColumn(
            "is_complete",
            expr("NOT is_last OR bar_index < slice_index").or(hasReachedItsEnd(specs)))
        .select(CatalogOrder.columns(CANDLES));
  }

  private static Column dollars(String amount, long unitsPerDollar) {
    return col(amount).cast("double").divide((double) unitsPerDollar);
  }

  /** For the last bar of a ticker-day: does it hold all that its name says? */
  private static Column hasReachedItsEnd(List<SliceSpec> specs) {
    Column reached = lit(false);
    for (SliceSpec spec : specs) {
      Column condition =
          switch (spec.kind()) {
            case TIME -> lit(spec.isWholeDay()).or(expr("end_time_ns <= session_end_ns"));
            case EVENTS -> col("event_count").geq(spec.size());
            case TRADES -> col("trade_count").geq(spec.size());
            case VOLUME -> col("volume").geq(spec.size());
            case DOLLAR -> col("traded_ticks").geq(spec.dollarTicks());
            case SESSION ->
                throw new IllegalArgumentException(
                    "a session is no bar of candles, time:1d is the whole ticker-day");
          };
      reached = when(col("bar_spec").equalTo(spec.toString()), condition).otherwise(reached);
    }
    return reached;
  }
}
