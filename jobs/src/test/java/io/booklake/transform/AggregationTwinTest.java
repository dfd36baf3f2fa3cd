package io.booklake.transform;

import static org.assertj.core.api.Assertions.assertThat;

import io.booklake.aggregate.Aggregation;
import io.booklake.aggregate.Candles;
import io.booklake.aggregate.DepthMetrics;
import io.booklake.aggregate.Session;
import io.booklake.aggregate.VolumeProfile;
import io.booklake.format.lobster.EventBatch;
import io.booklake.lake.Schemas;
import io.booklake.model.PriceBin;
import io.booklake.model.SliceSpec;
import io.booklake.model.TickerDay;
import io.booklake.simulate.Activity;
import io.booklake.simulate.DayPlan;
import io.booklake.simulate.Feature;
import io.booklake.simulate.Listing;
import io.booklake.simulate.Simulation;
import io.booklake.table.Table;
import io.booklake.table.TableCatalog;
import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What is summed up event by event is what SQL makes of the same rows, on simulated days with
 * halts, crosses, hidden orders and one-sided books. The rows are torn apart for SQL, by a hash and
 * over several partitions, so that only event_index tells their order.
 */
class AggregationTwinTest extends TransformTest {
  private static final List<SliceSpec> BARS =
      Stream.of("time:1m", "time:1d", "events:50", "trades:10", "volume:1000", "dollar:100000")
          .map(SliceSpec::bar)
          .toList();
  private static final List<SliceSpec> WINDOWS =
      Stream.of("session", "time:30m", "events:300").map(SliceSpec::window).toList();

  private record Day(Session session, List<EventBatch> events) {
    static Day of(long seed, LocalDate date) throws IOException {
      DayPlan plan =
          DayPlan.of(Listing.of("SIM", 1_000_000, Activity.QUIET), date, seed)
              .withLevels(3)
              .withEvents(1_500)
              .withFeatures(Feature.values());
      List<EventBatch> events = new ArrayList<>();
      new Simulation(plan, batch -> events.add(batch.copy())).run();
      // The session is shorter than the events, so that some lie outside of it.
      return new Day(
          new Session(
              new TickerDay(date, "SIM", 3),
              9 * 3_600_000_000_000L + 1_815_000_000_000L,
              15 * 3_600_000_000_000L + 500_000_000L),
          events);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7})
  void theSlowTwinFindsTheSame(int partitions) throws IOException {
    LocalDate date = LocalDate.of(partitions == 2 ? 2024 : 2012, 6, 21);
    Day day = Day.of(partitions, date);
    Dataset<Row> paired =
        EventDatasets.paired(spark(), day.session().tickerDay(), day.events())
            .repartition(partitions, functions.expr("xxhash64(order_id, event_index)"))
            .cache();
    Dataset<Row> sessions = EventDatasets.session(spark(), day.session());

    assertTwins(
        TableCatalog.CANDLES,
        day,
        BARS.stream().map(bar -> (Aggregation) new Candles(bar, false)).toList(),
        SqlCandles.of(paired, sessions, BARS));
    assertTwins(
        TableCatalog.CANDLES,
        day,
        BARS.stream().map(bar -> (Aggregation) new Candles(bar, true)).toList(),
        SqlCandles.withEmptyBars(paired, sessions, BARS));
    assertTwins(
        TableCatalog.VOLUME_PROFILE,
        day,
        WINDOWS.stream()
            .map(window -> (Aggregation) new VolumeProfile(window, PriceBin.CENT))
            .toList(),
        SqlVolumeProfile.of(paired, WINDOWS, PriceBin.CENT));
    for (String grid : List.of("time:10s", "events:100")) {
      assertTwins(
          TableCatalog.DEPTH_METRICS,
          day,
          List.of(new DepthMetrics(SliceSpec.grid(grid))),
          SqlDepthMetrics.of(paired, sessions, SliceSpec.grid(grid)));
    }
    paired.unpersist();
  }

  private void assertTwins(
      Table table, Day day, List<Aggregation> aggregations, Dataset<Row> expected) {
    List<Row> rows = new ArrayList<>();
    for (Aggregation each : aggregations) {
      each.begin(day.session());
      day.events().forEach(each::add);
      EventDatasets.add(rows, each.end());
    }
    assertThat(rows).isNotEmpty();
    Dataset<Row> made = spark().createDataFrame(rows, Schemas.of(table.columns()));
    assertDataFrameNoOrderEquals(sameSchema(expected), made);
  }

  /** The same rows, with the catalog's say on what may be NULL. */
  private Dataset<Row> sameSchema(Dataset<Row> rows) {
    return spark().createDataFrame(rows.collectAsList(), Schemas.of(catalog(rows)));
  }

  private static List<io.booklake.table.Column> catalog(Dataset<Row> rows) {
    return Stream.of(TableCatalog.CANDLES, TableCatalog.VOLUME_PROFILE, TableCatalog.DEPTH_METRICS)
        .filter(table -> table.columnNames().equals(List.of(rows.columns())))
        .findFirst()
        .orElseThrow()
        .columns();
  }
}
