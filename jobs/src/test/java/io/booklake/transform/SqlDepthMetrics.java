package io.booklake.transform;

import static io.booklake.table.TableCatalog.DEPTH_METRICS;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;

import io.booklake.model.Price;
import io.booklake.model.SliceSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The {@code depth_metrics} table by SQL over rows, slow and obvious: the twin of {@link
 * io.booklake.aggregate.DepthMetrics}, where every definition stands.
 */
final class SqlDepthMetrics {

  private static final List<Integer> TOP_LEVELS = List.of(1, 3, 5, 10);
  private static final List<Integer> BASIS_POINTS = List.of(5, 10, 25, 50);
  private static final String TWO_SIDED = "ask_price_1 IS NOT NULL AND bid_price_1 IS NOT NULL";
  private static final long NANO = 1_000_000_000L;
  private static final String NANO_IMBALANCE =
      "((bid_size_1 - ask_size_1) * 1000000000L div nullif(bid_size_1 + ask_size_1, 0L))";
  private static final String PREVIOUS_NANO_IMBALANCE =
      "((previous_bid_size - previous_ask_size) * 1000000000L"
          + " div nullif(previous_bid_size + previous_ask_size, 0L))";

  private SqlDepthMetrics() {}

  /**
   * Steps of every ticker-day in {@code paired}.
   *
   * @param paired events with the book after them, see {@link EventDatasets#paired}, with all
   *     levels there are
   * @param sessions one row per ticker-day: its key, start_time_ns, end_time_ns
   * @param grid see {@link SliceSpec#grid}
   * @return rows of {@code depth_metrics}
   */
  static Dataset<Row> of(Dataset<Row> paired, Dataset<Row> sessions, SliceSpec grid) {
    List<Column> values = new ArrayList<>();
    values.add(expr("max(event_index) AS end_index"));
    values.add(expr("min(time_ns) AS first_time_ns"));
    values.add(expr("max(time_ns) AS last_time_ns"));
    values.add(expr("max(next_time_ns) FILTER (WHERE is_last_of_step) AS next_time_ns"));
    values.addAll(stateAtEnd(levelsOf(paired)));
    values.add(
        Slices.timeWeighted(
                "(ask_price_1 - bid_price_1)",
                "(previous_ask_price - previous_bid_price)",
                Price.TICKS_PER_DOLLAR)
            .as("time_weighted_spread"));
    values.add(
        Slices.timeWeighted(NANO_IMBALANCE, PREVIOUS_NANO_IMBALANCE, NANO)
            .as("time_weighted_imbalance"));
    return Slices.timed(Quotes.around(paired), sessions, List.of(grid))
        .withColumn("is_last_of_step", isLastOfStep(grid))
        .groupBy(Slices.SLICE)
        .agg(expr("count(*) AS event_count"), values.toArray(Column[]::new))
        // Every step brings along the empty ones up to the next.
        .withColumn(
            "step_index",
            expr(
                "explode(sequence(slice_index,"
                    + " coalesce(next_time_ns div slice_length_ns - 1, slice_index)))"))
        .withColumn("is_empty", expr("step_index > slice_index"))
        .withColumn("grid_spec", col("slice_spec"))
        .withColumn("start_time_ns", expr("coalesce(step_index * slice_length_ns, first_time_ns)"))
        .withColumn(
            "end_time_ns", expr("coalesce((step_index + 1) * slice_length_ns, last_time_ns)"))
        .withColumn("event_count", expr("IF(is_empty, 0L, event_count)"))
        .withColumn(
            "time_weighted_spread",
            expr("IF(is_empty, IF(ends_halted, NULL, spread), time_weighted_spread)"))
        .withColumn(
            "time_weighted_imbalance",
            expr(
                "IF(is_empty, IF(ends_halted, NULL, nano_imbalance / 1e9D),"
                    + " time_weighted_imbalance)"))
        .select(CatalogOrder.columns(DEPTH_METRICS));
  }

  private static Column isLastOfStep(SliceSpec grid) {
    String next =
        switch (grid.kind()) {
          case TIME -> "next_time_ns >= (slice_index + 1) * slice_length_ns";
          case EVENTS -> "mod(event_index + 1, " + grid.size() + "L) = 0";
          default ->
              throw new IllegalArgumentException(
                  "not a grid: '" + grid + "', expected one like time:1s or events:1000");
        };
    return expr("next_time_ns IS NULL OR " + next);
  }

  private static List<Column> stateAtEnd(Set<Integer> levels) {
    List<Column> state = new ArrayList<>();
    state.add(atEnd("spread", "(ask_price_1 - bid_price_1) / 10000D"));
    state.add(atEnd("mid", "(ask_price_1 + bid_price_1) / 20000D"));
    state.add(
        atEnd(
            "weighted_mid",
            ifTwoSided(
                "CAST(ask_price_1 * bid_size_1 + bid_price_1 * ask_size_1 AS DOUBLE)"
                    + " / CAST(10000 * (bid_size_1 + ask_size_1) AS DOUBLE)")));
    state.add(
        atEnd(
            "imbalance",
            ifTwoSided(
                "CAST(bid_size_1 - ask_size_1 AS DOUBLE) / CAST(bid_size_1 + ask_size_1 AS DOUBLE)")));
    for (int top : TOP_LEVELS) {
      for (String side : List.of("bid", "ask")) {
        String sum =
            levels.containsAll(IntStream.rangeClosed(1, top).boxed().toList())
                ? IntStream.rangeClosed(1, top)
                    .mapToObj(level -> side + "_size_" + level)
                    .collect(Collectors.joining(" + "))
                : "CAST(NULL AS BIGINT)";
        state.add(atEnd(side + "_size_top_" + top, sum));
      }
    }
    for (int basisPoints : BASIS_POINTS) {
      state.add(atEnd("bid_size_" + basisPoints + "_bps", near("bid", ">=", -basisPoints, levels)));
      state.add(atEnd("ask_size_" + basisPoints + "_bps", near("ask", "<=", basisPoints, levels)));
    }
    state.add(atEnd("nano_imbalance", ifTwoSided(NANO_IMBALANCE)));
    state.add(atEnd("ends_halted", "is_halted_after"));
    return state;
  }

  private static String near(String side, String within, int basisPoints, Set<Integer> levels) {
    return ifTwoSided(
        levels.stream()
            .map(
                level ->
                    "IF(20000 * %1$s_price_%2$d %3$s (ask_price_1 + bid_price_1) * %4$d, %1$s_size_%2$d, 0L)"
                        .formatted(side, level, within, 10_000 + basisPoints))
            .collect(Collectors.joining(" + ")));
  }

  private static String ifTwoSided(String value) {
    return "IF(" + TWO_SIDED + ", " + value + ", NULL)";
  }

  private static Column atEnd(String name, String value) {
    return expr("max(" + value + ") FILTER (WHERE is_last_of_step) AS " + name);
  }

  private static Set<Integer> levelsOf(Dataset<Row> paired) {
    String price = "ask_price_";
    return Arrays.stream(paired.columns())
        .filter(name -> name.startsWith(price))
        .map(name -> Integer.valueOf(name.substring(price.length())))
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
