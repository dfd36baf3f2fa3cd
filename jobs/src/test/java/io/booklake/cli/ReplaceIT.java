package io.booklake.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.booklake.simulate.Landing;
import io.booklake.simulate.Market;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ticker-days are replaced one by one, and nothing of an interrupted run is seen. */
class ReplaceIT {
  private static final LocalDate DATE = LocalDate.of(2024, 3, 4);
  private static final Path LOG = Path.of("target/killed-ingest.log");

  @TempDir Path folder;
  private Path landing;
  private Path lake;

  @BeforeEach
  void simulate() throws IOException {
    landing = folder.resolve("landing");
    lake = folder.resolve("lake");
    write(1, landing, 4);
  }

  @Test
  void whatALostFileHeldIsTakenInAgainButNeverForOneTickerDayAtTheCostOfOthers() throws Exception {
    Booklake.done("ingest", "--landing", landing, "--lake", lake);
    Booklake.done("candles", "--lake", lake);
    Tables tables = new Tables(lake);
    Map<String, String> contents = new HashMap<>();
    for (String table : List.of("depth", "candles")) {
      contents.put(table, tables.content(table, "true"));
    }
    Path depth = only("depth");
    Files.delete(depth);
    Files.write(only("candles"), new byte[0]);

    Booklake.Outcome one =
        Booklake.run(
            "ingest", "--landing", landing, "--lake", lake, "--force", "--tickers", "SIMB");

    assertThat(one.code()).isEqualTo(Main.FAILED);
    assertThat(one.err())
        .contains(depth.getFileName() + " is lost", "SIMA 2024-03-04", "SIMC", "SIMD")
        .contains("ingest --force --dates 2024-03-04", "ticker-days-per-commit of at least 4")
        .doesNotContain("SIMB 2024-03-04");
    assertThat(only("depth")).as("as the log names it").isEqualTo(depth);

    Booklake.done("ingest", "--landing", landing, "--lake", lake, "--force", "--dates", DATE);
    Booklake.done("candles", "--lake", lake);

    contents.forEach(
        (table, content) -> assertThat(tables.content(table, "true")).isEqualTo(content));
    assertThat(Booklake.done("verify", "--lake", lake)).contains(", 0 failed");
  }

  @Test
  void aFileThatIsThereAndCannotBeReadIsNotGivenUp() throws Exception {
    Booklake.done("ingest", "--landing", landing, "--lake", lake);
    Path depth = only("depth");
    byte[] bytes = Files.readAllBytes(depth);
    Arrays.fill(bytes, bytes.length / 2, bytes.length, (byte) 0xFF);
    Files.write(depth, bytes);

    Booklake.Outcome all =
        Booklake.run("ingest", "--landing", landing, "--lake", lake, "--force", "--dates", DATE);

    assertThat(all.code()).isEqualTo(Main.FAILED);
    assertThat(all.err()).contains("cannot read", depth.getFileName().toString());
    assertThat(only("depth")).isEqualTo(depth);
  }

  /** The one file that the newest version of a table has. */
  private Path only(String table) throws Exception {
    String source = new Tables(lake).source(table);
    assertThat(source.split("\\.parquet", -1)).hasSize(2);
    return Path.of(source.replaceFirst(".*?'(.*?)'.*", "$1"));
  }

  @Test
  void aChangedPairReplacesItsTickerDayAlone() throws Exception {
    Booklake.done("ingest", "--landing", landing, "--lake", lake);
    Tables tables = new Tables(lake);
    String others = tables.content("messages", "ticker <> 'SIMB'");
    long rows = tables.count("messages", "ticker = 'SIMB'");
    Path other = folder.resolve("other");
    write(2, other, 2);
    copy("SIMB", other);

    String out = Booklake.done("ingest", "--landing", landing, "--lake", lake, "--format", "csv");

    assertThat(out.lines().filter(line -> line.contains(",published,")))
        .singleElement()
        .satisfies(line -> assertThat(line).contains("SIMB"));
    assertThat(tables.content("messages", "ticker <> 'SIMB'")).isEqualTo(others);
    assertThat(tables.count("messages", "ticker = 'SIMB'")).isEqualTo(rows);
    assertThat(tables.read("messages").inputFiles())
        .as("also the copied neighbours")
        .allSatisfy(file -> assertThat(file).endsWith(".zstd.parquet"));
    Path fresh = folder.resolve("fresh");
    Booklake.done("ingest", "--landing", landing, "--lake", fresh);
    assertThat(new Tables(fresh).contents()).isEqualTo(tables.contents());
  }

  @Test
  void aPairThatLiesThereUntouchedIsNotReadAndOneWrittenAgainIs() throws Exception {
    Instant delivered = Instant.now().minusSeconds(3_600).truncatedTo(ChronoUnit.SECONDS);
    Path message = message("SIMB");
    try (Stream<Path> files = Files.list(landing)) {
      for (Path file : files.toList()) {
        Files.setLastModifiedTime(file, FileTime.from(delivered));
      }
    }
    Booklake.done("ingest", "--landing", landing, "--lake", lake);
    byte[] text = Files.readAllBytes(message);
    byte[] nonsense = new byte[text.length];

    Files.write(message, nonsense);
    Files.setLastModifiedTime(message, FileTime.from(delivered));
    assertThat(Booklake.done("ingest", "--landing", landing, "--lake", lake))
        .as("what is not read cannot be found out")
        .contains("0 published, 4 unchanged, 0 quarantined");
    Files.setLastModifiedTime(message, FileTime.from(delivered.plusSeconds(1)));
    assertThat(Booklake.run("ingest", "--landing", landing, "--lake", lake).out())
        .contains("0 published, 3 unchanged, 1 quarantined");
    Files.write(message, text);
    assertThat(Booklake.done("ingest", "--landing", landing, "--lake", lake))
        .as("another time, the same bytes")
        .contains("0 published, 4 unchanged, 0 quarantined");
  }

  @Test
  void aFileWrittenJustBeforeItIsListedIsReadAgain() throws Exception {
    // However long it takes until it is listed: TakenRowTest has what "just" is.
    FileTime time = FileTime.from(Instant.now().plus(Duration.ofHours(1)));
    Path message = message("SIMB");
    Files.setLastModifiedTime(message, time);
    Booklake.done("ingest", "--landing", landing, "--lake", lake);

    Files.write(message, new byte[(int) Files.size(message)]);
    Files.setLastModifiedTime(message, time);

    assertThat(Booklake.run("ingest", "--landing", landing, "--lake", lake).out())
        .as("of the same size and time, but another text")
        .contains("0 published, 3 unchanged, 1 quarantined");
  }

  @Test
  void derivedTablesOfAReplacedTickerDayAreComputedAgainAndTheOthersStay() throws Exception {
    Booklake.done("ingest", "--landing", landing, "--lake", lake);
    Booklake.done("candles", "--lake", lake, "--bars", "time:5m,trades:10");
    Path other = folder.resolve("other");
    write(2, other, 2);
    copy("SIMB", other);
    Booklake.done("ingest", "--landing", landing, "--lake", lake);

    assertThat(Booklake.done("candles", "--lake", lake, "--bars", "time:5m"))
        .contains("1 of 4 published ticker-days");

    Tables tables = new Tables(lake);
    assertThat(tables.count("candles", "ticker = 'SIMB' AND bar_spec = 'trades:10'"))
        .as("bars of the older delivery are gone")
        .isZero();
    assertThat(tables.count("candles", "ticker = 'SIMA' AND bar_spec = 'trades:10'")).isPositive();
    long fromTrades =
        tables
            .read("trades")
            .where("ticker = 'SIMB' AND NOT is_cross")
            .selectExpr("sum(size)")
            .first()
            .getLong(0);
    long fromBars =
        tables
            .read("candles")
            .where("ticker = 'SIMB'")
            .selectExpr("sum(volume)")
            .first()
            .getLong(0);
    assertThat(fromBars).isEqualTo(fromTrades);
  }

  @Test
  void aDeeperFileWidensTheDepthTableAndTheShallowerDaysStay() throws Exception {
    Booklake.done("ingest", "--landing", landing, "--lake", lake);
    Tables tables = new Tables(lake);
    List<String> columns = tables.columns("depth");
    String before = tables.content("depth", "true", columns);
    Path deep = folder.resolve("deep");
    new Landing(deep, Landing.Packing.GZIP)
        .write(Market.of(1, 1, List.of(7), 400).plans(DATE, 1).get(0));

    Booklake.done("ingest", "--landing", deep, "--lake", lake);

    Row row = tables.read("depth").where("levels = 7").first();
    assertThat(row.<Long>getAs("ask_size_7")).isNotNull();
    assertThat(tables.count("depth", "levels = 5 AND ask_size_7 IS NOT NULL")).isZero();
    assertThat(tables.content("depth", "levels = 5", columns)).isEqualTo(before);
    assertThat(tables.read("depth").schema().apply("ask_price_7").getComment().get())
        .contains("1/10,000 USD");
  }

  @Test
  void aKilledIngestPublishesNothingHalfAndARerunGivesWhatAnUndisturbedRunGives() throws Exception {
    Path undisturbed = folder.resolve("undisturbed");
    Booklake.done("ingest", "--landing", landing, "--lake", undisturbed);

    // Killed as soon as its first table has its rows: files are written, tables are being
    // committed, the ledger is not. However late that is seen here: the log of the next table is a
    // pipe, on which the run waits.
    Path log = Files.createDirectories(lake.resolve("depth/_delta_log"));
    Path pipe = log.resolve("00000000000000000000.json");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
    Process process =
        Booklake.start(LOG, List.of(), "ingest", "--landing", landing, "--lake", lake);
    Path firstCommit = lake.resolve("messages/_delta_log/00000000000000000001.json");
    long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(10);
    while (!Files.exists(firstCommit) && process.isAlive() && System.nanoTime() < deadline) {
      Thread.sleep(5);
    }
    process.destroyForcibly();
    assertThat(process.waitFor()).as("killed by SIGKILL").isEqualTo(137);
    Files.delete(pipe);
    assertThat(firstCommit).exists();
    assertThat(lake.resolve("ticker_days")).doesNotExist();

    Booklake.done("ingest", "--landing", landing, "--lake", lake);

    assertThat(new Tables(lake).contents()).isEqualTo(new Tables(undisturbed).contents());
  }

  @Test
  void theResultDependsNeitherOnCommitsNorOnPartitionsNorOnTheTimeZoneOfTheMachine()
      throws Exception {
    Booklake.done("ingest", "--landing", landing, "--lake", lake);
    Booklake.done("candles", "--lake", lake, "--bars", "time:1m,events:50,volume:1000");
    Path configuration = folder.resolve("three-by-three.yaml");
    Files.writeString(configuration, "ingest:\n  ticker-days-per-commit: 3\n");
    Path elsewhere = folder.resolve("elsewhere");
    for (String command : List.of("ingest", "candles")) {
      List<String> arguments =
          new ArrayList<>(
              List.of(command, "--lake", elsewhere.toString(), "--conf", configuration.toString()));
      arguments.addAll(
          command.equals("ingest")
              ? List.of("--landing", landing.toString())
              : List.of("--bars", "time:1m,events:50,volume:1000"));
      Process process =
          Booklake.start(
              LOG,
              List.of(
                  "-Duser.timezone=Asia/Tokyo",
                  "-Dspark.master=local[1]",
                  "-Dspark.sql.shuffle.partitions=7"),
              arguments.toArray());
      assertThat(process.waitFor()).isZero();
    }
    Map<String, String> expected = new Tables(lake).contents();
    Map<String, String> actual = new Tables(elsewhere).contents();
    // The configuration differs on purpose, and with it the hash that the ledger keeps of it.
    expected.remove("ticker_days");
    actual.remove("ticker_days");
    assertThat(actual).isEqualTo(expected);
  }

  @Test
  void whatTheLedgerPinsCanBeReadLongAfterOthersFollowed() throws Exception {
    Booklake.done("ingest", "--landing", landing, "--lake", lake, "--tickers", "SIMA");
    Booklake.done("ingest", "--landing", landing, "--lake", lake, "--tickers", "SIMB");
    try (Stream<Path> commits = Files.list(lake.resolve("messages/_delta_log"))) {
      FileTime lastYear = FileTime.from(Instant.now().minus(Duration.ofDays(365)));
      for (Path commit : commits.filter(file -> file.toString().endsWith(".json")).toList()) {
        Files.setLastModifiedTime(commit, lastYear);
      }
    }
    assertThat(
            Booklake.done(
                "show",
                "messages",
                "--lake",
                lake,
                "--ticker",
                "SIMA",
                "--index",
                "7",
                "--format",
                "json"))
        .contains("\"event_index\":7");
  }

  @Test
  void aPairThatComesBackBrokenIsQuarantinedAndWhatWasPublishedStays() throws Exception {
    Booklake.done("ingest", "--landing", landing, "--lake", lake);
    Tables tables = new Tables(lake);
    Map<String, String> published = tables.contents();
    try (Stream<Path> files = Files.list(landing)) {
      Path message =
          files
              .filter(file -> file.getFileName().toString().matches("SIMC.*_message_.*"))
              .findFirst()
              .orElseThrow();
      Files.writeString(message, Files.readString(message).replaceFirst("\n", "\nnonsense\n"));
    }

    Booklake.Outcome outcome = Booklake.run("ingest", "--landing", landing, "--lake", lake);

    assertThat(outcome.code()).isEqualTo(Main.PARTLY_DONE);
    assertThat(tables.read("quarantine").collectAsList())
        .singleElement()
        .satisfies(
            row -> {
              assertThat(row.<String>getAs("ticker")).isEqualTo("SIMC");
              assertThat(row.<Long>getAs("line")).isEqualTo(2);
              assertThat(row.<String>getAs("found")).contains("nonsense");
            });
    Map<String, String> after = tables.contents();
    after.remove("quarantine");
    assertThat(after).isEqualTo(published);
  }

  @Test
  void aFileThatFailsBetweenTheTwoReadingsIsLeftOutAndTheRestIsPublished() {
    new Tables(lake)
        .spark()
        .sparkContext()
        .hadoopConfiguration()
        .set("fs.fading.impl", FadingFileSystem.class.getName());
    FadingFileSystem.fade("SIMB_2024-03-04_34200000_57600000_message_5.csv");

    Booklake.Outcome outcome =
        Booklake.run("ingest", "--landing", "fading://" + landing, "--lake", lake);

    assertThat(outcome.code()).as(outcome.err()).isEqualTo(Main.PARTLY_DONE);
    Tables tables = new Tables(lake);
    assertThat(tables.read("ticker_days").select("ticker").sort("ticker").collectAsList())
        .extracting(row -> row.getString(0))
        .containsExactly("SIMA", "SIMC", "SIMD");
    assertThat(tables.count("depth", "ticker = 'SIMB'")).isZero();
    assertThat(tables.read("quarantine").select("ticker", "reason").collectAsList())
        .singleElement()
        .hasToString("[SIMB,UNREADABLE]");
  }

  @Test
  void aFolderThatMayNotBeListedIsReportedWhateverIsSelected() throws Exception {
    new Tables(lake)
        .spark()
        .sparkContext()
        .hadoopConfiguration()
        .set("fs.fading.impl", FadingFileSystem.class.getName());
    Files.createDirectory(landing.resolve("locked"));

    Booklake.Outcome outcome =
        Booklake.run(
            "ingest", "--landing", "fading://" + landing, "--lake", lake, "--tickers", "SIMA");

    assertThat(outcome.code()).as(outcome.err()).isEqualTo(Main.PARTLY_DONE);
    assertThat(outcome.out()).contains("1 published", "1 quarantined", "UNREADABLE", "locked");
  }

  @Test
  void anArchiveThatCannotBeLookedIntoIsReportedWhateverIsSelected() throws Exception {
    Files.writeString(landing.resolve("SIMX_2024-03-04.zip"), "no archive");

    Booklake.Outcome outcome =
        Booklake.run("ingest", "--landing", landing, "--lake", lake, "--tickers", "SIMA");

    assertThat(outcome.code()).as(outcome.err()).isEqualTo(Main.PARTLY_DONE);
    assertThat(outcome.out()).contains("1 published", "1 quarantined", "CORRUPT_ARCHIVE");
  }

  @Test
  void aManifestThatCannotBeReadIsReportedAndThePairsBesideItAreTaken() throws Exception {
    Path dataset = Files.createDirectory(landing.resolve("datasets--owner--lobster"));
    Path message = message("SIMB");
    Path orderbook = Path.of(message.toString().replace("_message_", "_orderbook_"));
    for (Path half : List.of(message, orderbook)) {
      Files.move(half, dataset.resolve(half.getFileName()));
    }
    Files.writeString(dataset.resolve("_manifest.json"), "");

    Booklake.Outcome outcome = Booklake.run("ingest", "--landing", landing, "--lake", lake);

    assertThat(outcome.code()).as(outcome.err()).isEqualTo(Main.PARTLY_DONE);
    assertThat(outcome.out()).contains("4 published", "1 quarantined", "_manifest.json");
    assertThat(Booklake.done("ingest", "--landing", landing, "--lake", lake))
        .contains("4 unchanged, 0 quarantined");
  }

  private static void write(long seed, Path target, int tickers) throws IOException {
    Landing files = new Landing(target, Landing.Packing.PLAIN);
    for (var plan : Market.of(seed, tickers, List.of(5), 4_000).plans(DATE, 1)) {
      files.write(plan);
    }
  }

  private Path message(String ticker) throws IOException {
    try (Stream<Path> files = Files.list(landing)) {
      return files
          .filter(file -> file.getFileName().toString().matches(ticker + "_.*_message_.*"))
          .findFirst()
          .orElseThrow();
    }
  }

  private void copy(String ticker, Path from) throws IOException {
    try (Stream<Path> files = Files.list(from)) {
      for (Path file :
          files.filter(each -> each.getFileName().toString().startsWith(ticker)).toList()) {
        Files.copy(file, landing.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
      }
    }
  }
}
