package io.booklake.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a night plans, and what it tells of itself. */
class NightlyIT {
  @TempDir Path folder;
  private Path landing;
  private Path lake;

  @BeforeEach
  void deliver() throws IOException {
    landing = folder.resolve("landing");
    lake = folder.resolve("lake");
    Booklake.done("simulate", "--landing", landing, "--ticker-count", 3, "--events", 300);
    try (Stream<Path> files = Files.walk(landing)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Files.setLastModifiedTime(file, FileTime.from(Instant.now().minusSeconds(3_600)));
      }
    }
  }

  @Test
  void aPlanOfAnEmptyLakeTakesInAllAndMakesNoLake() {
    List<String> plan = plan();

    assertThat(plan).contains("ingest SIMA new", "ingest SIMB new", "ingest SIMC new");
    assertThat(plan).contains("candles SIMA to derive", "depth-metrics SIMC to derive");
    assertThat(plan).contains("verify SIMA to verify").hasSize(3 * 5);
    assertThat(lake).doesNotExist();
  }

  @Test
  void aPlanGoesToAFileForProgramsToo() throws IOException {
    Path file = folder.resolve("plan.json");

    List<String> plan = plan("--report", file);

    assertThat(JsonLines.of(Files.readString(file)))
        .map(
            item ->
                item.get("step").asText()
                    + " "
                    + item.get("ticker").asText()
                    + " "
                    + item.get("state").asText())
        .isEqualTo(plan);
  }

  @Test
  void aNightThatRejectsAllEndsAsOneThatIsPartlyDone() throws IOException {
    for (String ticker : List.of("SIMA", "SIMB", "SIMC")) {
      Files.writeString(message(ticker), "nonsense\n", StandardOpenOption.APPEND);
    }

    Booklake.Outcome outcome = Booklake.run(nightly());

    assertThat(outcome.code()).as(outcome.err()).isEqualTo(Main.PARTLY_DONE);
    assertThat(new Tables(lake).count("quarantine", "true")).isEqualTo(3);
  }

  @Test
  void ofNewTickerDaysEachDerivedTableIsNotedInOneCommitOfTheLedger() {
    night();
    Tables tables = new Tables(lake);
    assertThat(tables.versions())
        .as("made, ingest, and three tables")
        .containsEntry("ticker_days", 4L);
    deliverTheNextDay(3);

    night();

    assertThat(tables.versions()).containsEntry("ticker_days", 8L);
    assertThat(tables.versions()).containsEntry("candles", 2L);
  }

  @Test
  void rowsOfATickerDayThatTheLedgerHasForgottenAreClearedWhenItComesAgain() throws IOException {
    night();
    Tables tables = new Tables(lake);
    tables.spark().sql("DELETE FROM " + tables.delta("ticker_days") + " WHERE ticker = 'SIMB'");
    Path conf = Files.writeString(folder.resolve("other.yaml"), "candles: {bars: ['time:5m']}");

    Booklake.done(nightly("--conf", conf));

    assertThat(tables.count("candles", "ticker = 'SIMB' AND bar_spec <> 'time:5m'")).isZero();
    assertThat(tables.count("candles", "ticker = 'SIMB'")).isPositive();
    assertThat(tables.count("candles", "ticker = 'SIMA' AND bar_spec <> 'time:5m'")).isPositive();
  }

  private void deliverTheNextDay(int tickers) {
    Booklake.done(
        "simulate",
        "--landing",
        landing,
        "--ticker-count",
        tickers,
        "--events",
        300,
        "--first-date",
        "2024-03-05");
  }

  @Test
  void whatIsWrongWithADerivedTableKeepsNoEventFromBeingPublished() {
    night();
    Tables tables = new Tables(lake);
    String candles = tables.delta("candles");
    tables
        .spark()
        .sql("ALTER TABLE " + candles + " SET TBLPROPERTIES (delta.enableDeletionVectors = true)");
    tables.spark().sql("DELETE FROM " + candles + " WHERE bar_index = 0 AND ticker = 'SIMA'");
    deliverTheNextDay(1);

    Booklake.Outcome outcome = Booklake.run(nightly());

    assertThat(outcome.code()).isEqualTo(Main.FAILED);
    assertThat(outcome.err()).contains("deletion vector");
    assertThat(tables.count("ticker_days", "trade_date = DATE'2024-03-05'")).isEqualTo(1);
    assertThat(
            tables.count(
                "ticker_days",
                "trade_date = DATE'2024-03-05' AND map_contains(table_parameters, 'candles')"))
        .isZero();
  }

  @Test
  void aPlanTellsNewFromChangedFromUnchangedAndWritesNothing() throws IOException {
    night();
    List<String> before = files();
    Files.writeString(message("SIMA"), "more\n", StandardOpenOption.APPEND);
    Files.setLastModifiedTime(message("SIMB"), FileTime.from(Instant.now().plusSeconds(60)));
    Path orphan = message("SIMB").resolveSibling("SIMX_2024-03-04_34200000_57600000_message_5.csv");
    Files.copy(message("SIMB"), orphan);
    Path conf = Files.writeString(folder.resolve("more.yaml"), "candles: {bars: ['time:5m']}");

    List<String> plan = plan("--conf", conf);

    assertThat(plan)
        .contains(
            "ingest SIMA changed",
            "ingest SIMB perhaps changed",
            "ingest SIMC unchanged",
            "ingest SIMX rejected",
            "candles SIMA to derive",
            "candles SIMB to derive",
            "candles SIMC to derive",
            "volume-profile SIMA to derive",
            "volume-profile SIMB to derive if changed")
        .doesNotContain("volume-profile SIMC to derive");
    assertThat(files()).isEqualTo(before);
  }

  @Test
  void aRunGivesTheSameAccountInTheTableTheReportAndTheMetrics() throws IOException {
    Files.writeString(message("SIMB"), "nonsense\n", StandardOpenOption.APPEND);
    Path report = folder.resolve("run.json");
    Path metrics = folder.resolve("run.prom");

    Booklake.Outcome first = Booklake.run(nightly("--report", report, "--metrics", metrics));

    assertThat(first.code()).as(first.err()).isEqualTo(Main.PARTLY_DONE);
    JsonNode run = new ObjectMapper().readTree(report.toFile());
    assertThat(run.get("outcome").asText()).isEqualTo("partly failed");
    List<JsonNode> shown =
        JsonLines.of(Booklake.done("show", "runs", "--lake", lake, "--format", "json"));
    assertThat(shown)
        .extracting(row -> row.get("step").asText())
        .containsExactly("ingest", "candles", "volume-profile", "depth-metrics", "verify");
    for (int i = 0; i < shown.size(); i++) {
      JsonNode step = run.get("steps").get(i);
      assertThat(shown.get(i).get("run_id")).isEqualTo(run.get("run_id"));
      for (String column : List.of("event_count", "row_count", "seconds", "outcome")) {
        assertThat(shown.get(i).get(column).asText()).isEqualTo(step.get(column).asText());
      }
    }
    Tables tables = new Tables(lake);
    JsonNode ingest = run.get("steps").get(0);
    assertThat(ingest.get("event_count").asLong()).isEqualTo(tables.count("messages", "true"));
    assertThat(ingest.get("row_count").asLong())
        .isEqualTo(
            Stream.of("messages", "depth", "trades", "mbo", "book_snapshots", "orders")
                .mapToLong(table -> tables.count(table, "true"))
                .sum());
    assertThat(ingest.get("rejected_count").asLong()).isEqualTo(1);
    assertThat(run.get("steps").get(1).get("row_count").asLong())
        .isEqualTo(tables.count("candles", "true"));
    assertThat(Files.readAllLines(metrics))
        .contains(
            "booklake_run_outcome{lake=\"%s\",outcome=\"partly failed\"} 1".formatted(root()),
            "booklake_step_ticker_days{lake=\"%s\",step=\"ingest\",state=\"published\"} 2"
                .formatted(root()),
            "booklake_step_events{lake=\"%s\",step=\"ingest\"} %d"
                .formatted(root(), tables.count("messages", "true")))
        .allMatch(line -> line.startsWith("# ") || line.matches("booklake_\\w+\\{.*} [0-9.]+"));
    assertThat(folder.toFile().list()).noneMatch(name -> name.endsWith(".tmp"));
  }

  @Test
  void aNightWithoutNewsCommitsNothingAndReportsAllTheSame() throws IOException {
    night();
    List<String> before = files();
    Path report = folder.resolve("run.json");

    night("--report", report);

    assertThat(files()).isEqualTo(before);
    JsonNode ingest = new ObjectMapper().readTree(report.toFile()).get("steps").get(0);
    assertThat(ingest.get("unchanged_count").asLong()).isEqualTo(3);
    assertThat(ingest.get("csv_bytes").asLong()).as("nothing was read").isZero();
  }

  @Test
  void aStepThatFailsIsInTheAccountWithItsError() throws IOException {
    night("--steps", "ingest");
    Path report = folder.resolve("run.json");
    try (Stream<Path> data = Files.list(lake.resolve("messages/trade_date=2024-03-04"))) {
      for (Path file : data.toList()) {
        Files.delete(file);
      }
    }

    Booklake.Outcome failed = Booklake.run(nightly("--steps", "candles", "--report", report));

    assertThat(failed.code()).isEqualTo(Main.FAILED);
    JsonNode run = new ObjectMapper().readTree(report.toFile());
    assertThat(run.get("outcome").asText()).isEqualTo("failed");
    assertThat(run.get("steps").get(0).get("error").asText()).contains("messages");
    assertThat(new Tables(lake).count("runs", "outcome = 'failed' AND error IS NOT NULL"))
        .isEqualTo(1);
  }

  @Test
  void aReportInAFolderThatDoesNotExistIsRefusedBeforeTheNight() {
    Booklake.Outcome outcome =
        Booklake.run(nightly("--report", folder.resolve("nowhere/run.json")));

    assertThat(outcome.code()).isEqualTo(Main.INVALID_INPUT);
    assertThat(outcome.err()).contains("--report", "nowhere");
    assertThat(lake).doesNotExist();
  }

  @Test
  void whatANightSumsUpWhileItTakesInIsWhatTheJobsSumUpAfterwards() throws IOException {
    Path conf =
        Files.writeString(
            folder.resolve("all.yaml"),
            """
            candles: {bars: ['time:1m', 'events:50', 'trades:5', 'volume:1000', 'dollar:100000'], empty-bars: true}
            volume-profile: {windows: ['session', 'time:30m', 'events:100']}
            depth-metrics: {grids: ['time:1s', 'events:20']}
            """);
    Path other = folder.resolve("other");

    night("--conf", conf);
    Booklake.done("ingest", "--landing", landing, "--lake", other, "--conf", conf);
    for (String job : List.of("candles", "volume-profile", "depth-metrics")) {
      Booklake.done(job, "--lake", other, "--conf", conf);
    }

    assertThat(new Tables(lake).contentsOfTickerDays())
        .containsKeys("candles", "volume_profile", "depth_metrics")
        .isEqualTo(new Tables(other).contentsOfTickerDays());
  }

  @Test
  void anAbsurdExecutionHasItsBarsAndSoHaveTheOtherTickerDays() throws IOException {
    Files.writeString(
        message("SIMB"), "57599.999,5,0,2147483647,9999999998,1\n", StandardOpenOption.APPEND);
    Path book =
        message("SIMB")
            .resolveSibling(
                message("SIMB").getFileName().toString().replace("_message_", "_orderbook_"));
    List<String> rows = Files.readAllLines(book);
    Files.writeString(book, rows.get(rows.size() - 1) + "\n", StandardOpenOption.APPEND);

    Booklake.done(nightly("--steps", "ingest,candles"));

    Tables tables = new Tables(lake);
    assertThat(tables.count("messages", "size = 2147483647")).isOne();
    assertThat(tables.count("candles", "volume >= 2147483647 AND high = 999999.9998"))
        .as("its bar of a minute, of five and so on")
        .isPositive();
    assertThat(tables.read("candles").select("ticker").distinct().count()).isEqualTo(3);
  }

  @Test
  void aBackfillDoesBatchAfterBatchAndGivesWhatOneNightGives() throws IOException {
    Path days = folder.resolve("days");
    // A Thursday, a Friday and a Monday: the middle one of three batches is a weekend.
    Booklake.done(
        "simulate",
        "--landing",
        days,
        "--ticker-count",
        2,
        "--events",
        200,
        "--first-date",
        "2024-03-07",
        "--days",
        3);
    Path report = folder.resolve("run.json");
    Path metrics = folder.resolve("run.prom");
    Object[] backfill = {
      "nightly",
      "--landing",
      days,
      "--lake",
      lake,
      "--dates",
      "2024-03-07..2024-03-12",
      "--batch-days",
      2,
      "--steps",
      "ingest,candles",
      "--report",
      report,
      "--metrics",
      metrics
    };

    String out = Booklake.done(backfill);

    assertThat(out.lines().filter(line -> line.contains(": ingest into ")))
        .satisfiesExactly(
            line -> assertThat(line).contains("2024-03-07..2024-03-08", "4 published"),
            line -> assertThat(line).contains("2024-03-09..2024-03-10", "0 published"),
            line -> assertThat(line).contains("2024-03-11..2024-03-12", "2 published"));
    JsonNode steps = new ObjectMapper().readTree(report.toFile()).get("steps");
    assertThat(steps).hasSize(3 * 2);
    Tables tables = new Tables(lake);
    assertThat(tables.count("runs", "true"))
        .as("of the weekend there is nothing to tell")
        .isEqualTo(4);
    assertThat(Files.readAllLines(metrics))
        .contains(
            "booklake_step_ticker_days{lake=\"%s\",step=\"ingest\",state=\"published\"} 6"
                .formatted(root()))
        .doesNotHaveDuplicates();
    Path atOnce = folder.resolve("at-once");
    Booklake.done("nightly", "--landing", days, "--lake", atOnce, "--steps", "ingest,candles");
    Map<String, String> expected = new Tables(atOnce).contents();
    Map<String, String> actual = tables.contents();
    expected.remove("runs");
    actual.remove("runs");
    assertThat(actual).isEqualTo(expected);

    List<String> before = files();
    Booklake.done(backfill);
    assertThat(files()).as("what is published is not done again").isEqualTo(before);
  }

  @Test
  void datesWithoutTradingAreNoErrorOfANightThoughOfVerifyAlone() {
    Object[] weekend = nightly("--steps", "ingest,verify", "--dates", "2024-03-09..2024-03-10");

    assertThat(Booklake.done(weekend)).contains("0 published");
    Booklake.done(Stream.concat(Stream.of(weekend), Stream.of("--batch-days", 1)).toArray());
    assertThat(Booklake.run("verify", "--lake", lake, "--dates", "2024-03-09..2024-03-10").code())
        .isEqualTo(Main.INVALID_INPUT);
  }

  @Test
  void batchesNeedDatesFromOneToAnother() {
    for (String dates : List.of("2024-03-04..", "..2024-03-04")) {
      Booklake.Outcome outcome = Booklake.run(nightly("--batch-days", 2, "--dates", dates));

      assertThat(outcome.code()).isEqualTo(Main.INVALID_INPUT);
      assertThat(outcome.err()).contains("--batch-days", "2012-06-01..2012-06-30");
    }
    assertThat(Booklake.run(nightly("--batch-days", 0, "--dates", "2024-03-04")).err())
        .contains("--batch-days: found 0");
  }

  private String root() {
    return "file:" + lake;
  }

  private String night(Object... more) {
    return Booklake.done(nightly(more));
  }

  private Object[] nightly(Object... more) {
    return Stream.concat(
            Stream.of("nightly", "--landing", landing, "--lake", lake, "--format", "csv"),
            Stream.of(more))
        .toArray();
  }

  /** Step, ticker and state of each line. */
  private List<String> plan(Object... more) {
    return night(Stream.concat(Stream.of("--dry-run"), Stream.of(more)).toArray())
        .lines()
        .skip(1)
        .map(line -> line.split(",", -1))
        .map(cells -> cells[0] + " " + cells[2] + " " + cells[4])
        .toList();
  }

  private Path message(String ticker) throws IOException {
    try (Stream<Path> all = Files.walk(landing)) {
      return all.filter(file -> file.getFileName().toString().startsWith(ticker + "_"))
          .filter(file -> file.getFileName().toString().contains("_message_"))
          .findFirst()
          .orElseThrow();
    }
  }

  /** All files of the lake, with size and time. */
  private List<String> files() throws IOException {
    try (Stream<Path> all = Files.walk(lake)) {
      return all.filter(Files::isRegularFile)
          .map(file -> file + " " + file.toFile().length() + " " + file.toFile().lastModified())
          .sorted()
          .collect(Collectors.toList());
    }
  }
}
