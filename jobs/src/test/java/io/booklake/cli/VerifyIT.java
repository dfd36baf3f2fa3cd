package io.booklake.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A sound lake passes every check, and each planted corruption is found and named. */
class VerifyIT {
  @TempDir static Path folder;
  private static Path landing;
  private static Path sound;

  /** Trading days from 2024-03-04 on: one for each corruption, and those named below. */
  private static final List<LocalDate> DAYS =
      LocalDate.of(2024, 3, 4)
          .datesUntil(LocalDate.of(2024, 4, 30))
          .filter(day -> day.getDayOfWeek().getValue() <= 5)
          .limit(corruptions().size() + 4)
          .toList();

  private static final LocalDate OLDER_FILE = DAYS.get(DAYS.size() - 4);
  private static final LocalDate GONE_FILE = DAYS.get(DAYS.size() - 3);
  private static final LocalDate GONE_SOURCE = DAYS.get(DAYS.size() - 2);
  private static final LocalDate UNHARMED = DAYS.get(DAYS.size() - 1);

  private static Path harmed;
  private static Map<String, Long> soundVersions;
  private static String findings;

  @BeforeAll
  static void makeALake() {
    landing = folder.resolve("landing");
    sound = folder.resolve("sound");
    Booklake.done(
        "simulate",
        "--landing",
        landing,
        "--ticker-count",
        2,
        "--events",
        3_000,
        "--depths",
        "10,3,1",
        "--packing",
        "zip");
    Booklake.done("ingest", "--landing", landing, "--lake", sound);
    Booklake.done("candles", "--lake", sound, "--bars", "time:1m,trades:20");
    Booklake.done("volume-profile", "--lake", sound);
  }

  /** A day for each corruption, and some more. */
  @BeforeAll
  static void harmALake() throws IOException {
    Path older = folder.resolve("older");
    Path newer = folder.resolve("newer");
    harmed = folder.resolve("harmed");
    simulate(older, 99, 1, OLDER_FILE);
    Booklake.done("ingest", "--landing", older, "--lake", harmed);
    Tables tables = new Tables(harmed);
    Path olderFile = file(tables, OLDER_FILE);
    simulate(newer, 1, DAYS.size(), DAYS.get(0));
    Booklake.done("ingest", "--landing", newer, "--lake", harmed);
    Booklake.done("candles", "--lake", harmed, "--bars", "trades:20");
    Booklake.done("volume-profile", "--lake", harmed, "--windows", "session");
    soundVersions = tables.versions();
    soundVersions.remove("ticker_days");

    Set<String> tablesHarmed = new TreeSet<>();
    List<Corruption> corruptions = corruptions();
    for (int i = 0; i < corruptions.size(); i++) {
      Corruption corruption = corruptions.get(i);
      tables
          .spark()
          .sql(corruption.sql.formatted(delta(harmed, corruption.table), on(DAYS.get(i))));
      tablesHarmed.add(corruption.table);
    }
    tables
        .spark()
        .sql(
            "UPDATE %s SET message_file = replace(message_file, '.csv', '.gone.csv') WHERE %s"
                .formatted(delta(harmed, "ticker_days"), on(GONE_SOURCE)));
    tablesHarmed.remove("ticker_days");
    for (String table : tablesHarmed) {
      publish(harmed, table, tables.versions().get(table));
    }
    Files.copy(olderFile, file(tables, OLDER_FILE), StandardCopyOption.REPLACE_EXISTING);
    Files.delete(file(tables, GONE_FILE));

    Booklake.Outcome outcome = Booklake.run("verify", "--lake", harmed, "--format", "csv");
    assertThat(outcome.code()).as(outcome.out() + outcome.err()).isEqualTo(Main.PARTLY_DONE);
    findings = outcome.out();
  }

  private static void simulate(Path landing, int seed, int days, LocalDate first) {
    Booklake.done(
        "simulate",
        "--landing",
        landing,
        "--ticker-count",
        1,
        "--events",
        3_000,
        "--depths",
        "3",
        "--first-date",
        first,
        "--days",
        days,
        "--seed",
        seed);
  }

  private static String on(LocalDate day) {
    return "trade_date = DATE'" + day + "'";
  }

  @Test
  void aSoundLakePassesEveryCheck() {
    Booklake.Outcome outcome =
        Booklake.run("verify", "--lake", sound, "--cross-levels", "--format", "csv");

    assertThat(outcome.code()).as(outcome.out() + outcome.err()).isEqualTo(Main.DONE);
    List<String> rows = outcome.out().lines().skip(1).toList();
    for (String check :
        List.of(
            "source_hashes",
            "row_counts",
            "replay",
            "orders",
            "trades",
            "candles",
            "volume_profile")) {
      assertThat(rows).filteredOn(row -> row.contains("," + check + ",ok,")).hasSize(6);
    }
    assertThat(rows).filteredOn(row -> row.contains(",cross_levels,ok,")).hasSize(4);
  }

  /**
   * A statement that harms one table.
   *
   * @param what for the name of the test
   * @param check that must find it
   * @param words that must stand in the difference
   */
  private record Corruption(String what, String table, String sql, String check, String words) {
    @Override
    public String toString() {
      return what;
    }
  }

  static List<Corruption> corruptions() {
    return List.of(
        new Corruption(
            "a changed size in depth",
            "depth",
            "UPDATE %1$s SET bid_size_2 = bid_size_2 + 1 WHERE event_index = 1234 AND %2$s",
            "row_counts",
            "depth, event_index 1234: the row does not follow"),
        new Corruption(
            "a size in depth that known orders exceed",
            "depth",
            "UPDATE %1$s SET ask_size_1 = 1 WHERE event_index = 2000 AND %2$s",
            "replay",
            "depth, event_index 2000: ask_size_1 found 1, but mbo has"),
        new Corruption(
            "a lost row of mbo",
            "mbo",
            "DELETE FROM %1$s WHERE event_index = 1500 AND sequence = 0 AND %2$s",
            "replay",
            "mbo, event_index 15"),
        new Corruption(
            "a duplicated row of mbo",
            "mbo",
            "INSERT INTO %1$s SELECT * FROM %1$s WHERE event_index = 1500 AND sequence = 0 AND %2$s",
            "replay",
            "mbo, event_index 1500: sequence found 0, expected 1"),
        new Corruption(
            "a shifted snapshot",
            "book_snapshots",
            "UPDATE %1$s SET snapshot_index = 1001 WHERE snapshot_index = 1000 AND %2$s",
            "replay",
            "book_snapshots, event_index 1000: found no more rows, expected bid level 1"),
        new Corruption(
            "a changed residual",
            "book_snapshots",
            "UPDATE %1$s SET size = size + 1 WHERE snapshot_index = 1000 AND order_id IS NULL AND %2$s",
            "replay",
            "book_snapshots, event_index 1000: found bid level"),
        new Corruption(
            "a snapshot that tells another entry",
            "book_snapshots",
            "UPDATE %1$s SET entry_index = entry_index + 1 WHERE snapshot_index = 1000 AND %2$s",
            "orders",
            "book_snapshots, event_index 1000: entry_index of order"),
        new Corruption(
            "a lost message",
            "messages",
            "DELETE FROM %1$s WHERE event_index = 777 AND %2$s",
            "row_counts",
            "messages, event_index 777: no row of this event"),
        new Corruption(
            "a changed price of a trade",
            "trades",
            "UPDATE %1$s SET price = price + 100 WHERE event_index > 500 AND %2$s",
            "trades",
            "price found"),
        new Corruption(
            "lost trades",
            "trades",
            "DELETE FROM %1$s WHERE event_index > 2000 AND %2$s",
            "trades",
            "no trade, but messages hold an execution"),
        new Corruption(
            "another fill of orders",
            "orders",
            "UPDATE %1$s SET filled = filled + 1 WHERE exit_reason = 'executed' AND %2$s",
            "orders",
            "filled found"),
        new Corruption(
            "another exit of orders",
            "orders",
            "UPDATE %1$s SET exit_index = exit_index + 1 WHERE exit_reason = 'lost' AND %2$s",
            "orders",
            "exit_index found"),
        new Corruption(
            "another queue at entry",
            "orders",
            "UPDATE %1$s SET queue_ahead = queue_ahead + 1 WHERE queue_ahead > 100 AND %2$s",
            "replay",
            "queue_ahead found"),
        new Corruption(
            "a changed volume of a bar",
            "candles",
            "UPDATE %1$s SET buy_volume = buy_volume + 1 WHERE bar_spec = 'trades:20' AND bar_index = 3 AND %2$s",
            "candles",
            "candles, trades:20: sum of buy_volume found"),
        new Corruption(
            "a changed volume of a price",
            "volume_profile",
            "UPDATE %1$s SET cross_volume = cross_volume + 1 WHERE window_spec = 'session' AND is_poc AND %2$s",
            "volume_profile",
            "volume_profile, session@0.01: sum of cross_volume found"),
        new Corruption(
            "another digest in the ledger",
            "ticker_days",
            "UPDATE %1$s SET orderbook_sha256 = message_sha256 WHERE %2$s",
            "source_hashes",
            "SHA-256 found"));
  }

  @ParameterizedTest
  @MethodSource("corruptions")
  void everyCorruptionIsFoundAndNamed(Corruption corruption) {
    LocalDate day = DAYS.get(corruptions().indexOf(corruption));
    assertThat(lines(day))
        .filteredOn(line -> line.contains("," + corruption.check + ",failed,"))
        .as(String.join("\n", lines(day)))
        .singleElement()
        .asString()
        .contains(corruption.words);
  }

  @Test
  void aFileReplacedByThatOfAnOlderDeliveryIsFound() {
    assertThat(lines(OLDER_FILE)).anyMatch(line -> line.contains(",failed,"));
  }

  @Test
  void aFileThatIsGoneMakesItsTickerDayUnreadable() {
    assertThat(lines(GONE_FILE)).anyMatch(line -> line.contains(",readable,failed,0,"));
  }

  @Test
  void sourcesThatAreGoneAreSkipped() {
    assertThat(lines(GONE_SOURCE))
        .anyMatch(line -> line.contains(",source_hashes,skipped,0,not there any more: "))
        .noneMatch(line -> line.contains(",failed,"));
  }

  @Test
  void aTickerDayThatNobodyHarmedPassesBesideThem() {
    assertThat(lines(UNHARMED)).isNotEmpty().allMatch(line -> line.contains(",ok,"));
  }

  @Test
  void theVersionsThatTheLedgerNamesCount() {
    assertThat(Booklake.run("verify", "--lake", harmed, "--date", DAYS.get(3)).code())
        .isEqualTo(Main.PARTLY_DONE);
    soundVersions.forEach((table, version) -> publish(harmed, table, version));
    Booklake.done("verify", "--lake", harmed, "--date", DAYS.get(3));
  }

  private static List<String> lines(LocalDate day) {
    return findings.lines().filter(line -> line.startsWith(day + ",")).toList();
  }

  @Test
  void aShallowDayThatIsNotTheCutOfTheDeeperOneIsFound(@TempDir Path copy) throws IOException {
    Path lake = copy(sound, copy.resolve("lake"));
    harm(
        lake,
        "messages",
        "UPDATE %s SET order_id = order_id + 1 WHERE levels = 3 AND event_index = 900");

    Booklake.Outcome outcome = verify(lake, "--cross-levels");

    assertThat(outcome.code()).isEqualTo(Main.PARTLY_DONE);
    assertThat(outcome.out().lines())
        .filteredOn(line -> line.contains(",cross_levels,failed,"))
        .singleElement()
        .asString()
        .contains("messages, event_index 900: found MessageRow[eventIndex=900", "of 10 levels");
  }

  @Test
  void aSampleIsTheSameInEveryRunAndALargerOneHoldsASmaller() {
    List<String> one = days("1");
    List<String> third = days("0.33");

    assertThat(one).hasSize(1);
    assertThat(third).hasSize(2).containsAll(one);
    assertThat(days("1")).isEqualTo(one);
  }

  @Test
  void aSampleThatIsNeitherNumberNorShareAndAnEmptySelectionAreWrongInput() {
    Booklake.Outcome wrong = Booklake.run("verify", "--lake", sound, "--sample", "1.5");
    assertThat(wrong.code()).isEqualTo(Main.INVALID_INPUT);
    assertThat(wrong.err()).contains("--sample: found '1.5'", "a share of them such as 0.1");
    Booklake.Outcome empty = Booklake.run("verify", "--lake", sound, "--ticker", "NONE");
    assertThat(empty.code()).isEqualTo(Main.INVALID_INPUT);
    assertThat(empty.err()).contains("booklake show ticker-days");
  }

  private static List<String> days(String sample) {
    return Booklake.done("verify", "--lake", sound, "--sample", sample, "--format", "csv")
        .lines()
        .skip(1)
        .map(line -> String.join(",", List.of(line.split(",", -1)).subList(0, 3)))
        .distinct()
        .toList();
  }

  /** Of one ticker-day. */
  private static Booklake.Outcome verify(Path lake, Object... more) {
    return Booklake.run(
        Stream.concat(
                Stream.of(
                    "verify", "--lake", lake, "--ticker", "SIMA", "--levels", 3, "--format", "csv"),
                Stream.of(more))
            .toArray());
  }

  /** Changes a table and has the ledger name what it is then. */
  private static void harm(Path lake, String table, String sql) {
    Tables tables = new Tables(lake);
    tables.spark().sql(sql.formatted(delta(lake, table)));
    publish(lake, table, tables.versions().get(table));
  }

  private static void publish(Path lake, String table, long version) {
    new Tables(lake)
        .spark()
        .sql(
            "UPDATE %s SET table_versions = map_concat(table_versions, map('%s', %dL))"
                .formatted(delta(lake, "ticker_days"), table, version));
  }

  private static String delta(Path lake, String table) {
    return "delta.`" + lake.resolve(table) + "`";
  }

  /** The file of messages that holds a day. */
  private static Path file(Tables tables, LocalDate day) {
    Row row = tables.read("messages").where(on(day)).selectExpr("input_file_name()").first();
    return Path.of(URI.create(row.getString(0)));
  }

  private static Path copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(from.relativize(file)));
      }
    }
    return to;
  }
}
