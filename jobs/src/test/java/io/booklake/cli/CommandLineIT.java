package io.booklake.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.booklake.lake.Lake;
import io.booklake.lake.ReplaceScope;
import io.booklake.lake.Schemas;
import io.booklake.model.TickerDay;
import io.booklake.read.DayReader;
import io.booklake.read.LakeReader;
import io.booklake.read.NotPublishedException;
import io.booklake.spark.Spark;
import io.booklake.table.Column;
import io.booklake.table.ColumnType;
import io.booklake.table.Table;
import io.booklake.table.TableCatalog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The command line as users meet it: help, results, errors that teach, exit codes. */
class CommandLineIT {
  @TempDir static Path folder;
  private static Path landing;
  private static Path lake;

  @BeforeAll
  static void makeALake() {
    landing = folder.resolve("landing");
    lake = folder.resolve("lake");
    Booklake.done(
        "simulate",
        "--landing",
        landing,
        "--ticker-count",
        2,
        "--events",
        2_000,
        "--packing",
        "gzip");
    Booklake.done("ingest", "--landing", landing, "--lake", lake);
  }

  @Test
  void theJarSaysWhichVersionItIsAsTheLedgerWill() throws Exception {
    Path path = JobJar.path();
    String version = path.getFileName().toString().replaceAll("booklake-jobs-(\\d.*)\\.jar", "$1");
    try (JarFile jar = new JarFile(path.toFile())) {
      Attributes manifest = jar.getManifest().getMainAttributes();
      assertThat(manifest.getValue(Attributes.Name.IMPLEMENTATION_VERSION)).isEqualTo(version);
      assertThat(jar.getEntry("io/booklake/job/version.txt")).isNotNull();
      assertThat(manifest.getValue(Attributes.Name.MAIN_CLASS)).isEqualTo(Main.class.getName());
    }
    assertThat(Booklake.done("--version").strip()).isEqualTo("booklake " + version);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"candles", "volume-profile", "depth-metrics", "snapshots", "optimize", "verify"})
  void aMistypedLakeIsNoLakeWhereAllIsDone(String command) {
    List<Object> words = new ArrayList<>(List.of(command, "--lake", folder.resolve("lkae")));
    if (command.equals("snapshots")) {
      words.addAll(List.of("--landing", landing, "--every", 10));
    }
    Booklake.Outcome outcome = Booklake.run(words.toArray());
    assertThat(outcome.code()).as(outcome.err()).isEqualTo(Main.INVALID_INPUT);
    assertThat(outcome.err()).contains("there is no lake at", "lkae");
  }

  @Test
  void aLakeThatIsAFileIsAnErrorThatNamesIt() throws Exception {
    Path file = Files.writeString(folder.resolve("a file"), "text");
    for (Path wrong : List.of(file, file.resolve("below"))) {
      Booklake.Outcome outcome = Booklake.run("candles", "--lake", wrong);
      assertThat(outcome.code()).as(outcome.err()).isEqualTo(Main.INVALID_INPUT);
      assertThat(outcome.err()).contains("found the file " + file + ", expected a folder");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"a:b", "nosuch://bucket/lake"})
  void aLakeThatCanBeNowhereIsWrongInput(String lake) {
    Booklake.Outcome outcome = Booklake.run("candles", "--lake", lake);
    assertThat(outcome.code()).as(outcome.err()).isEqualTo(Main.INVALID_INPUT);
    assertThat(outcome.err()).contains("no lake can be at '" + lake + "'");
  }

  @Test
  void aLakeOrALandingThatABlankVariableNamedIsWrongInput() {
    for (Booklake.Outcome outcome :
        List.of(
            Booklake.run("ingest", "--landing", landing, "--lake", ""),
            Booklake.run("ingest", "--landing", "", "--lake", folder.resolve("blank")))) {
      assertThat(outcome.code()).as(outcome.err()).isEqualTo(Main.INVALID_INPUT);
      assertThat(outcome.err()).contains("found ''", "expected");
    }
  }

  @Test
  void theBookIsShownAfterOneEventOnly() {
    Booklake.Outcome outcome =
        Booklake.run("show", "book", "--lake", lake, "--ticker", "SIMA", "--index", "5..9");
    assertThat(outcome.code()).isEqualTo(2);
    assertThat(outcome.err()).contains("found '5..9', expected one event");
  }

  @ParameterizedTest
  @ValueSource(strings = {"optimize", "vacuum", "register market_data"})
  void whatIsAboutWholeTablesTakesNoSelection(String command) {
    List<Object> words = new ArrayList<>(List.of((Object[]) command.split(" ")));
    words.addAll(List.of("--lake", lake, "--dates", "2024-03-04"));
    Booklake.Outcome outcome = Booklake.run(words.toArray());
    assertThat(outcome.code()).isEqualTo(2);
    assertThat(outcome.err()).contains("Unknown option").contains("--dates");
  }

  @Test
  void whatCannotBeRegisteredIsSaidBeforeTheNightBegins() {
    Path none = folder.resolve("unregistered");
    for (String database : List.of("Bad-Name", "market_data")) {
      Booklake.Outcome outcome =
          Booklake.run("nightly", "--landing", landing, "--lake", none, "--register", database);
      assertThat(outcome.code()).as(outcome.err()).isEqualTo(Main.INVALID_INPUT);
      assertThat(none).doesNotExist();
    }
  }

  @Test
  void anIngestWithNothingToDoSaysWhy() throws Exception {
    Path empty = Files.createDirectories(folder.resolve("no-pairs"));
    Path other = folder.resolve("other-lake");
    assertThat(Booklake.done("ingest", "--landing", empty, "--lake", other))
        .contains("no pair of LOBSTER files in " + empty);
    assertThat(Booklake.done("ingest", "--landing", landing, "--lake", other, "--tickers", "NONE"))
        .contains("none of 2 pairs is of this selection");
    assertThat(Booklake.done("ingest", "--landing", landing, "--lake", lake))
        .contains("2 unchanged, 0 quarantined; 0 events");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "simulate --landing impossible --days 0",
        "simulate --landing impossible --events -5",
        "demo --folder impossible --events 0",
        "show ticker-days --lake impossible --limit -3",
        "explain --lake impossible --table messages --ticker SIMA --index 1 --limit -1",
        "fetch owner/name --landing impossible --max-bytes -4",
        "nightly --landing impossible --lake impossible --metrics night.txt"
      })
  void numbersAndNamesThatCannotBeAreWrongInput(String line) {
    Object[] words = line.split(" ");
    Booklake.Outcome outcome = Booklake.run(words);
    assertThat(outcome.code()).as(outcome.err()).isEqualTo(Main.INVALID_INPUT);
    assertThat(outcome.err()).contains("found", "expected").doesNotContain("Exception");
    assertThat(Path.of("impossible")).doesNotExist();
  }

  @Test
  void anUnknownOptionIsAWrongCommandLine() {
    Booklake.Outcome outcome = Booklake.run("ingest", "--lak", lake);
    assertThat(outcome.code()).isEqualTo(2);
    assertThat(outcome.err()).contains("--lak");
  }

  @Test
  void aLandingThatDoesNotExistIsWrongInputAndSaysWhatToDo() {
    Booklake.Outcome outcome =
        Booklake.run(
            "ingest", "--landing", folder.resolve("nowhere"), "--lake", folder.resolve("no-lake"));
    assertThat(outcome.code()).isEqualTo(Main.INVALID_INPUT);
    assertThat(outcome.err()).contains("nowhere", "give a folder, a file or a glob that exists");
    assertThat(outcome.err()).doesNotContain("at io.booklake");
  }

  @Test
  void anUnknownKeyInTheConfigurationNamesTheKeysThatAreKnown() throws Exception {
    Path file = Files.writeString(folder.resolve("wrong.yaml"), "ingest:\n  comit: 3\n");
    Booklake.Outcome outcome = Booklake.run("ingest", "--conf", file, "--lake", lake);
    assertThat(outcome.code()).isEqualTo(Main.INVALID_INPUT);
    assertThat(outcome.err()).contains("unknown key 'ingest.comit'", "ticker-days-per-commit");
  }

  @Test
  void valuesThatCannotBeAreWrongInputThatNamesTheKey() throws Exception {
    Map<String, String> keys =
        Map.of(
            "ingest:\n  ticker-days-per-commit: 0\n", "'ingest.ticker-days-per-commit'",
            "ingest:\n  ticker-days-per-commit:\n", "'ingest.ticker-days-per-commit'",
            "ingest:\n  ticker-days-per-commit: many\n", "'ingest.ticker-days-per-commit'",
            "ingest:\n  max-crossed-row-share: 2\n", "'ingest.max-crossed-row-share'",
            "lake:\n", "'lake'",
            "candles:\n  bars: []\n", "'candles.bars'",
            "candles:\n  bars: [[a]]\n", "'candles.bars.0'");
    for (Map.Entry<String, String> each : keys.entrySet()) {
      Path file = Files.writeString(folder.resolve("values.yaml"), each.getKey());
      Booklake.Outcome outcome = Booklake.run("candles", "--conf", file);
      assertThat(outcome.code()).as(each + outcome.err()).isEqualTo(Main.INVALID_INPUT);
      assertThat(outcome.err()).contains("values.yaml", each.getValue());
    }
  }

  @Test
  void aConfigurationThatIsNoYamlNamesTheLine() throws Exception {
    Path file = Files.writeString(folder.resolve("broken.yaml"), "lake: [\n");
    Booklake.Outcome outcome = Booklake.run("candles", "--conf", file);
    assertThat(outcome.code()).isEqualTo(Main.INVALID_INPUT);
    assertThat(outcome.err()).contains("broken.yaml, line ", "no valid YAML");
  }

  @Test
  void aBarThatIsNoneIsWrongInputWithExamples() {
    Booklake.Outcome outcome = Booklake.run("candles", "--lake", lake, "--bars", "time:1x");
    assertThat(outcome.code()).isEqualTo(Main.INVALID_INPUT);
    assertThat(outcome.err()).contains("'time:1x'", "time:1m");
  }

  @Test
  void tickersAndDatesThatCannotBeReadSayHowTheyLook() {
    assertThat(Booklake.run("candles", "--lake", lake, "--tickers", "a'b").err())
        .contains("AAPL,GOOG");
    assertThat(Booklake.run("candles", "--lake", lake, "--dates", "2024-13-01").err())
        .contains("2012-06-21");
    assertThat(Booklake.run("candles", "--lake", lake, "--dates", "2024-03-05..2024-03-04").code())
        .isEqualTo(Main.INVALID_INPUT);
  }

  @Test
  void showPrintsAnIndexRangeAsJsonLines() throws Exception {
    String out =
        Booklake.done(
            "show",
            "messages",
            "--lake",
            lake,
            "--ticker",
            "SIMA",
            "--index",
            "100..104",
            "--format",
            "json");
    List<String> lines = out.lines().toList();
    assertThat(lines).hasSize(5);
    JsonNode first = new ObjectMapper().readTree(lines.get(0));
    assertThat(first.get("event_index").asLong()).isEqualTo(100);
    assertThat(first.get("ticker").asText()).isEqualTo("SIMA");
  }

  @Test
  void showPrintsCsvWithAHeaderAndTheLedgerAsATable() {
    assertThat(
            Booklake.done(
                    "show",
                    "depth",
                    "--lake",
                    lake,
                    "--ticker",
                    "SIMB",
                    "--index",
                    "3",
                    "--format",
                    "csv")
                .lines())
        .hasSize(2)
        .first()
        .asString()
        .startsWith(
            "trade_date,ticker,levels,event_index,time_ns,event_time,ask_price_1,ask_size_1");
    assertThat(Booklake.done("show", "ticker-days", "--lake", lake))
        .contains("SIMA", "SIMB", "known_share")
        .doesNotContain("message_sha256");
    assertThat(Booklake.done("show", "ticker-days", "--lake", lake, "--columns", "all"))
        .contains("SIMA", "SIMB", "message_sha256");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a:b", "/data/[x", "hf://datasets/owner", "nowhere"})
  void aLandingZoneThatIsNoPlaceIsAWrongInput(String landing) {
    for (List<Object> job : List.<List<Object>>of(List.of("ingest"), List.of("fetch", "o/n"))) {
      if (job.size() == 1 || landing.equals("a:b")) {
        List<Object> words = new ArrayList<>(job);
        words.addAll(List.of("--landing", landing, "--lake", folder.resolve("none")));
        Booklake.Outcome outcome = Booklake.run(words.toArray());
        assertThat(outcome.code()).as(outcome.err()).isEqualTo(Main.INVALID_INPUT);
      }
    }
  }

  @Test
  void showSaysWhichJobIsMissing() {
    for (String name : List.of("depth-metrics", "depth_metrics")) {
      Booklake.Outcome outcome = Booklake.run("show", name, "--lake", lake);
      assertThat(outcome.code()).isEqualTo(Main.INVALID_INPUT);
      assertThat(outcome.err()).contains("has no table depth_metrics yet");
    }
    Booklake.Outcome unknown = Booklake.run("show", "everything", "--lake", lake);
    assertThat(unknown.code()).isEqualTo(2);
    assertThat(unknown.err()).contains("ticker-days", "quarantine");
  }

  @Test
  void aSelectionOfTickersTakesInThoseAlone() {
    // Relative, as people type it.
    Path part = Path.of("").toAbsolutePath().relativize(folder.toAbsolutePath()).resolve("part");
    Booklake.done("ingest", "--landing", landing, "--lake", part, "--tickers", "SIMB");
    assertThat(new Tables(part).read("ticker_days").select("ticker").distinct().collectAsList())
        .singleElement()
        .satisfies(row -> assertThat(row.getString(0)).isEqualTo("SIMB"));
  }

  @Test
  void emptyBarsAppearOnlyOnRequest() {
    Booklake.done("candles", "--lake", lake, "--bars", "time:10s");
    Tables tables = new Tables(lake);
    assertThat(tables.count("candles", "bar_spec = 'time:10s' AND event_count = 0")).isZero();
    Booklake.done("candles", "--lake", lake, "--bars", "time:10s", "--empty-bars");
    assertThat(tables.count("candles", "bar_spec = 'time:10s' AND ticker = 'SIMA'"))
        .as("six and a half hours of ten seconds")
        .isEqualTo(2_340);
  }

  @Test
  void aTickerDayWhoseEndIsMissingFailsByNameAndPublishesNoBars() {
    Path cutLanding = folder.resolve("cut-landing");
    Path cut = folder.resolve("cut-lake");
    Booklake.done("simulate", "--landing", cutLanding, "--ticker-count", 1, "--events", 500);
    Booklake.done("ingest", "--landing", cutLanding, "--lake", cut);
    Tables tables = new Tables(cut);
    for (String table : List.of("messages", "depth")) {
      tables.spark().sql("DELETE FROM " + tables.delta(table) + " WHERE event_index >= 490");
      tables.publish(table, tables.versions().get(table));
    }

    for (String job : List.of("candles", "volume-profile", "depth-metrics")) {
      Booklake.Outcome outcome = Booklake.run(job, "--lake", cut);

      assertThat(outcome.code()).as(job).isEqualTo(Main.FAILED);
      assertThat(outcome.err())
          .contains("messages of SIMA", "found 490 events, expected 500", "booklake verify");
    }
    assertThat(tables.versions()).doesNotContainKeys("candles", "volume_profile", "depth_metrics");
  }

  @Test
  void aTickerDayWithoutTheOrderLevelBookIsWholeAndGetsItWhenForced() throws IOException {
    Path plainLanding = folder.resolve("plain-landing");
    Path plain = folder.resolve("plain-lake");
    Path conf =
        Files.writeString(folder.resolve("plain.yaml"), "ingest: {order-level-book: false}");
    Booklake.done("simulate", "--landing", plainLanding, "--ticker-count", 1, "--events", 500);
    String[] orderLevel = {"mbo", "book_snapshots", "orders"};
    Tables tables = new Tables(plain);

    Booklake.done("ingest", "--landing", plainLanding, "--lake", plain, "--conf", conf);
    assertThat(tables.versions()).containsKeys("messages", "depth", "trades");
    assertThat(tables.versions()).doesNotContainKeys(orderLevel);
    Booklake.done("candles", "--lake", plain);
    assertThat(Booklake.done("verify", "--lake", plain)).contains("0 failed");
    Booklake.Outcome snapshots =
        Booklake.run("snapshots", "--landing", plainLanding, "--lake", plain, "--every", 100);
    assertThat(snapshots.code()).isEqualTo(Main.PARTLY_DONE);
    assertThat(snapshots.out()).contains("without the order-level book: ingest it with --force");
    Booklake.done("show", "messages", "--lake", plain, "--index", "499");
    Booklake.Outcome book = Booklake.run("show", "book", "--lake", plain, "--index", 7);
    assertThat(book.code()).isEqualTo(Main.INVALID_INPUT);
    assertThat(book.err()).contains("has no table book_snapshots yet");
    DayReader day =
        LakeReader.open(plain.toString(), new Configuration())
            .day(new TickerDay(LocalDate.of(2024, 3, 4), "SIMA", 10));
    assertThatThrownBy(() -> day.book(7))
        .isInstanceOf(NotPublishedException.class)
        .hasMessageContaining("without the order-level book");

    Booklake.done("ingest", "--landing", plainLanding, "--lake", plain, "--force");
    assertThat(tables.versions()).containsKeys(orderLevel);
    assertThat(Booklake.done("verify", "--lake", plain)).contains("0 failed");

    Booklake.done("ingest", "--landing", plainLanding, "--lake", plain, "--conf", conf, "--force");
    String published = "SELECT map_keys(table_versions) FROM " + tables.delta("ticker_days");
    assertThat(tables.spark().sql(published).first().getList(0))
        .contains("messages", "depth", "trades")
        .doesNotContain((Object[]) orderLevel);
    for (String table : orderLevel) {
      assertThat(tables.spark().sql("FROM " + tables.delta(table)).count()).as(table).isZero();
    }
  }

  @Test
  void tablesOfAnOlderAndNarrowerLakeGetTheColumnsThatTheyLack() {
    Path older = folder.resolve("older-lake");
    Tables tables = new Tables(older);
    Lake made = new Lake(Spark.of(tables.spark()), older.toString());
    List<Table> catalog =
        TableCatalog.all().stream().filter(table -> !table.name().equals("depth")).toList();
    for (Table table : catalog) {
      List<Column> fewer = table.columns().subList(0, table.columns().size() - 1);
      made.replace(with(table, fewer), List.of(), ReplaceScope.NOTHING);
    }

    Booklake.done(
        "nightly",
        "--landing",
        landing,
        "--lake",
        older,
        "--ticker",
        "SIMA",
        "--steps",
        "ingest,candles,volume-profile,depth-metrics");

    for (Table table : catalog) {
      if (!table.name().equals("quarantine")) {
        assertThat(tables.read(table.name()).schema())
            .as(table.name() + ", comments included")
            .isEqualTo(Schemas.of(table.columns()));
      }
    }
    assertThat(tables.count("ticker_days", "run_host IS NULL")).isZero();
    assertThat(tables.count("candles", "is_halted IS NULL")).isZero();
  }

  @Test
  void aTableWithAColumnOfAnotherTypeIsNotWrittenAndTheErrorNamesBoth() {
    Path strange = folder.resolve("strange-lake");
    Tables tables = new Tables(strange);
    List<Column> columns = new ArrayList<>(TableCatalog.CANDLES.columns());
    columns.replaceAll(
        column ->
            column.name().equals("volume")
                ? new Column("volume", ColumnType.STRING, "A sum in words")
                : column);
    new Lake(Spark.of(tables.spark()), strange.toString())
        .replace(with(TableCatalog.CANDLES, columns), List.of(), ReplaceScope.NOTHING);
    Booklake.done("ingest", "--landing", landing, "--lake", strange, "--ticker", "SIMA");

    Booklake.Outcome outcome = Booklake.run("candles", "--lake", strange);

    assertThat(outcome.code()).isEqualTo(Main.FAILED);
    assertThat(outcome.err())
        .contains("table candles of the lake has a column 'volume' of type string", "type long");
    assertThat(tables.versions()).containsEntry("candles", 0L);

    assertThat(Booklake.done("show", "ticker-days", "--lake", strange, "--columns", "all"))
        .doesNotContain("candles");
  }

  private static Table with(Table table, List<Column> columns) {
    return new Table(
        table.name(),
        table.rowPer(),
        table.comment(),
        columns,
        table.partitionColumns(),
        table.sortColumns(),
        table.statisticsColumns());
  }

  @Test
  void aNightDoesAllStepsAndTheNextOneFindsNothingToDo() {
    Path landing = folder.resolve("night-landing");
    Path night = folder.resolve("night-lake");
    Booklake.done("simulate", "--landing", landing, "--ticker-count", 2, "--events", 500);

    String out = Booklake.done("nightly", "--landing", landing, "--lake", night, "--format", "csv");

    assertThat(out.lines().skip(1).map(line -> line.substring(0, line.indexOf(",done,"))))
        .containsExactly("ingest", "candles", "volume-profile", "depth-metrics", "verify");
    assertThat(out).contains("2 published", "candles in", "for 2 of 2 published ticker-days");
    Map<String, Long> versions = new Tables(night).versions();
    out = Booklake.done("nightly", "--landing", landing, "--lake", night, "--format", "csv");
    assertThat(out).contains("0 published, 2 unchanged", "for 0 of 2 published ticker-days");
    assertThat(new Tables(night).versions()).isEqualTo(versions);
  }

  @Test
  void aNightOfSomeStepsKeepsTheirOrderAndAnUnknownStepIsWrongInput() {
    String out =
        Booklake.done(
            "nightly", "--lake", lake, "--steps", "volume-profile,candles", "--format", "csv");
    assertThat(out.lines().skip(1).map(line -> line.substring(0, line.indexOf(","))))
        .containsExactly("candles", "volume-profile");
    Booklake.Outcome wrong = Booklake.run("nightly", "--lake", lake, "--steps", "ingest,bars");
    assertThat(wrong.code()).isEqualTo(Main.INVALID_INPUT);
    assertThat(wrong.err()).contains("--steps: found 'bars'", "ingest, candles");
  }

  @Test
  void theDemoEmptiesOnlyItsOwnFolder() throws Exception {
    Path precious = Files.createDirectory(folder.resolve("precious"));
    Files.writeString(precious.resolve("thesis.txt"), "years of work");
    Booklake.Outcome outcome = Booklake.run("demo", "--folder", precious);
    assertThat(outcome.code()).isEqualTo(Main.INVALID_INPUT);
    assertThat(precious.resolve("thesis.txt")).exists();
  }

  @Test
  void theDemoKeepsALakeThatHoldsMoreThanADemoMakes() throws Exception {
    Path demo = Files.createDirectory(folder.resolve("demo-with-more"));
    Files.createFile(demo.resolve(".booklake-demo"));
    Path own = folder.resolve("own-landing");
    Path kept = demo.resolve("lake");
    Booklake.done(
        "simulate",
        "--landing",
        own,
        "--ticker-count",
        1,
        "--events",
        500,
        "--first-date",
        "2024-03-07");
    Booklake.done("ingest", "--landing", own, "--lake", kept);

    Booklake.Outcome outcome = Booklake.run("demo", "--folder", demo);

    assertThat(outcome.code()).as(outcome.err()).isEqualTo(Main.INVALID_INPUT);
    assertThat(outcome.err())
        .contains("found SIMA 2024-03-07", "expected what a demo makes", "--folder");
    assertThat(Booklake.done("show", "ticker-days", "--lake", kept)).contains("2024-03-07");
  }
}
