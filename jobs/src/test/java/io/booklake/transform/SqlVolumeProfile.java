package io.booklake.transform;

import static io.booklake.table.TableCatalog.VOLUME_PROFILE;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.udf;

import io.booklake.aggregate.ValueArea;
import io.booklake.model.Price;
import io.booklake.model.PriceBin;
import io.booklake.model.SliceSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF2;
import org.apache.spark.sql.expressions.UserDefinedFunction;
import org.apache.spark.sql.types.DataTypes;
import scala.collection.Seq;

/**
 * The {@code volume_profile} table by SQL over rows, slow and obvious: the twin of {@link
 * io.booklake.aggregate.VolumeProfile}, where every definition stands.
 */
final class SqlVolumeProfile {

  private static final Column[] WINDOW = Slices.SLICE;

  private SqlVolumeProfile() {}

  /**
   * Profiles of every ticker-day in {@code messages}.
   *
   * @param messages rows of {@code messages}
   * @param windows at least one, see {@link SliceSpec#window}; all are computed in one pass
   * @param bin width of the price bins
   * @return rows of {@code volume_profile}
   */
  static Dataset<Row> of(Dataset<Row> messages, List<SliceSpec> windows, PriceBin bin) {
    List<Column> sums = new ArrayList<>(Executions.volumes());
    sums.add(expr("max(event_index) AS end_index"));
    sums.add(expr("min(time_ns) AS first_time_ns"));
    sums.add(expr("max(time_ns) AS last_time_ns"));
    Column[] binOfWindow =
        Stream.concat(Stream.of(WINDOW), Stream.of(col("bin_ticks"))).toArray(Column[]::new);
    return Slices.cut(messages, windows)
        // Events that execute nothing share the NULL bin: they only stretch the window's bounds.
        .withColumn(
            "bin_ticks",
            expr(
                "CASE WHEN event_type IN (4, 5, 6) THEN price - pmod(price, %dL) END"
                    .formatted(bin.ticks())))
        .groupBy(binOfWindow)
        .agg(expr("min(event_index) AS start_index"), sums.toArray(Column[]::new))
        .groupBy(WINDOW)
        .agg(
            expr("min(start_index) AS start_index"),
            expr("max(end_index) AS end_index"),
            expr("min(first_time_ns) AS first_time_ns"),
            expr("max(last_time_ns) AS last_time_ns"),
            expr(
                """
                collect_list(struct(bin_ticks, volume, trade_count, buy_volume, sell_volume,
                                    hidden_volume, unknown_side_volume, cross_volume))
                  FILTER (WHERE bin_ticks IS NOT NULL) AS bins
                """))
        .withColumn("value_area", valueArea(bin).apply(col("bins.bin_ticks"), col("bins.volume")))
        .withColumn("bin", expr("explode(bins)"))
        .select(col("*"), col("bin.*"))
        .withColumn("window_spec", col("slice_spec"))
        .withColumn("window_index", col("slice_index"))
        .withColumn("bin_size", lit(bin.dollars()))
        .withColumn("start_time_ns", expr("coalesce(slice_index * slice_length_ns, first_time_ns)"))
        .withColumn(
            "end_time_ns", expr("coalesce((slice_index + 1) * slice_length_ns, last_time_ns)"))
        .withColumn(
            "price", col("bin_ticks").cast("double").divide((double) Price.TICKS_PER_DOLLAR))
        .withColumn("is_poc", expr("coalesce(bin_ticks = value_area[0], false)"))
        .withColumn(
            "in_value_area",
            expr("coalesce(bin_ticks BETWEEN value_area[1] AND value_area[2], false)"))
        .select(CatalogOrder.columns(VOLUME_PROFILE));
  }

  /** From bins and volumes to an array of point of control, low and high; NULL without volume. */
  private static UserDefinedFunction valueArea(PriceBin bin) {
    long ticks = bin.ticks();
    UDF2<Seq<Long>, Seq<Long>, List<Long>> find =
        (binTicks, volumes) ->
            ValueArea.of(rows(binTicks, volumes), ticks)
                .map(area -> List.of(area.pointOfControlTicks(), area.lowTicks(), area.highTicks()))
                .orElse(null);
    return udf(find, DataTypes.createArrayType(DataTypes.LongType));
  }

  private static List<ValueArea.TradedRow> rows(Seq<Long> binTicks, Seq<Long> volumes) {
    return IntStream.range(0, binTicks.length())
        .mapToObj(i -> new ValueArea.TradedRow(binTicks.apply(i), volumes.apply(i)))
        .toList();
  }
}
