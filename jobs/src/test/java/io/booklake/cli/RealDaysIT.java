package io.booklake.cli;

import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;

import io.booklake.format.lobster.RealData;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TimeZone;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Real days through the real command line, with DuckDB as referee. */
class RealDaysIT {
  @TempDir static Path folder;

  private static Path lake;
  private static Tables tables;

  @BeforeAll
  static void takeInEverything() {
    Path landing = RealData.folder();
    lake = folder.resolve("lake");
    Booklake.Outcome outcome = Booklake.run("ingest", "--landing", landing, "--lake", lake);
    assertThat(outcome.code()).as(outcome.out() + outcome.err()).isEqualTo(Main.PARTLY_DONE);
    derive(lake);
    tables = new Tables(lake);
  }

  @ParameterizedTest
  @CsvSource({"AAPL, 1, 118497", "AMZN, 5, 155935", "GOOG, 10, 147916"})
  void everyColumnOfEveryRowIsWhatDuckDbReadsFromTheSameFiles(String ticker, int levels, long rows)
      throws Exception {
    Path csv = Files.createDirectory(folder.resolve(ticker));
    RealData.unpack(ticker + "_2012-06-21_" + levels, csv);
    String day = "ticker = '" + ticker + "' AND levels = " + levels;
    assertThat(tables.count("messages", day)).isEqualTo(rows);
    assertThat(tables.count("depth", day)).isEqualTo(rows);
    try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
        Statement sql = duck.createStatement()) {
      // Times as text: 12 decimals do not fit a double. Half-up to nine by decimal arithmetic.
      sql.execute(
          "CREATE TABLE source AS SELECT row_number() OVER () - 1 AS event_index,"
              + " CAST(round(CAST(column0 AS DECIMAL(30, 12)) * 1000000000, 0) AS BIGINT) AS time_ns,"
              + " column1 AS event_type, column2 AS order_id, column3 AS size, column4 AS price,"
              + " column5 AS direction FROM read_csv('"
              + csv
              + "/*message*.csv', header = false, parallel = false, columns = {'column0': 'VARCHAR',"
              + " 'column1': 'INT', 'column2': 'BIGINT', 'column3': 'BIGINT', 'column4': 'BIGINT',"
              + " 'column5': 'INT'})");
      assertSame(
          sql,
          "SELECT event_index, time_ns, event_type, order_id, size, price, direction FROM source",
          "SELECT event_index, time_ns, event_type, order_id, size, price, direction FROM "
              + parquet("messages")
              + " WHERE "
              + day);
      String names =
          IntStream.rangeClosed(1, levels)
              .mapToObj(
                  level ->
                      "ask_price_# , ask_size_# , bid_price_# , bid_size_#"
                          .replace("#", "" + level))
              .collect(Collectors.joining(", "));
      String types =
          Arrays.stream(names.split(" ?, "))
              .map(name -> "'" + name.strip() + "': 'BIGINT'")
              .collect(Collectors.joining(", "));
      assertSame(
          sql,
          "SELECT row_number() OVER () - 1 AS event_index, "
              + empties(names)
              + " FROM read_csv('"
              + csv
              + "/*orderbook*.csv', header = false, parallel = false, columns = {"
              + types
              + "})",
          "SELECT event_index, " + names + " FROM " + parquet("depth") + " WHERE " + day);
      try (ResultSet result =
          sql.executeQuery(
              "SELECT count(*) FROM (SELECT time_ns, epoch_us(event_time) AS us FROM "
                  + parquet("messages")
                  + " WHERE "
                  + day
                  // 2012-06-21 00:00 in New York is 04:00 UTC.
                  + ") WHERE us <> epoch_us(TIMESTAMP '2012-06-21 04:00:00') + time_ns // 1000")) {
        result.next();
        assertThat(result.getLong(1)).isZero();
      }
    }
  }

  @Test
  void theLedgerNamesTheSourceBytesAndNoTransitionIsBroken() throws Exception {
    Path csv = Files.createDirectory(folder.resolve("digests"));
    RealData.unpack("GOOG_2012-06-21_10", csv);
    Row goog = tables.read("ticker_days").where("ticker = 'GOOG'").first();
    Path message = csv.resolve("GOOG_2012-06-21_34200000_57600000_message_10.csv");
    assertThat(goog.<String>getAs("message_sha256")).isEqualTo(sha256(message));
    assertThat(goog.<Long>getAs("message_bytes")).isEqualTo(Files.size(message));
    assertThat(goog.<String>getAs("message_file"))
        .endsWith("LOBSTER_SampleFile_GOOG_2012-06-21_10.zip!/" + message.getFileName());
    assertThat(
            tables
                .read("ticker_days")
                .selectExpr("sum(broken_transition_count)", "sum(crossed_row_count)", "count(*)")
                .first())
        .satisfies(
            row -> {
              assertThat(row.getLong(0)).isZero();
              assertThat(row.getLong(1)).isZero();
              assertThat(row.getLong(2)).isEqualTo(4);
            });
    Map<String, Long> versions = goog.getJavaMap(goog.fieldIndex("table_versions"));
    assertThat(versions)
        .containsOnlyKeys(
            "messages",
            "depth",
            "trades",
            "mbo",
            "book_snapshots",
            "orders",
            "candles",
            "volume_profile",
            "depth_metrics");
  }

  @Test
  void aTimeOfTwelveDecimalsKeepsItsNanoseconds() {
    assertThat(tables.count("messages", "ticker = 'AMZN' AND time_ns = 43002632812672"))
        .isPositive();
  }

  @Test
  void theTeslaCrossIsKeptApartAndItsHiddenTradesHaveNoSide() {
    assertThat(tables.read("trades").where("ticker = 'TSLA' AND is_cross").collectAsList())
        .singleElement()
        .satisfies(
            cross -> {
              assertThat(cross.<Long>getAs("size")).isEqualTo(19725);
              assertThat(cross.<Long>getAs("order_id")).isEqualTo(-1);
              assertThat(cross.<String>getAs("aggressor_side")).isNull();
              assertThat(cross.<Long>getAs("sweep_id")).isNull();
            });
    assertThat(tables.count("trades", "ticker = 'TSLA' AND is_hidden")).isPositive();
    assertThat(
            tables.count("trades", "ticker = 'TSLA' AND is_hidden AND aggressor_side IS NOT NULL"))
        .isZero();
  }

  @Test
  void theMessageFileWithoutItsBookIsQuarantinedWithItsReason() {
    Row rejected = tables.read("quarantine").first();
    assertThat(tables.count("quarantine", "true")).isEqualTo(1);
    assertThat(rejected.<String>getAs("reason")).isEqualTo("MISSING_ORDERBOOK_FILE");
    assertThat(rejected.<String>getAs("file"))
        .endsWith("AMZN_2021-04-12_34200000_57600000_message_10.csv");
    assertThat(rejected.<String>getAs("ticker")).isEqualTo("AMZN");
  }

  @Test
  void aSecondIngestWritesNothing() {
    Map<String, Long> before = tables.versions();
    Booklake.Outcome again =
        Booklake.run("ingest", "--landing", RealData.folder(), "--lake", lake, "--format", "csv");
    assertThat(again.code()).isEqualTo(Main.PARTLY_DONE);
    assertThat(again.out().lines().filter(line -> line.contains(",unchanged,"))).hasSize(4);
    assertThat(tables.versions()).isEqualTo(before);
  }

  @Test
  void derivedJobsCoverEveryPublishedDayOnceAndAgreeWithTheTrades() {
    Booklake.done("candles", "--lake", lake, "--bars", "events:50,time:1m");
    Booklake.done("volume-profile", "--lake", lake);
    Booklake.done("depth-metrics", "--lake", lake, "--grids", "time:1m");
    String continuous = "NOT is_cross";
    assertThat(
            tables
                .read("candles")
                .groupBy("ticker", "bar_spec")
                .sum("volume")
                .selectExpr("ticker", "`sum(volume)`")
                .distinct())
        .satisfies(
            sums ->
                assertThat(sums.collectAsList())
                    .containsExactlyInAnyOrderElementsOf(
                        tables
                            .read("trades")
                            .where(continuous)
                            .groupBy("ticker")
                            .sum("size")
                            .collectAsList()));
    assertThat(tables.read("volume_profile").where("is_poc AND window_spec = 'session'").count())
        .isEqualTo(4);
    Map<String, Long> before = tables.versions();
    assertThat(Booklake.done("candles", "--lake", lake, "--bars", "time:60s"))
        .as("60s is 1m, which is there")
        .contains("0 of 4 published ticker-days");
    assertThat(tables.versions()).isEqualTo(before);
  }

  @Test
  void whatIsSummedUpDependsNeitherOnHowTheInputIsCutIntoFilesNorOnTheTimeZone() throws Exception {
    Path cut = folder.resolve("cut");
    try (Stream<Path> all = Files.walk(lake)) {
      for (Path each : all.toList()) {
        Files.copy(each, cut.resolve(lake.relativize(each).toString()));
      }
    }
    Tables of = new Tables(cut);
    for (String table : List.of("messages", "depth")) {
      of.read(table)
          .repartitionByRange(7, col("trade_date"), col("ticker"), col("event_index"))
          .sortWithinPartitions("trade_date", "ticker", "levels", "event_index")
          .write()
          .format("delta")
          .mode("overwrite")
          .partitionBy("trade_date")
          .save(cut.resolve(table).toString());
      of.publish(table, of.versions().get(table));
    }
    TimeZone home = TimeZone.getDefault();
    try {
      TimeZone.setDefault(TimeZone.getTimeZone("Asia/Tokyo"));
      derive(cut);
    } finally {
      TimeZone.setDefault(home);
    }
    for (String table : List.of("candles", "volume_profile", "depth_metrics")) {
      assertThat(of.versions().get(table))
          .as("computed again")
          .isGreaterThan(tables.versions().get(table));
      assertThat(of.content(table, "true")).as(table).isEqualTo(tables.content(table, "true"));
    }
  }

  private static void derive(Path lake) {
    Booklake.done("candles", "--lake", lake, "--bars", "events:50,time:1m,volume:10000", "--force");
    Booklake.done("volume-profile", "--lake", lake, "--force");
    Booklake.done("depth-metrics", "--lake", lake, "--force");
  }

  private static String empties(String names) {
    return Arrays.stream(names.split(" ?, "))
        .map(String::strip)
        .map(
            name ->
                name.startsWith("ask_price")
                    ? "nullif(" + name + ", 9999999999)"
                    : name.startsWith("bid_price") ? "nullif(" + name + ", -9999999999)" : name)
        .collect(Collectors.joining(", "));
  }

  private static String parquet(String table) {
    List<String> files = List.of(tables.read(table).inputFiles());
    return files.stream()
        .map(file -> "'" + file.replaceFirst("^file:/+", "/") + "'")
        .collect(
            Collectors.joining(
                ", ", "read_parquet([", "], hive_partitioning = true, union_by_name = true)"));
  }

  private static void assertSame(Statement sql, String expected, String actual) throws Exception {
    for (String difference :
        List.of(expected + " EXCEPT ALL " + actual, actual + " EXCEPT ALL " + expected)) {
      try (ResultSet result = sql.executeQuery("SELECT count(*) FROM (" + difference + ")")) {
        result.next();
        assertThat(result.getLong(1)).as(difference).isZero();
      }
    }
  }

  private static String sha256(Path file) throws Exception {
    byte[] digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
    return HexFormat.of().formatHex(digest);
  }
}
