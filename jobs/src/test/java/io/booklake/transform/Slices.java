package io.booklake.transform;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.udaf;
import static org.apache.spark.sql.functions.udf;
import static org.apache.spark.sql.functions.when;

import io.booklake.model.SliceSpec;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.UserDefinedFunction;
import org.apache.spark.sql.types.DataTypes;

/**
 * Cuts events into slices and says how long each quote stood in which slice.
 *
 * <p>The quote of event k stands from its time to that of event k+1, the last one of the ticker-day
 * to the end of the session. A time slice takes the part that lies inside it, and the part of the
 * quote it inherits that lies between its begin and its first event; a slice of another kind takes
 * the quotes of its own events whole. Quotes that are one-sided or stand while trading is halted
 * count no time.
 */
final class Slices {
  /** SQL would round both numbers before it divides them. */
  private static final UserDefinedFunction ROUNDED_ONCE =
      udf(
          (BigDecimal sum, BigDecimal weight) ->
              weight == null ? null : sum.divide(weight, new MathContext(100)).doubleValue(),
          DataTypes.DoubleType);

  /** What names a slice, for {@code groupBy}. */
  static final Column[] SLICE = {
    col("trade_date"),
    col("ticker"),
    col("levels"),
    col("slice_spec"),
    col("slice_length_ns"),
    col("slice_index")
  };

  private static final String INDEX = "slice_index_";

  private Slices() {}

  /**
   * One row per event and cut: {@code slice_spec}, {@code slice_length_ns} (NULL where the cut is
   * not by time) and {@code slice_index} are added.
   *
   * @param events with the columns of {@code messages}, any others are kept
   * @param specs cuts; one that is named twice counts once
   */
  static Dataset<Row> cut(Dataset<Row> events, List<SliceSpec> specs) {
    List<SliceSpec> cuts = specs.stream().distinct().toList();
    if (cuts.isEmpty()) {
      throw new IllegalArgumentException("no bars, windows or grid named, expected at least one");
    }
    List<Column> indexed = new ArrayList<>(List.of(col("*")));
    List<Column> slices = new ArrayList<>();
    List<String> indexes = new ArrayList<>();
    for (SliceSpec cut : cuts) {
      String index = INDEX + indexes.size();
      indexes.add(index);
      indexed.add(index(cut).as(index));
      slices.add(
          struct(
              lit(cut.toString()).as("slice_spec"),
              lengthNanos(cut).as("slice_length_ns"),
              col(index).as("slice_index")));
    }
    // Indexes first, on their own: an operator that explodes cannot also hold window functions.
    return events
        .select(indexed.toArray(Column[]::new))
        .withColumn("slice", explode(array(slices.toArray(Column[]::new))))
        .select(col("*"), col("slice.*"))
        .drop(indexes.toArray(String[]::new))
        .drop("slice");
  }

  /**
   * As {@link #cut}, over {@link Quotes#around}, with {@code session_start_ns}, {@code
   * session_end_ns} and how long quotes stood: {@code standing_ns}, that of the row's own quote,
   * and {@code inherited_ns}, that of the quote before it, which is 0 but for the first event of a
   * time slice.
   *
   * @param sessions one row per ticker-day: key, start_time_ns, end_time_ns; a ticker-day that has
   *     none fails the job
   */
  static Dataset<Row> timed(Dataset<Row> quotes, Dataset<Row> sessions, List<SliceSpec> specs) {
    return cut(quotes.join(broadcast(bounds(sessions)), key(), "left"), specs)
        .withColumn("session_end_ns", present("session_end_ns"))
        .withColumn(
            "standing_ns",
            expr(
                """
                IF(is_halted_after OR ask_price_1 IS NULL OR bid_price_1 IS NULL, 0L,
                   least(coalesce(next_time_ns, greatest(session_end_ns, time_ns)),
                         (slice_index + 1) * slice_length_ns) - time_ns)
                """))
        .withColumn(
            "inherited_ns",
            expr(
                """
                IF(is_halted_before OR previous_ask_price IS NULL OR previous_bid_price IS NULL
                     OR slice_length_ns IS NULL OR previous_time_ns >= slice_index * slice_length_ns,
                   0L, time_ns - slice_index * slice_length_ns)
                """));
  }

  /**
   * Mean of a whole number over the time that quotes stood in a group: exact sums, one division.
   *
   * @param value of the row's own quote
   * @param inherited the same value of the quote before
   * @param unit what one unit of the result is in units of the value
   */
  static Column timeWeighted(String value, String inherited, long unit) {
    // A spread of 64-bit prices times nanoseconds does not fit in 64 bits.
    Column sum =
        expr(
            """
            sum(coalesce(%1$s * CAST(standing_ns AS DECIMAL(18, 0)), 0)
                + IF(inherited_ns = 0, 0, %2$s * CAST(inherited_ns AS DECIMAL(18, 0))))
            """
                .formatted(decimal(value), decimal(inherited)));
    Column weight =
        expr(
            """
            CAST(%d AS DECIMAL(18, 0))
              * CAST(nullif(sum(standing_ns + inherited_ns), 0L) AS DECIMAL(18, 0))
            """
                .formatted(unit));
    return ROUNDED_ONCE.apply(sum, weight);
  }

  private static String decimal(String value) {
    return "CAST(" + value + " AS DECIMAL(18, 0))";
  }

  private static Column index(SliceSpec spec) {
    return switch (spec.kind()) {
      case TIME -> expr("time_ns div " + spec.size() + "L");
      case EVENTS -> expr("event_index div " + spec.size() + "L");
      case TRADES -> closedBars(spec.size(), lit(1L));
      case VOLUME -> closedBars(spec.size(), col("size"));
      case DOLLAR -> closedBars(spec.dollarTicks(), expr("price * size"));
      case SESSION -> lit(0L);
    };
  }

  private static Column closedBars(long threshold, Column amount) {
    Column progress = when(expr(Executions.IS_CONTINUOUS), amount).otherwise(0L);
    Column closed =
        udaf(new ClosedBars(threshold), Encoders.LONG()).apply(progress).over(Quotes.BEFORE);
    return coalesce(closed, lit(0L));
  }

  private static Column lengthNanos(SliceSpec spec) {
    return lit(spec.kind() == SliceSpec.Kind.TIME ? spec.size() : null).cast("bigint");
  }

  private static Dataset<Row> bounds(Dataset<Row> sessions) {
    return sessions.selectExpr(
        "trade_date",
        "ticker",
        "levels",
        "start_time_ns AS session_start_ns",
        "end_time_ns AS session_end_ns");
  }

  private static String[] key() {
    return new String[] {"trade_date", "ticker", "levels"};
  }

  private static Column present(String bound) {
    return expr(
        "IF(%1$s IS NULL, raise_error(concat('no session for ', ticker, ' ', trade_date, ' (', levels, ' levels)')), %1$s)"
            .formatted(bound));
  }
}
