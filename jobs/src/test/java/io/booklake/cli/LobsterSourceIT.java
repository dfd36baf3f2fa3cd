package io.booklake.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.booklake.format.lobster.RejectedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The data source {@code lobster}: what it pushes down, how it packs, and what it says when a pair
 * is wrong.
 */
class LobsterSourceIT {
  @TempDir static Path folder;
  private static Path landing;
  private static SparkSession spark;

  @BeforeAll
  static void simulate() {
    landing = folder.resolve("landing");
    Booklake.done(
        "simulate",
        "--landing",
        landing,
        "--ticker-count",
        3,
        "--days",
        2,
        "--events",
        4_000,
        "--depths",
        "5,1");
    spark = Sessions.start().session();
  }

  @Test
  void messagesAndDepthAreTheTwoHalvesOfPaired() {
    Dataset<Row> paired = read("paired");
    assertThat(content(paired.select("ticker", "trade_date", "levels", "event_index", "price")))
        .isEqualTo(
            content(
                read("messages").select("ticker", "trade_date", "levels", "event_index", "price")));
    assertThat(
            content(paired.select("ticker", "event_index", "time_ns", "ask_price_5", "bid_size_1")))
        .isEqualTo(
            content(
                read("depth")
                    .select("ticker", "event_index", "time_ns", "ask_price_5", "bid_size_1")));
  }

  @Test
  void levelsBeyondAPairAreNull() {
    assertThat(read("depth").where("levels = 1 AND ask_size_2 IS NOT NULL").count()).isZero();
    assertThat(read("depth").where("levels = 5 AND ask_size_2 IS NULL").count()).isZero();
  }

  @Test
  void anOrderbookThatWasCutFailsWhateverIsReadOfIt() throws IOException {
    Path cut = Files.createDirectory(folder.resolve("cut"));
    String name = "SIMA_2024-03-04_34200000_57600000_%s_5.csv";
    Files.copy(landing.resolve(name.formatted("message")), cut.resolve(name.formatted("message")));
    byte[] book = Files.readAllBytes(landing.resolve(name.formatted("orderbook")));
    Files.write(cut.resolve(name.formatted("orderbook")), Arrays.copyOf(book, book.length / 3));
    Dataset<Row> depth =
        spark.read().format("lobster").option("table", "depth").load(cut.toString());

    assertThatThrownBy(() -> depth.selectExpr("sum(ask_price_1)").collect())
        .rootCause()
        .hasMessageContaining("orderbook");
  }

  @Test
  void filtersOnKeyAndIndexArePushedDownAndExact() {
    Dataset<Row> some =
        read("messages")
            .where("ticker IN ('SIMA', 'SIMC') AND levels = 5 AND trade_date = DATE'2024-03-05'")
            .where("event_index >= 100 AND event_index < 1100");
    String plan = some.queryExecution().executedPlan().toString();
    assertThat(plan).doesNotContain("Filter ").contains("lobster 2 ticker-days");
    // SIMC is quiet: it has 100 events.
    assertThat(some.where("ticker = 'SIMA'").count()).isEqualTo(1_000);
    assertThat(some.selectExpr("min(event_index)", "max(event_index)").first())
        .satisfies(
            row -> {
              assertThat(row.getLong(0)).isEqualTo(100);
              assertThat(row.getLong(1)).isEqualTo(1_099);
            });
    assertThat(
            read("messages")
                .where("NOT (ticker = 'SIMA' OR levels > 1)")
                .select("ticker")
                .distinct()
                .count())
        .isEqualTo(2);
    assertThat(read("messages").where("event_index = 17 AND ticker >= 'SIMB'").count())
        .isEqualTo(8);
    assertThat(read("messages").where("event_index > 5 AND event_index <= 3").count()).isZero();
  }

  @Test
  void aFilterOnAnyOtherColumnIsLeftToSpark() {
    Dataset<Row> executions = read("messages").where("event_type = 4 AND ticker = 'SIMA'");
    assertThat(executions.queryExecution().executedPlan().toString())
        .containsPattern("Filter .*event_type#\\d+ = 4");
    assertThat(executions.count())
        .isEqualTo(
            read("messages")
                .groupBy("ticker", "event_type")
                .count()
                .where("event_type = 4 AND ticker = 'SIMA'")
                .first()
                .getLong(2));
  }

  @Test
  void rowsComeInTheOrderOfTheTablesSoThatSparkDoesNotSortThem() {
    Dataset<Row> sorted =
        read("messages").sortWithinPartitions("trade_date", "ticker", "levels", "event_index");
    assertThat(sorted.queryExecution().executedPlan().toString()).doesNotContain("Sort ");
    Dataset<Row> byTime = read("messages").sortWithinPartitions("time_ns");
    assertThat(byTime.queryExecution().executedPlan().toString()).contains("Sort ");
    List<Row> rows =
        sorted.select("trade_date", "ticker", "levels", "event_index").coalesce(1).collectAsList();
    assertThat(rows).isNotEmpty();
    for (int i = 1; i < rows.size(); i++) {
      assertThat(key(rows.get(i - 1))).isLessThan(key(rows.get(i)));
    }
  }

  @Test
  void smallTickerDaysOfADateShareAPartition() {
    assertThat(read("messages").rdd().getNumPartitions())
        .as("two dates, twelve pairs")
        .isEqualTo(2);
    assertThat(
            spark
                .read()
                .format("lobster")
                .option("maxPartitionBytes", 1)
                .load(landing.toString())
                .rdd()
                .getNumPartitions())
        .isEqualTo(12);
  }

  @Test
  void batchesAreColumnarAndOnlyTheWantedFilesAreRead() throws Exception {
    assertThat(read("paired").select("price").queryExecution().executedPlan().toString())
        .contains("ColumnarToRow");
    Path messagesOnly = Files.createDirectory(folder.resolve("messages-only"));
    try (var files = Files.list(landing)) {
      for (Path file : files.toList()) {
        Path copy = messagesOnly.resolve(file.getFileName());
        if (file.toString().contains("_message_")) {
          Files.copy(file, copy);
        } else {
          Files.writeString(copy, "never read\n");
        }
      }
    }
    assertThat(
            spark
                .read()
                .format("lobster")
                .load(messagesOnly.toString())
                .select("price", "time_ns")
                .count())
        .isEqualTo(read("messages").count());
  }

  @Test
  void countingNeedsNoColumn() {
    assertThat(read("paired").count()).isEqualTo(read("messages").collectAsList().size());
  }

  @Test
  void statisticsLetSparkPlanJoins() {
    assertThat(read("paired").queryExecution().optimizedPlan().stats().sizeInBytes().longValue())
        .isBetween(100_000L, 100_000_000L);
  }

  @Test
  void aWrongRowFailsTheQueryWithFileLineAndCure() throws Exception {
    Path wrong = Files.createDirectory(folder.resolve("wrong"));
    Files.writeString(
        wrong.resolve("BAD_2024-03-04_34200000_57600000_message_1.csv"), "34200.1,1,5,abc,100,1\n");
    Files.writeString(
        wrong.resolve("BAD_2024-03-04_34200000_57600000_orderbook_1.csv"), "200,1,100,1\n");
    assertThatThrownBy(() -> spark.read().format("lobster").load(wrong.toString()).collectAsList())
        .hasRootCauseInstanceOf(RejectedException.class)
        .rootCause()
        .hasMessageContaining("NOT_A_NUMBER")
        .hasMessageContaining("BAD_2024-03-04_34200000_57600000_message_1.csv, line 1, column 4")
        .hasMessageContaining("found 'abc', expected a whole number");
  }

  @Test
  void anUnknownTableNamesTheChoices() {
    assertThatThrownBy(
            () -> spark.read().format("lobster").option("table", "books").load(landing.toString()))
        .hasMessageContaining(
            "option 'table' is 'books', expected one of [messages, depth, paired]");
  }

  private static Dataset<Row> read(String table) {
    return spark.read().format("lobster").option("table", table).load(landing.toString());
  }

  private static String key(Row row) {
    return row.get(0)
        + " "
        + row.get(1)
        + " "
        + row.get(2)
        + " "
        + String.format("%09d", row.getLong(3));
  }

  /** Rows and a sum of their hashes: equal where the content is, whatever the order. */
  private static String content(Dataset<Row> rows) {
    Column[] columns = Arrays.stream(rows.columns()).map(functions::col).toArray(Column[]::new);
    return rows.select(functions.xxhash64(columns).as("hash"))
        .selectExpr("count(*)", "sum(cast(hash AS decimal(38, 0)))")
        .first()
        .toString();
  }
}
