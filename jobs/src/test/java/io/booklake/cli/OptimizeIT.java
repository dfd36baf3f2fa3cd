package io.booklake.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.booklake.lake.Compaction;
import io.booklake.lake.Lake;
import io.booklake.lake.ReplaceScope;
import io.booklake.model.TickerDay;
import io.booklake.read.DayReader;
import io.booklake.read.LakeReader;
import io.booklake.read.RowQuery;
import io.booklake.spark.Spark;
import io.booklake.table.ColumnBatch;
import io.booklake.table.ColumnValues;
import io.booklake.table.Table;
import io.booklake.table.TableCatalog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files are put together, and nobody who reads the lake can tell. */
class OptimizeIT {
  private static final LocalDate DATE = LocalDate.of(2024, 3, 4);
  private static final long TARGET_BYTES = 128L << 20;

  /** Three runs of ingest and of candles, so that each table has three files or more. */
  @TempDir static Path scattered;

  @TempDir Path folder;
  private Path lake;
  private Tables tables;

  @BeforeAll
  static void publish() {
    Path landing = scattered.resolve("landing");
    Path lake = scattered.resolve("lake");
    Booklake.done("simulate", "--landing", landing, "--ticker-count", 4, "--events", 5000);
    // Those of the second run lie between those of the first.
    for (String tickers : List.of("SIMA,SIMC", "SIMB", "SIMD")) {
      Booklake.done("ingest", "--landing", landing, "--lake", lake, "--tickers", tickers);
      Booklake.done("volume-profile", "--lake", lake, "--windows", "session");
    }
    for (String bars : List.of("events:50,time:5m", "time:1m", "volume:10000")) {
      Booklake.done("candles", "--lake", lake, "--bars", bars);
    }
  }

  private void begin() throws IOException {
    lake = folder.resolve("lake");
    tables = new Tables(lake);
    try (Stream<Path> all = Files.walk(scattered.resolve("lake"))) {
      for (Path each : all.toList()) {
        Files.copy(each, lake.resolve(scattered.resolve("lake").relativize(each)));
      }
    }
  }

  @Test
  void smallFilesBecomeOneInTheOrderOfTheTableAndNoRowChanges() throws IOException {
    begin();
    Map<String, String> contents = tables.contents();
    Map<String, Long> versions = tables.versions();
    String read = read();

    Map<String, JsonNode> done = optimize();

    assertThat(done)
        .containsOnlyKeys(
            "messages",
            "depth",
            "trades",
            "mbo",
            "book_snapshots",
            "orders",
            "candles",
            "volume_profile");
    done.forEach(
        (table, row) -> {
          assertThat(row.get("files_before").asInt()).as(table).isGreaterThanOrEqualTo(3);
          assertThat(row.get("files_after").asInt()).as(table).isEqualTo(1);
          assertThat(tables.versions().get(table))
              .as("one commit to " + table)
              .isEqualTo(versions.get(table) + 1);
        });
    assertThat(tables.contents()).isEqualTo(contents);
    for (Table table : TableCatalog.all()) {
      if (done.containsKey(table.name())) {
        assertThat(tables.outOfOrder(table)).as(table.name()).isZero();
      }
    }
    assertThat(read()).isEqualTo(read);
    assertThat(Booklake.done("verify", "--lake", lake)).contains("0 failed");
  }

  @Test
  void aSecondRunWritesNothing() throws IOException {
    begin();
    optimize();
    Map<String, Long> versions = tables.versions();
    List<Path> files = files();

    assertThat(JsonLines.sum(optimize(), "joined_files")).isZero();

    assertThat(tables.versions()).isEqualTo(versions);
    assertThat(files()).isEqualTo(files);
  }

  @Test
  void theLedgerNamesTheResultSoThatVacuumTakesWhatWasBefore() throws IOException {
    begin();
    Map<String, String> contents = tables.contents();
    optimize();
    age();

    Booklake.done("vacuum", "--lake", lake, "--delete");

    assertThat(files().stream().filter(file -> file.toString().contains("trade_date="))).hasSize(8);
    assertThat(tables.contents()).isEqualTo(contents);
  }

  @Test
  void tablesThatWereNotAskedForStayAsTheyAre() throws IOException {
    begin();
    Map<String, Long> versions = tables.versions();

    assertThat(optimize("--tables", "depth")).containsOnlyKeys("depth");

    versions.merge("depth", 1L, Long::sum);
    versions.merge("ticker_days", 1L, Long::sum);
    assertThat(tables.versions()).isEqualTo(versions);
  }

  @Test
  void whatAnotherRunLeftUnpublishedIsNotPublishedByIt() throws IOException {
    begin();
    TickerDay replaced = new TickerDay(DATE, "SIMA", 10);
    Lake open = new Lake(Spark.of(tables.spark()), lake.toString());
    open.replace(TableCatalog.MESSAGES, List.of(), ReplaceScope.of(List.of(replaced)));
    String read = read();

    optimize();

    Map<TickerDay, Long> pinned = new TreeMap<>();
    open.ledger()
        .entries()
        .forEach((day, entry) -> pinned.put(day, entry.tableVersions().get("messages")));
    long newest = open.version("messages");
    assertThat(pinned.remove(replaced)).isLessThan(newest);
    assertThat(pinned.get(new TickerDay(DATE, "SIMB", 10))).isEqualTo(newest);
    assertThat(read()).isEqualTo(read);
    assertThat(Booklake.done("verify", "--lake", lake)).contains("0 failed");
  }

  @Test
  void aRunThatWasKilledBeforeItPublishedIsCompletedByTheNext() throws IOException {
    begin();
    Lake open = new Lake(Spark.of(tables.spark()), lake.toString());
    new Compaction(open, TARGET_BYTES).of(TableCatalog.MESSAGES);

    optimize("--tables", "trades");

    assertThat(open.ledger().entries().values())
        .allSatisfy(
            entry ->
                assertThat(entry.tableVersions())
                    .containsEntry("messages", open.version("messages"))
                    .containsEntry("trades", open.version("trades")));
  }

  @Test
  void aVersionWhoseFilesAVacuumHasDeletedIsNeverNamed() throws IOException {
    begin();
    Lake open = new Lake(Spark.of(tables.spark()), lake.toString());
    // As a run that is killed before it publishes, or that meets an ingest of all of these.
    new Compaction(open, TARGET_BYTES).of(TableCatalog.MESSAGES);
    ingestAgain("SIMB");
    age();
    Booklake.done("vacuum", "--lake", lake, "--delete");

    optimize();

    assertThat(Booklake.done("verify", "--lake", lake)).contains("0 failed");
  }

  @Test
  void aTickerDayThatIsDeliveredAgainTakesItsOldRowsOutOfTheResult() throws IOException {
    begin();
    optimize();

    ingestAgain("SIMB");

    String one = tables.content("messages", "true");
    assertThat(one).isEqualTo(new Tables(scattered.resolve("lake")).content("messages", "true"));
    assertThat(optimize("--tables", "messages").get("messages").get("files_after").asInt())
        .isEqualTo(1);
    assertThat(tables.content("messages", "true")).isEqualTo(one);
  }

  private void ingestAgain(String ticker) {
    Booklake.done(
        "ingest",
        "--landing",
        scattered.resolve("landing"),
        "--lake",
        lake,
        "--tickers",
        ticker,
        "--force");
  }

  @Test
  void wrongInputIsToldBeforeAnythingIsDone() throws IOException {
    begin();
    Booklake.Outcome unknown = Booklake.run("optimize", "--lake", lake, "--tables", "ticker_days");
    assertThat(unknown.code()).isEqualTo(Main.INVALID_INPUT);
    assertThat(unknown.err()).contains("ticker_days", "messages");
    Booklake.Outcome part = Booklake.run("optimize", "--lake", lake, "--tickers", "SIMA");
    assertThat(part.code()).isEqualTo(2);
    Booklake.Outcome nowhere = Booklake.run("optimize", "--lake", folder.resolve("none"));
    assertThat(nowhere.code()).isEqualTo(Main.INVALID_INPUT);
    assertThat(nowhere.err()).contains("there is no lake");
    Path conf = Files.writeString(folder.resolve("c.yaml"), "optimize: {target-file-megabytes: 0}");
    Booklake.Outcome size = Booklake.run("optimize", "--lake", lake, "--conf", conf);
    assertThat(size.code()).isEqualTo(Main.INVALID_INPUT);
    assertThat(size.err()).contains("optimize.target-file-megabytes");
  }

  /** What a reader without Spark finds: events across page borders, books, bars. */
  private String read() throws IOException {
    StringBuilder all = new StringBuilder();
    LakeReader reader = LakeReader.open(lake.toString(), new Configuration());
    for (String ticker : List.of("SIMA", "SIMB", "SIMC", "SIMD")) {
      DayReader day = reader.day(new TickerDay(DATE, ticker, 10));
      for (long index : new long[] {0, day.events() / 2, day.events() - 6}) {
        for (String table : List.of("messages", "depth", "mbo")) {
          all.append(text(day.rows(RowQuery.of(table).between(index, index + 5))));
        }
        all.append(day.book(index).book());
      }
      for (String bars : List.of("events:50", "time:1m", "time:5m", "volume:10000")) {
        all.append(text(day.rows(RowQuery.of("candles").spec(bars))));
      }
    }
    return all.toString();
  }

  private static String text(ColumnBatch batch) {
    StringBuilder text = new StringBuilder();
    for (ColumnValues values : batch.columns()) {
      text.append(values.column.name());
      for (int row = 0; row < batch.rows; row++) {
        text.append(' ').append(values.isNull(row) ? null : value(values, row));
      }
      text.append('\n');
    }
    return text.toString();
  }

  private static Object value(ColumnValues values, int row) {
    return switch (values.column.type()) {
      case LONG, TIMESTAMP -> values.longs[row];
      case INT, DATE -> values.ints[row];
      case DOUBLE -> values.doubles[row];
      case BOOLEAN -> values.booleans[row];
      default -> values.strings[row];
    };
  }

  private Map<String, JsonNode> optimize(Object... more) {
    return JsonLines.by(
        "table",
        Booklake.done(
            Stream.concat(
                    Stream.of("optimize", "--lake", lake, "--format", "json"), Stream.of(more))
                .toArray()));
  }

  /** Everything in the lake was written a month before it was. */
  private void age() throws IOException {
    new LakeFiles(lake).age(Duration.ofDays(30));
  }

  private List<Path> files() throws IOException {
    List<Path> files = new ArrayList<>();
    try (Stream<Path> all = Files.walk(lake)) {
      all.filter(Files::isRegularFile)
          .filter(file -> !file.toString().endsWith(".crc"))
          .sorted()
          .forEach(files::add);
    }
    return files;
  }
}
