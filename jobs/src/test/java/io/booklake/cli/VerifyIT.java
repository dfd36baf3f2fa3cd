package io.booklake.cli;

import static org.apache.spark.sql.functions.expr;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.io.LocalInputFile;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A sound lake passes every check, and each planted corruption is found and named. */
class VerifyIT {
  @TempDir static Path folder;
  private static Path sound;
  private static Path harmed;

  private static final List<Corruption> CORRUPTIONS =
      List.of(
          new Corruption(
              "a changed size in depth",
              "depth",
              update("bid_size_2", "bid_size_2 + 1", "event_index = 1234"),
              "row_counts",
              "depth, event_index 1234: the row does not follow"),
          new Corruption(
              "a size in depth that known orders exceed",
              "depth",
              update("ask_size_1", "1", "event_index = 2000"),
              "replay",
              "depth, event_index 2000: ask_size_1 found 1, but mbo has"),
          new Corruption(
              "a lost row of mbo",
              "mbo",
              delete("event_index = 1500 AND sequence = 0"),
              "replay",
              "orders, event_index 1500: queue_ahead found 100, expected null"),
          new Corruption(
              "a duplicated row of mbo",
              "mbo",
              duplicate("event_index = 1500 AND sequence = 0"),
              "replay",
              "mbo, event_index 1500: sequence found 0, expected 1"),
          new Corruption(
              "a shifted snapshot",
              "book_snapshots",
              update("snapshot_index", "1001", "snapshot_index = 1000"),
              "replay",
              "book_snapshots, event_index 1000: found no more rows, expected bid level 1"),
          new Corruption(
              "a changed residual",
              "book_snapshots",
              update("size", "size + 1", "snapshot_index = 1000 AND order_id IS NULL"),
              "replay",
              "book_snapshots, event_index 1000: found bid level"),
          new Corruption(
              "a snapshot that tells another entry",
              "book_snapshots",
              update("entry_index", "entry_index + 1", "snapshot_index = 1000"),
              "orders",
              "book_snapshots, event_index 1000: entry_index of order"),
          new Corruption(
              "a lost message",
              "messages",
              delete("event_index = 777"),
              "row_counts",
              "messages, event_index 777: no row of this event"),
          new Corruption(
              "a changed price of a trade",
              "trades",
              update("price", "price + 100", "event_index > 500"),
              "trades",
              "price found"),
          new Corruption(
              "lost trades",
              "trades",
              delete("event_index > 2000"),
              "trades",
              "no trade, but messages hold an execution"),
          new Corruption(
              "another fill of orders",
              "orders",
              update("filled", "filled + 1", "exit_reason = 'executed'"),
              "orders",
              "filled found"),
          new Corruption(
              "another exit of orders",
              "orders",
              update("exit_index", "exit_index + 1", "exit_reason = 'lost'"),
              "orders",
              "exit_index found"),
          new Corruption(
              "another queue at entry",
              "orders",
              update("queue_ahead", "queue_ahead + 1", "queue_ahead > 100"),
              "replay",
              "queue_ahead found"),
          new Corruption(
              "a changed volume of a bar",
              "candles",
              update("buy_volume", "buy_volume + 1", "bar_spec = 'trades:20' AND bar_index = 3"),
              "candles",
              "candles, trades:20, bar_index 3: buy_volume found"),
          new Corruption(
              "a false price of a bar",
              "candles",
              update("high", "high * 2", "bar_spec = 'time:1m' AND high IS NOT NULL"),
              "candles",
              ": high found"),
          new Corruption(
              "a false mean of a bar",
              "candles",
              update("vwap", "vwap * 2", "bar_spec = 'trades:20' AND bar_index = 2"),
              "candles",
              "candles, trades:20, bar_index 2: vwap found"),
          new Corruption(
              "a false imbalance of a bar",
              "candles",
              update("ofi", "ofi + 1", "bar_spec = 'trades:20' AND bar_index = 2"),
              "candles",
              "candles, trades:20, bar_index 2: ofi found"),
          new Corruption(
              "a lost bar",
              "candles",
              delete("bar_spec = 'trades:20' AND bar_index = 2"),
              "candles",
              "candles, trades:20, bar_index 2: bar_index found 3, expected 2"),
          new Corruption(
              "a bar that is there twice",
              "candles",
              duplicate("bar_spec = 'trades:20' AND bar_index = 2"),
              "candles",
              "candles, trades:20, bar_index 3: bar_index found 2, expected 3"),
          new Corruption(
              "all bars of a kind lost",
              "candles",
              delete("bar_spec = 'trades:20'"),
              "candles",
              "candles, trades:20, bar_index 0: no such row"),
          new Corruption(
              "a false state of the book",
              "depth_metrics",
              update("bid_size_25_bps", "0", "step_index = 36000"),
              "depth_metrics",
              "depth_metrics, time:1s, step_index 36000: bid_size_25_bps found 0"),
          new Corruption(
              "an instant that is not the time of its event",
              "messages",
              update("event_time", "event_time + INTERVAL 1 HOUR", "event_index = 700"),
              "event_times",
              "messages, event_index 700: event_time"),
          new Corruption(
              "another instant of depth",
              "depth",
              update("event_time", "event_time + INTERVAL 1 HOUR", "event_index = 701"),
              "event_times",
              "depth, event_index 701: event_time"),
          new Corruption(
              "a market participant that the source does not name",
              "messages",
              update("mpid", "'MPID'", "event_index = 2500"),
              "source_rows",
              "messages, event_index 2500: mpid found MPID, expected null as in the source"),
          new Corruption(
              "another side of a hidden order, which no other table tells",
              "messages",
              update("direction", "-direction", "event_type = 5"),
              "source_rows",
              ": direction found"),
          new Corruption(
              "a time before the one before",
              "messages",
              update("time_ns", "time_ns - 60000000000", "event_index = 1300"),
              "row_counts",
              "messages, event_index 1300: time_ns found"),
          new Corruption(
              "a changed volume of a price",
              "volume_profile",
              update("cross_volume", "cross_volume + 1", "window_spec = 'session' AND is_poc"),
              "volume_profile",
              "volume_profile, session@0.01, window_index 0, price 32.66: cross_volume found"),
          new Corruption(
              "another digest in the ledger",
              "ticker_days",
              update("orderbook_sha256", "message_sha256", "true"),
              "source_hashes",
              "SHA-256 found"),
          new Corruption(
              "an order on no side",
              "messages",
              update("direction", "0", "event_index = 1300"),
              "row_counts",
              "messages, event_index 1300: direction found 0, expected 1 or -1"));

  /** A trading day for each corruption, from a Monday on. */
  private static final List<LocalDate> DATES =
      LocalDate.of(2024, 3, 4)
          .datesUntil(LocalDate.of(2024, 12, 31))
          .filter(date -> date.getDayOfWeek().getValue() <= 5)
          .limit(CORRUPTIONS.size())
          .toList();

  /** What verify says of the harmed lake, in which every day has a harm of its own. */
  private static Booklake.Outcome found;

  @BeforeAll
  static void makeASoundLakeAndHarmACopyOfIt() throws IOException {
    Path landing = folder.resolve("landing");
    sound = folder.resolve("sound");
    Booklake.done(
        "simulate",
        "--landing",
        landing,
        "--ticker-count",
        1,
        "--days",
        DATES.size(),
        "--first-date",
        DATES.get(0),
        "--events",
        3_000,
        "--depths",
        "3",
        "--packing",
        "gzip");
    Booklake.done("ingest", "--landing", landing, "--lake", sound);
    Booklake.done("candles", "--lake", sound, "--bars", "time:1m,trades:20");
    Booklake.done("volume-profile", "--lake", sound, "--windows", "session");
    Booklake.done("depth-metrics", "--lake", sound);
    harmed = copy(sound, folder.resolve("harmed"));
    Tables tables = new Tables(harmed);
    Map<String, Dataset<Row>> rows = new TreeMap<>();
    for (int i = 0; i < DATES.size(); i++) {
      Corruption corruption = CORRUPTIONS.get(i);
      String day = "trade_date = DATE'" + DATES.get(i) + "' AND ";
      rows.compute(
          corruption.table,
          (table, known) -> corruption.harm.to(known == null ? tables.read(table) : known, day));
    }
    rows.forEach(VerifyIT::replace);
    // The ledger's own harm is where it is; the other tables have new versions.
    Map<String, Long> versions = tables.versions();
    versions.keySet().retainAll(rows.keySet());
    versions.remove("ticker_days");
    tables.publish(versions);
    found = Booklake.run("verify", "--lake", harmed, "--format", "csv");
  }

  private static void replace(String table, Dataset<Row> rows) {
    rows.write()
        .format("delta")
        .mode("overwrite")
        .partitionBy(table.equals("ticker_days") ? new String[0] : new String[] {"trade_date"})
        .save(harmed.resolve(table).toString());
  }

  @Test
  void aSoundLakePassesEveryCheck() {
    Booklake.Outcome outcome = Booklake.run("verify", "--lake", sound, "--format", "csv");

    assertThat(outcome.code()).as(outcome.out() + outcome.err()).isEqualTo(Main.DONE);
    List<String> rows = outcome.out().lines().skip(1).toList();
    for (String check :
        List.of(
            "source_hashes",
            "source_rows",
            "row_counts",
            "event_times",
            "replay",
            "orders",
            "trades",
            "candles",
            "volume_profile",
            "depth_metrics")) {
      assertThat(rows)
          .filteredOn(row -> row.contains("," + check + ",ok,"))
          .hasSize(CORRUPTIONS.size());
    }
  }

  /** What happens to the rows of one day. */
  @FunctionalInterface
  private interface Harm {
    Dataset<Row> to(Dataset<Row> rows, String day);
  }

  private static Harm update(String column, String value, String where) {
    return (rows, day) ->
        rows.withColumn(column, expr("IF(%s%s, %s, %s)".formatted(day, where, value, column)));
  }

  private static Harm delete(String where) {
    return (rows, day) -> rows.where("NOT (" + day + where + ")");
  }

  private static Harm duplicate(String where) {
    return (rows, day) -> rows.union(rows.where(day + where));
  }

  /**
   * Harm to one table.
   *
   * @param what for the name of the test
   * @param check that must find it
   * @param words that must stand in the difference
   */
  private record Corruption(String what, String table, Harm harm, String check, String words) {
    @Override
    public String toString() {
      return what;
    }
  }

  static List<Corruption> corruptions() {
    return CORRUPTIONS;
  }

  @ParameterizedTest
  @MethodSource("corruptions")
  void everyCorruptionIsFoundAndNamed(Corruption corruption) {
    LocalDate date = DATES.get(CORRUPTIONS.indexOf(corruption));

    assertThat(found.code()).as(found.err()).isEqualTo(Main.PARTLY_DONE);
    List<String> rows = found.out().lines().filter(line -> line.startsWith(date + ",")).toList();
    assertThat(rows)
        .filteredOn(line -> line.contains("," + corruption.check + ",failed,"))
        .as(String.join("\n", rows))
        .singleElement()
        .asString()
        .contains(corruption.words);
  }

  @Test
  void aFileReplacedByThatOfAnOlderDeliveryIsFound(@TempDir Path copy) throws IOException {
    Path lake = copy.resolve("lake");
    ingest(lake, copy.resolve("first"), 1, "3");
    Path older = messages(lake);
    ingest(lake, copy.resolve("second"), 2, "3");
    assertThat(verify(lake).code()).isEqualTo(Main.DONE);
    Files.copy(older, messages(lake), StandardCopyOption.REPLACE_EXISTING);

    Booklake.Outcome outcome = verify(lake);

    assertThat(outcome.code()).as(outcome.out()).isEqualTo(Main.PARTLY_DONE);
    assertThat(outcome.out().lines())
        .as("the hash of the source and the books are as they should be")
        .filteredOn(line -> line.contains(",row_counts,failed,"))
        .singleElement()
        .asString()
        .contains("event_index");
  }

  @Test
  void aByteThatChangedOnTheDiskIsAnErrorToSparkAndNoRow(@TempDir Path copy) throws IOException {
    Path lake = copy.resolve("lake");
    ingest(lake, copy.resolve("landing"), 1, "3");
    assertThat(read(lake).collectAsList()).hasSize(1);
    Path file = messages(lake);
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length / 2] ^= 1;
    Files.write(file, bytes);

    // Another one: Spark keeps what a query shuffled.
    Dataset<Row> again = read(lake);
    assertThatThrownBy(again::collectAsList).hasStackTraceContaining("checksum");
  }

  private static Dataset<Row> read(Path lake) {
    return new Tables(lake).read("messages").selectExpr("sum(hash(*))");
  }

  @Test
  void whatCountsIsTheVersionThatTheLedgerNames(@TempDir Path copy) {
    Path lake = copy.resolve("lake");
    ingest(lake, copy.resolve("landing"), 1, "3");
    long older = new Tables(lake).versions().get("mbo");
    harm(lake, "mbo", "DELETE FROM %s WHERE event_index > 2500");
    assertThat(verify(lake).code()).isEqualTo(Main.PARTLY_DONE);

    new Tables(lake).publish("mbo", older);

    assertThat(verify(lake).code()).isEqualTo(Main.DONE);
  }

  @Test
  void aFileThatIsGoneMakesItsTickerDayUnreadableAndASourceThatIsGoneIsSkipped(@TempDir Path copy)
      throws IOException {
    Path lake = copy.resolve("lake");
    Path landing = copy.resolve("landing");
    ingest(lake, landing, 1, "3");
    try (Stream<Path> files = Files.walk(landing)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Files.delete(file);
      }
    }

    Booklake.Outcome outcome = verify(lake);

    assertThat(outcome.code()).as(outcome.out()).isEqualTo(Main.DONE);
    assertThat(outcome.out()).contains(",source_hashes,skipped,0,");
    Files.delete(messages(lake));
    outcome = verify(lake);
    assertThat(outcome.code()).isEqualTo(Main.PARTLY_DONE);
    assertThat(outcome.out()).contains(",source_hashes,skipped,0,", ",readable,failed,0,");
  }

  /** One is as good as another: no check reads less of a table than all of it. */
  @ParameterizedTest
  @ValueSource(strings = {"candles", "volume_profile", "depth_metrics", "orders"})
  void aFileOfAnyTableThatIsGoneOrDamagedIsNamedWithTheColumn(String table, @TempDir Path folder)
      throws IOException {
    Path lake = copy(sound, folder.resolve("lake"));
    String day = DATES.get(3).toString();
    Path file = file(lake, table, day);
    byte[] bytes = Files.readAllBytes(file);
    Column column = lastColumn(file);
    bytes[(int) (column.start + column.length - 1)] ^= 1;
    Files.write(file, bytes);

    Booklake.Outcome damaged = verify(lake, "--dates", day);
    Files.delete(file);
    Booklake.Outcome gone = verify(lake, "--dates", day);

    assertThat(damaged.code()).as(damaged.out()).isEqualTo(Main.PARTLY_DONE);
    assertThat(damaged.out())
        .contains(",source_hashes,ok,", ",readable,failed,0,")
        .contains(table + ": " + uri(file) + ": column " + column.name + " cannot be read");
    assertThat(gone.code()).as(gone.out()).isEqualTo(Main.PARTLY_DONE);
    assertThat(gone.out())
        .contains(",readable,failed,0,")
        .contains(table + ": " + uri(file) + ": not there");
    assertThat(verify(lake, "--dates", DATES.get(4)).code()).isEqualTo(Main.DONE);
  }

  @Test
  void oneTickerDayThatCannotBeReadLeavesThoseThatAreReadWithItToTheirChecks(@TempDir Path folder)
      throws IOException {
    Path lake = copy(sound, folder.resolve("lake"));
    String day = DATES.get(3).toString();
    Files.delete(file(lake, "orders", day));

    Booklake.Outcome outcome = verify(lake, "--dates", DATES.get(0) + ".." + DATES.get(4));

    List<String> checks = outcome.out().lines().skip(1).toList();
    List<String> ofTheDay = checks.stream().filter(line -> line.startsWith(day)).toList();
    assertThat(ofTheDay).hasSize(2);
    assertThat(ofTheDay.get(0)).contains(",source_hashes,ok,");
    assertThat(ofTheDay.get(1)).contains(",readable,failed,");
    List<String> ofOthers = checks.stream().filter(line -> !line.startsWith(day)).toList();
    assertThat(ofOthers).allSatisfy(line -> assertThat(line).contains(",ok,"));
    long ofOne = ofOthers.stream().filter(line -> line.startsWith(DATES.get(4).toString())).count();
    assertThat(ofOne).isGreaterThan(5);
    assertThat(ofOthers).hasSize((int) (4 * ofOne));
  }

  private static String uri(Path file) {
    return "file:" + file;
  }

  /** Where the values of a column are. */
  private record Column(String name, long start, long length) {}

  private static Column lastColumn(Path file) throws IOException {
    try (ParquetFileReader reader =
        ParquetFileReader.open(new LocalInputFile(file), ParquetReadOptions.builder().build())) {
      List<ColumnChunkMetaData> columns = reader.getRowGroups().get(0).getColumns();
      ColumnChunkMetaData last = columns.get(columns.size() - 1);
      return new Column(last.getPath().toDotString(), last.getStartingPos(), last.getTotalSize());
    }
  }

  private static Path file(Path lake, String table, String day) {
    return Stream.of(new Tables(lake).read(table).where("trade_date = '" + day + "'").inputFiles())
        .map(file -> Path.of(URI.create(file)))
        .filter(file -> file.toString().contains(day))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void aShallowDayIsTheCutOfTheDeeperOneOrTheDifferenceIsNamed(@TempDir Path copy) {
    Path lake = copy.resolve("lake");
    ingest(lake, copy.resolve("landing"), 1, "10,3,1");

    Booklake.Outcome outcome = verify(lake, "--cross-levels");

    assertThat(outcome.code()).as(outcome.out()).isEqualTo(Main.DONE);
    assertThat(outcome.out().lines())
        .filteredOn(line -> line.contains(",cross_levels,ok,"))
        .hasSize(2);
    harm(
        lake,
        "messages",
        "UPDATE %s SET order_id = order_id + 1 WHERE levels = 3 AND event_index = 900");
    outcome = verify(lake, "--cross-levels", "--levels", 3);
    assertThat(outcome.code()).isEqualTo(Main.PARTLY_DONE);
    assertThat(outcome.out().lines())
        .filteredOn(line -> line.contains(",cross_levels,failed,"))
        .singleElement()
        .asString()
        .contains("messages, event_index 900: found MessageRow[eventIndex=900", "of 10 levels");
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

  private static Booklake.Outcome verify(Path lake, Object... more) {
    return Booklake.run(
        Stream.concat(Stream.of("verify", "--lake", lake, "--format", "csv"), Stream.of(more))
            .toArray());
  }

  private static void ingest(Path lake, Path landing, int seed, String depths) {
    Booklake.done(
        "simulate",
        "--landing",
        landing,
        "--ticker-count",
        1,
        "--events",
        3_000,
        "--depths",
        depths,
        "--seed",
        seed);
    Booklake.done("ingest", "--landing", landing, "--lake", lake);
  }

  /** Changes a table and has the ledger name what it is then. */
  private static void harm(Path lake, String table, String sql) {
    Tables tables = new Tables(lake);
    tables.spark().sql(sql.formatted(tables.delta(table)));
    tables.publish(table, tables.versions().get(table));
  }

  /** The only file of messages. */
  private static Path messages(Path lake) {
    return Path.of(URI.create(new Tables(lake).read("messages").inputFiles()[0]));
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
