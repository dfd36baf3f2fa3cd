package io.booklake.transform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.booklake.format.lobster.PairDiscovery;
import io.booklake.table.Table;
import io.booklake.table.TableCatalog;
import java.nio.file.Path;
import java.util.List;
import java.util.TimeZone;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkConf;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whole days of real data, held against {@link LobsterReferee}. */
class RealDayTest extends TransformTest {

  private static final String AAPL = "LOBSTER_SampleFile_AAPL_2012-06-21_1.zip";
  private static final String AMZN = "LOBSTER_SampleFile_AMZN_2012-06-21_5.zip";
  private static final String GOOG = "LOBSTER_SampleFile_GOOG_2012-06-21_10.zip";

  @TempDir private Path folder;

  /** Spark as users run it: days are large enough to be worth a compiled plan. */
  @Override
  public SparkConf conf() {
    return super.conf()
        .set("spark.sql.adaptive.enabled", "true")
        .set("spark.sql.codegen.wholeStage", "true")
        .set("spark.sql.shuffle.partitions", "3");
  }

  @BeforeEach
  void skipWithoutRealData() {
    assumeThat(System.getenv("BOOKLAKE_REAL_DATA"))
        .as("BOOKLAKE_REAL_DATA names the folder with LOBSTER's sample files")
        .isNotNull();
  }

  private static Path zip(String name) {
    return Path.of(System.getenv("BOOKLAKE_REAL_DATA"), name);
  }

  private Dataset<Row> read(String name, String table) {
    return spark()
        .read()
        .format("lobster")
        .option("table", table)
        .load(zip(name).toUri().toString());
  }

  private Dataset<Row> sessions(Dataset<Row> rows) {
    return rows.select("trade_date", "ticker", "levels")
        .limit(1)
        .withColumn("start_time_ns", functions.lit(34_200_000_000_000L))
        .withColumn("end_time_ns", functions.lit(57_600_000_000_000L));
  }

  /** The names of a table's columns from one on, without the named one. */
  private static String columnsFrom(Table table, String first, String without) {
    List<String> names = table.columnNames();
    return String.join(
        " ",
        names.subList(names.indexOf(first), names.size()).stream()
            .filter(name -> !name.equals(without))
            .toList());
  }

  @ParameterizedTest
  @ValueSource(strings = {AAPL, AMZN, GOOG})
  void tradesEqualAnIndependentComputation(String name) throws Exception {
    Configuration configuration = new Configuration();
    Path files = folder.resolve("files");
    WrittenDays.write(
        files, PairDiscovery.find(configuration, List.of(zip(name).toString())).pairs().get(0));
    String columns = columnsFrom(TableCatalog.TRADES, "event_index", "event_time");
    List<String> written = lines(WrittenDays.read(spark(), files, TableCatalog.TRADES), columns);
    try (LobsterReferee referee = LobsterReferee.of(zip(name), folder)) {
      assertThat(written).isEqualTo(referee.trades());
    }
    assertThat(written).isEqualTo(lines(Trades.of(read(name, "paired")), columns));
  }

  @ParameterizedTest
  @ValueSource(strings = {AAPL, AMZN, GOOG})
  void candlesEqualAnIndependentComputation(String name) throws Exception {
    Dataset<Row> paired = PairedEvents.of(read(name, "messages"), read(name, "depth"));
    Dataset<Row> bars =
        settled(
            Candles.of(
                paired,
                sessions(paired),
                Stream.of("events:50", "time:1m", "volume:10000").map(SliceSpec::bar).toList()));
    String columns = columnsFrom(TableCatalog.CANDLES, "bar_index", "start_time");
    try (LobsterReferee referee = LobsterReferee.of(zip(name), folder)) {
      assertThat(lines(bars.where("bar_spec = 'events:50'"), columns))
          .isEqualTo(referee.eventBars(50));
      assertThat(lines(bars.where("bar_spec = 'time:1m'"), columns))
          .isEqualTo(referee.minuteBars());
      assertThat(lines(bars.where("bar_spec = 'volume:10000'"), columns))
          .isEqualTo(referee.volumeBars(10_000));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {AAPL, AMZN, GOOG})
  void profilesEqualAnIndependentComputation(String name) throws Exception {
    Dataset<Row> profiles =
        settled(
            VolumeProfile.of(
                read(name, "messages"),
                Stream.of("session", "time:30m").map(SliceSpec::window).toList(),
                PriceBin.CENT));
    String columns = columnsFrom(TableCatalog.VOLUME_PROFILE, "window_index", "");
    try (LobsterReferee referee = LobsterReferee.of(zip(name), folder)) {
      assertThat(lines(profiles.where("window_spec = 'session'"), columns))
          .isEqualTo(referee.sessionProfile());
      assertThat(lines(profiles.where("window_spec = 'time:30m'"), columns))
          .isEqualTo(referee.halfHourProfiles());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {AAPL, AMZN, GOOG})
  void depthMetricsEqualAnIndependentComputation(String name) throws Exception {
    Dataset<Row> paired = read(name, "paired");
    try (LobsterReferee referee = LobsterReferee.of(zip(name), folder)) {
      assertThat(
              lines(
                  DepthMetrics.of(paired, sessions(paired), SliceSpec.grid("time:1s")),
                  columnsFrom(TableCatalog.DEPTH_METRICS, "step_index", "")))
          .isEqualTo(referee.secondSteps());
    }
  }

  @Test
  void valuesDependOnNeitherPartitionsNorTimeZone() {
    Dataset<Row> paired = read(GOOG, "paired").where("event_index < 5000").cache();
    Results expected = results(paired);
    for (int partitions : new int[] {1, 2, 7}) {
      // By a hash, so that neighbours are torn apart and rows arrive out of order.
      Dataset<Row> torn =
          paired.repartition(partitions, functions.expr("xxhash64(order_id, event_index)"));
      assertSame(expected, results(torn));
    }
    TimeZone zone = TimeZone.getDefault();
    try {
      TimeZone.setDefault(TimeZone.getTimeZone("Asia/Tokyo"));
      spark().conf().set("spark.sql.session.timeZone", "Asia/Tokyo");
      assertSame(expected, results(paired));
    } finally {
      TimeZone.setDefault(zone);
      spark().conf().set("spark.sql.session.timeZone", zone.getID());
      paired.unpersist();
    }
  }

  /** Every table as lines, instants and dates as numbers. */
  private record Results(
      List<String> trades, List<String> candles, List<String> profiles, List<String> metrics) {}

  private Results results(Dataset<Row> paired) {
    Dataset<Row> sessions = sessions(paired);
    return new Results(
        exactLines(Trades.of(paired)),
        exactLines(
            Candles.withEmptyBars(
                paired,
                sessions,
                Stream.of("time:1m", "events:50", "trades:100", "volume:1000", "dollar:100000")
                    .map(SliceSpec::bar)
                    .toList())),
        exactLines(VolumeProfile.of(paired, List.of(SliceSpec.window("time:5m")), PriceBin.CENT)),
        exactLines(DepthMetrics.of(paired, sessions, SliceSpec.grid("time:1s"))));
  }

  private static List<String> exactLines(Dataset<Row> rows) {
    String[] columns =
        Stream.of(rows.columns())
            .map(
                name ->
                    switch (name) {
                      case "trade_date" -> "unix_date(trade_date) AS trade_date";
                      case "event_time", "start_time" -> "unix_micros(" + name + ") AS " + name;
                      default -> name;
                    })
            .toArray(String[]::new);
    return lines(rows.selectExpr(columns), String.join(" ", rows.columns()));
  }

  private static void assertSame(Results expected, Results actual) {
    assertThat(actual.trades()).isNotEmpty().isEqualTo(expected.trades());
    assertThat(actual.candles()).isNotEmpty().isEqualTo(expected.candles());
    assertThat(actual.profiles()).isNotEmpty().isEqualTo(expected.profiles());
    assertThat(actual.metrics()).isNotEmpty().isEqualTo(expected.metrics());
  }
}
