package io.booklake.lake;

import static org.assertj.core.api.Assertions.assertThat;

import io.booklake.book.Fidelity;
import io.booklake.format.lobster.Inspection;
import io.booklake.format.lobster.Pair;
import io.booklake.format.lobster.SourceFile;
import io.booklake.lake.event.BookFigures;
import io.booklake.lake.event.TakenDay;
import io.booklake.model.TickerDay;
import io.booklake.spark.Spark;
import io.booklake.table.TableCatalog;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What several jobs note of one ticker-day at once stands side by side. */
class LedgerTest {
  private static final TickerDay DAY = new TickerDay(LocalDate.of(2024, 3, 4), "SIMA", 5);
  private static final TickerDay OTHER = new TickerDay(LocalDate.of(2024, 3, 4), "SIMB", 5);
  private static final Map<String, Long> INPUTS = Map.of("messages", 3L, "depth", 4L);

  private static SparkSession spark;

  @TempDir private Path folder;
  private Lake lake;
  private Ledger ledger;

  @BeforeAll
  static void startSpark() {
    spark = LakeSessions.start();
  }

  @AfterAll
  static void stopSpark() {
    spark.stop();
  }

  @BeforeEach
  void publishTwoTickerDays() {
    lake = new Lake(Spark.of(spark), folder.toString());
    ledger = lake.ledger();
    lake.update(
        TableCatalog.TICKER_DAYS,
        rows -> new Rewrite(List.of(row(DAY), row(OTHER)), ReplaceScope.of(List.of(DAY, OTHER))));
  }

  private static Map<String, Object> row(TickerDay day) {
    return Map.ofEntries(
        Map.entry("trade_date", day.tradeDate()),
        Map.entry("ticker", day.ticker()),
        Map.entry("levels", day.levels()),
        Map.entry("message_sha256", "0a"),
        Map.entry("message_bytes", 120L),
        Map.entry("orderbook_sha256", "0b"),
        Map.entry("orderbook_bytes", 480L),
        Map.entry("row_count", 4L),
        Map.entry("start_time_ns", 34_200_000_000_000L),
        Map.entry("end_time_ns", 57_600_000_000_000L),
        Map.entry("published_at", Instant.parse("2024-03-05T01:02:03.456789Z")),
        Map.entry("run_id", "night"),
        Map.entry("run_host", "here"),
        Map.entry("table_versions", INPUTS),
        Map.entry("table_parameters", Map.of()));
  }

  @Test
  void jobsThatNoteTheirTablesAtOnceLoseNothing() throws Exception {
    int jobs = 4;
    Map<TickerDay, Ledger.Entry> before = ledger.entries();
    ExecutorService threads = Executors.newFixedThreadPool(jobs);
    try {
      List<Future<?>> work = new ArrayList<>();
      for (int job = 0; job < jobs; job++) {
        String table = "table_" + job;
        long version = job;
        work.add(
            threads.submit(
                () -> {
                  note(table, version, before, "held " + version);
                }));
      }
      for (Future<?> each : work) {
        each.get();
      }
    } finally {
      threads.shutdownNow();
    }

    Map<TickerDay, Ledger.Entry> entries = ledger.entries();

    assertThat(entries).containsOnlyKeys(DAY, OTHER);
    assertThat(entries.get(OTHER).tableVersions()).isEqualTo(INPUTS);
    assertThat(entries.get(DAY).tableVersions()).hasSize(INPUTS.size() + jobs);
    assertThat(entries.get(DAY).tableParameters())
        .containsOnlyKeys(
            IntStream.range(0, jobs).mapToObj(job -> "table_" + job).toArray(String[]::new))
        .containsEntry("table_3", "held 3");
    assertThat(lake.rows(TableCatalog.TICKER_DAYS))
        .extracting(row -> row.get("published_at"))
        .as("all else of the row is as it was")
        .containsOnly(Instant.parse("2024-03-05T01:02:03.456789Z"));
  }

  @ParameterizedTest
  @CsvSource({
    "run_id, morning, morning, here",
    "run_host, there, night, there",
    "message_sha256, 0c, night, here",
    "orderbook_sha256, 0c, night, here"
  })
  void whatWasComputedFromAnOlderDeliveryIsNotNoted(
      String column, String value, String run, String host) {
    Map<TickerDay, Ledger.Entry> before = ledger.entries();
    put(DAY, Map.of(column, value));
    long version = lake.version("ticker_days");

    assertThat(note("candles", 1, before, "x"))
        .isEqualTo(Map.of(DAY, new Ledger.Publisher(run, host)));

    assertThat(lake.version("ticker_days")).isEqualTo(version);
    assertThat(ledger.entries().get(DAY).tableVersions()).isEqualTo(INPUTS);
  }

  @Test
  void whatWasComputedBeforeTheSameRowsCameToLieInOtherFilesIsNoted() {
    Map<TickerDay, Ledger.Entry> before = ledger.entries();
    ledger.follow((day, table, version) -> version + 10);

    assertThat(note("candles", 1, before, "x")).isEmpty();

    assertThat(ledger.entries().get(DAY).tableVersions())
        .isEqualTo(Map.of("messages", 13L, "depth", 14L, "candles", 1L));
  }

  @Test
  void whatATableHoldsIsNotedInAdditionAndUnderTheLatestVersion() {
    Map<TickerDay, Ledger.Entry> before = ledger.entries();
    ledger.noteCleared("candles", before);
    assertThat(ledger.entries().get(OTHER).isCleared("candles")).isTrue();
    assertThat(ledger.entries().get(OTHER).held("candles")).isEmpty();
    assertThat(ledger.entries().get(OTHER).tableVersions())
        .as("who reads by the ledger sees no table")
        .isEqualTo(INPUTS);
    note("candles", 3, before, "b");
    note("candles", 5, before, "b");
    note("candles", 4, before, "a");
    ledger.noteCleared("candles", before);
    assertThat(ledger.entries().get(DAY).tableVersions()).containsEntry("candles", 5L);
    assertThat(ledger.entries().get(DAY).tableParameters()).containsEntry("candles", "a,b");

    ledger.withdrawDerived("candles", before, "a"::equals);
    assertThat(ledger.entries().get(DAY).tableParameters()).containsEntry("candles", "b");
    ledger.withdrawDerived("candles", before, "b"::equals);
    assertThat(ledger.entries().get(DAY).held("candles")).isEmpty();
    assertThat(ledger.entries().get(DAY).tableVersions()).containsEntry("candles", 5L);
    ledger.withdrawDerived("volume_profile", before, "a"::equals);
    assertThat(ledger.entries().get(DAY).isCleared("volume_profile"))
        .as("what may lie there is not known by that")
        .isFalse();
  }

  @Test
  void versionsThatAnotherRunNamesMeanwhileAreNamedOnceAndNoTickerDayIsLost() {
    AtomicBoolean isFirst = new AtomicBoolean(true);
    Ledger.LaterVersions later = (day, table, version) -> Math.max(version, 10);

    Set<TickerDay> changed =
        ledger.follow(
            (day, table, version) -> {
              if (isFirst.getAndSet(false)) {
                assertThat(ledger.follow(later)).containsExactly(DAY, OTHER);
              }
              return later.of(day, table, version);
            });

    assertThat(ledger.entries()).containsOnlyKeys(DAY, OTHER);
    assertThat(changed).isEmpty();
    long version = lake.version("ticker_days");
    assertThat(ledger.follow(later)).isEmpty();
    assertThat(lake.version("ticker_days")).isEqualTo(version);
  }

  @Test
  void whatRowsTookThePlaceOfIsNoLongerNotedThoughItWasNotedMeanwhile() {
    Map<TickerDay, Ledger.Entry> before = ledger.entries();
    note("candles", 1, before, "a+empty");
    note("candles", 2, before, "b");

    ledger.publishDerived("candles", 3, before, Set.of("a"), "a+empty"::equals);

    assertThat(ledger.entries().get(DAY).tableParameters()).containsEntry("candles", "a,b");
    assertThat(ledger.entries().get(OTHER).tableParameters()).containsEntry("candles", "a");
  }

  @Test
  void ofRowsThatTookEachOthersPlaceNeitherAreNotedWhereTheLaterWereNotedFirst() {
    Map<TickerDay, Ledger.Entry> before = ledger.entries();
    note("candles", 1, before, "b");
    note("candles", 3, before, "a+empty");

    ledger.publishDerived("candles", 2, before, Set.of("a"), "a+empty"::equals);

    assertThat(ledger.entries().get(DAY).tableParameters()).containsEntry("candles", "b");
    assertThat(ledger.entries().get(DAY).tableVersions()).containsEntry("candles", 3L);
  }

  @Test
  void aRunThatFindsItsOwnRowsIsNotOvertakenByItselfButByAnyOther() {
    Map<TickerDay, Ledger.Entry> before = ledger.entries();
    Ledger.Publisher self = new Ledger.Publisher("morning", "here");

    assertThat(publish(before, self, DAY)).isEmpty();
    assertThat(publish(before, self, DAY)).as("its first answer was lost").isEmpty();
    assertThat(publish(before, new Ledger.Publisher("morning", "there"), DAY, OTHER))
        .isEqualTo(Map.of(DAY, self));

    assertThat(ledger.entries().get(DAY).publisher()).isEqualTo(self);
    assertThat(ledger.entries().get(OTHER).publisher().host()).isEqualTo("there");
  }

  @Test
  void whatAnotherRunPublishedOfOtherTickerDaysOvertakesNobody() {
    Map<TickerDay, Ledger.Entry> before = ledger.entries();
    Map<String, Object> other = new HashMap<>(row(OTHER));
    other.put("run_id", "noon");
    ReplaceScope both = ReplaceScope.of(List.of(DAY, OTHER));
    // One file has both.
    lake.update(
        TableCatalog.TICKER_DAYS, both, rows -> new Rewrite(List.of(row(DAY), other), both));

    assertThat(publish(before, new Ledger.Publisher("morning", "here"), DAY)).isEmpty();

    assertThat(ledger.entries()).containsOnlyKeys(DAY, OTHER);
    assertThat(ledger.entries().get(OTHER).publisher().runId()).isEqualTo("noon");
  }

  @Test
  void anEmptyTableIsNotedOfATickerDayThatNobodyPublishedBefore() {
    TickerDay fresh = new TickerDay(DAY.tradeDate(), "SIMC", 5);

    publish(ledger.entries(), new Ledger.Publisher("morning", "here"), DAY, fresh);

    assertThat(ledger.entries().get(fresh).isCleared("candles")).isTrue();
    assertThat(ledger.entries().get(DAY).isCleared("candles"))
        .as("what an older delivery left there is not of this one")
        .isFalse();
  }

  @Test
  void snapshotsAreNotedWithTheirIntervalAndOnlyOfTheEventsThatTheyWereMadeOf() {
    TakenDay made = taken(DAY);
    String message = made.inspection().message().sha256();
    String orderbook = made.inspection().orderbook().sha256();
    put(DAY, Map.of("message_sha256", message, "orderbook_sha256", orderbook));
    put(OTHER, Map.of("message_sha256", message, "orderbook_sha256", "0c"));
    TickerDay gone = new TickerDay(DAY.tradeDate(), "SIMC", 5);

    assertThat(ledger.publishSnapshots(List.of(made, taken(OTHER), taken(gone)), 9))
        .containsOnlyKeys(OTHER, gone)
        .containsEntry(gone, Ledger.Publisher.UNKNOWN);

    assertThat(ledger.entries()).containsOnlyKeys(DAY, OTHER);
    assertThat(ledger.entries().get(DAY).tableVersions())
        .isEqualTo(Map.of("messages", 3L, "depth", 4L, "book_snapshots", 9L));
    assertThat(ledger.entries().get(OTHER).tableVersions()).isEqualTo(INPUTS);
    assertThat(lake.rows(TableCatalog.TICKER_DAYS))
        .filteredOn(row -> row.get("snapshot_interval") != null)
        .singleElement()
        .satisfies(row -> assertThat(row).containsEntry("ticker", "SIMA"))
        .satisfies(row -> assertThat(row).containsEntry("snapshot_interval", 250));
  }

  private Map<TickerDay, Ledger.Publisher> publish(
      Map<TickerDay, Ledger.Entry> before, Ledger.Publisher publisher, TickerDay... days) {
    return ledger.publish(
        new Ledger.Written(
            Stream.of(days).map(LedgerTest::taken).toList(),
            before,
            Instant.EPOCH,
            INPUTS,
            Map.of(),
            Set.of("candles")),
        publisher,
        new Ledger.Setup("1", "0a"));
  }

  private static TakenDay taken(TickerDay day) {
    SourceFile message = new SourceFile("message", null, 1, 0);
    Inspection inspection =
        Inspection.of(
            new Pair(day, 34_200_000, 57_600_000, message, new SourceFile("orderbook", null, 1, 0)),
            file ->
                new ByteArrayInputStream(
                    (file.equals(message)
                            ? "34200.1,5,0,10,1000250,1"
                            : "3,1,1,1" + ",9999999999,0,-9999999999,0".repeat(4))
                        .getBytes(StandardCharsets.UTF_8)),
            new Inspection.Limits(0, 0),
            null,
            Inspection.EventSink.NONE);
    Fidelity fidelity = new Fidelity(1, List.of(), 0, 0, 0, 0, 0, 0, 0, 0, 0);
    return new TakenDay(inspection, true, new BookFigures(fidelity, 250, 1, 1, 1));
  }

  @Test
  void nothingIsClearedOrWithdrawnOfAnotherDelivery() {
    Map<TickerDay, Ledger.Entry> before = ledger.entries();
    note("candles", 1, before, "a");
    put(DAY, Map.of("run_id", "morning", "message_sha256", "0c"));
    ledger.noteCleared("candles", before);
    assertThat(ledger.entries().get(DAY).tableVersions()).isEqualTo(INPUTS);
    note("candles", 3, ledger.entries(), "a");
    ledger.withdrawDerived("candles", before, "a"::equals);
    assertThat(ledger.entries().get(DAY).held("candles")).containsExactly("a");
  }

  private Map<TickerDay, Ledger.Publisher> note(
      String table, long version, Map<TickerDay, Ledger.Entry> before, String added) {
    return ledger.publishDerived(
        table, version, Map.of(DAY, before.get(DAY)), Set.of(added), name -> false);
  }

  @Test
  void entriesOfAFileThatIsGoneAreForgottenAndThoseOfOthersKept() {
    Ledger onlooker = new Lake(Spark.of(spark), folder.toString()).ledger();
    onlooker.entries();
    put(DAY, Map.of("row_count", 5L));
    put(OTHER, Map.of("row_count", 6L));

    assertThat(onlooker.entries()).isEqualTo(ledger.entries());
    assertThat(onlooker.entries().get(DAY).rows()).isEqualTo(5);
    assertThat(onlooker.entries().get(OTHER).rows()).isEqualTo(6);
  }

  @Test
  void ofSomeDatesOnlyTheirEntriesAreGiven() {
    TickerDay later = new TickerDay(DAY.tradeDate().plusDays(1), DAY.ticker(), DAY.levels());
    put(later, Map.of());

    assertThat(ledger.entries(new DateRange(DAY.tradeDate(), DAY.tradeDate())))
        .containsOnlyKeys(DAY, OTHER);
    assertThat(ledger.entries(new DateRange(later.tradeDate(), null))).containsOnlyKeys(later);
    assertThat(ledger.entries(new DateRange(null, DAY.tradeDate().minusDays(1)))).isEmpty();
    assertThat(ledger.entries()).containsOnlyKeys(DAY, OTHER, later);
  }

  private void put(TickerDay day, Map<String, Object> values) {
    Map<String, Object> row = new HashMap<>(row(day));
    row.putAll(values);
    ReplaceScope scope = ReplaceScope.of(List.of(day));
    lake.update(TableCatalog.TICKER_DAYS, scope, rows -> new Rewrite(List.of(row), scope));
  }

  @Test
  void sparkReadsTheLedgerAsItIs() {
    assertThat(
            lake.read("ticker_days")
                .selectExpr(
                    "ticker",
                    "trade_date",
                    "levels",
                    "table_versions['depth']",
                    "size(table_parameters)",
                    "proven_share",
                    "date_format(published_at, 'HH:mm:ss.SSSSSS')")
                .sort("ticker")
                .collectAsList())
        .extracting(Object::toString)
        .containsExactly(
            "[SIMA,2024-03-04,5,4,0,null,01:02:03.456789]",
            "[SIMB,2024-03-04,5,4,0,null,01:02:03.456789]");
  }
}
