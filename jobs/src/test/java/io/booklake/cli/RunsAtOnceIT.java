package io.booklake.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.booklake.job.CandlesJob;
import io.booklake.job.IngestJob;
import io.booklake.job.OptimizeJob;
import io.booklake.job.Progress;
import io.booklake.job.Report;
import io.booklake.job.Run;
import io.booklake.job.Selection;
import io.booklake.job.Settings;
import io.booklake.job.SimulatedDeliveries;
import io.booklake.job.SnapshotsJob;
import io.booklake.simulate.Market;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs on one lake at the same time: on different ticker-days, and on the same ones. */
class RunsAtOnceIT {
  private static final Selection ONLY_B = Selection.parse("SIMB", null, null);

  @TempDir Path folder;
  private Path landing;
  private Path corrected;
  private Path lake;

  @BeforeEach
  void deliver() throws IOException {
    landing = folder.resolve("landing");
    corrected = folder.resolve("corrected");
    lake = folder.resolve("lake");
    write(1, landing);
    write(2, corrected);
  }

  @Test
  void runsOnDifferentTickerDaysAllSucceed() throws Exception {
    Progress inStep = inStep();

    List<Report> reports =
        atOnce(
            List.of("SIMA,SIMC", "SIMB,SIMD").stream()
                .<Callable<Report>>map(
                    tickers ->
                        () -> {
                          Run run = run(landing, Selection.parse(tickers, null, null), inStep);
                          new IngestJob(run, false).execute();
                          return candles(run);
                        })
                .toList());

    assertThat(reports).noneMatch(Report::partlyFailed);
    Path alone = folder.resolve("alone");
    Booklake.done("ingest", "--landing", landing, "--lake", alone);
    Booklake.done("candles", "--lake", alone);
    assertThat(new Tables(lake).contents()).isEqualTo(new Tables(alone).contents());
  }

  @Test
  void ofTwoRunsOnOneTickerDayTheFirstToPublishWinsAndTheOtherNamesIt() {
    Run winner = run(corrected, ONLY_B, Progress.SILENT);

    Report report =
        new IngestJob(
                run(
                    landing,
                    Selection.ALL,
                    meanwhile("ingest", () -> new IngestJob(winner, false).execute())),
                false)
            .execute();

    assertThat(report.partlyFailed()).isTrue();
    assertThat(report.title()).contains("3 published", "1 overtaken");
    assertThat(report.figures().rejected()).isEqualTo(1);
    assertLeft(report, "overtaken", winner);
    assertThat(Booklake.done("verify", "--lake", lake))
        .as("in the versions of the ledger all tables are of one delivery")
        .contains("4 of 4 published ticker-days");

    assertThat(Booklake.done("ingest", "--landing", landing, "--lake", lake))
        .contains("1 published, 3 unchanged");
    Path alone = folder.resolve("alone");
    Booklake.done("ingest", "--landing", landing, "--lake", alone);
    assertThat(new Tables(lake).contents()).isEqualTo(new Tables(alone).contents());
  }

  @Test
  void barsThatAnIngestMadeAlongAreNotTakenForThoseOfTheRunThatOvertookIt() {
    Run winner = run(corrected, ONLY_B, Progress.SILENT);
    Run overtaken =
        run(landing, ONLY_B, meanwhile("ingest", () -> new IngestJob(winner, false).execute()));
    CandlesJob candles = new CandlesJob(overtaken, List.of("events:50"), false, false);

    new IngestJob(overtaken, false, List.of(candles.table())).execute();
    candles.table().update(false);

    Path alone = folder.resolve("alone");
    Booklake.done("ingest", "--landing", corrected, "--lake", alone, "--tickers", "SIMB");
    Booklake.done("candles", "--lake", alone, "--bars", "events:50");
    assertThat(new Tables(lake).content("candles", "true"))
        .isEqualTo(new Tables(alone).content("candles", "true"));
  }

  @Test
  void barsOfADeliveryThatIsReplacedMeanwhileNeverComeIntoTheTable() {
    Booklake.done("ingest", "--landing", landing, "--lake", lake);
    Run winner = run(corrected, ONLY_B, Progress.SILENT);
    Progress meanwhile =
        meanwhile(
            "candles",
            () -> {
              new IngestJob(winner, false).execute();
              candles(winner);
            });

    Report report = candles(run(landing, Selection.ALL, meanwhile));

    assertThat(report.partlyFailed()).isTrue();
    assertThat(report.title())
        .contains("for 3 of 4", "SIMB 2024-03-04", "run " + winner.id() + " on " + host(winner));
    Path alone = folder.resolve("alone");
    Booklake.done("ingest", "--landing", corrected, "--lake", alone, "--tickers", "SIMB");
    Booklake.done("candles", "--lake", alone);
    Tables tables = new Tables(lake);
    assertThat(tables.content("candles", "ticker = 'SIMB'"))
        .isEqualTo(new Tables(alone).content("candles", "true"));
    assertThat(tables.count("ticker_days", "map_contains(table_versions, 'candles')")).isEqualTo(4);
  }

  @Test
  void snapshotsOfADeliveryThatIsReplacedMeanwhileAreReportedAsLeftAndByWhom() {
    Booklake.done("ingest", "--landing", landing, "--lake", lake);
    Run winner = run(corrected, ONLY_B, Progress.SILENT);
    Run run =
        run(
            landing,
            Selection.ALL,
            meanwhile("snapshots", () -> new IngestJob(winner, false).execute()));

    Report report = new SnapshotsJob(run).execute();

    assertThat(report.partlyFailed()).isTrue();
    assertThat(report.title()).contains("3 of 4");
    assertLeft(report, "left", winner);
    assertThat(Booklake.done("verify", "--lake", lake)).contains("4 of 4 published ticker-days");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void barsOfTwoRunsAtOnceAreAllPublished(boolean hadOthersBefore) throws Exception {
    Booklake.done("ingest", "--landing", landing, "--lake", lake);
    if (hadOthersBefore) {
      Booklake.done("candles", "--lake", lake, "--bars", "trades:5");
    }
    Progress inStep = inStep();

    List<Report> reports =
        atOnce(
            Stream.of("time:1m", "events:50")
                .<Callable<Report>>map(
                    bars -> () -> candles(run(landing, Selection.ALL, inStep), bars))
                .toList());

    assertThat(reports).noneMatch(Report::partlyFailed);
    Path alone = folder.resolve("alone");
    Booklake.done("ingest", "--landing", landing, "--lake", alone);
    String all = "time:1m,events:50" + (hadOthersBefore ? ",trades:5" : "");
    Booklake.done("candles", "--lake", alone, "--bars", all);
    assertThat(new Tables(lake).contents()).isEqualTo(new Tables(alone).contents());
    assertThat(held()).hasSize(4).containsOnly(sorted(all));
  }

  @Test
  void barsThatAnotherRunPublishedOfANewDeliveryMeanwhileStay() throws Exception {
    Booklake.done("ingest", "--landing", landing, "--lake", lake);
    Booklake.done("candles", "--lake", lake, "--bars", "time:1m,events:50");
    // Of the new delivery nothing is noted, and the table still holds rows of the old one.
    Booklake.done("ingest", "--landing", corrected, "--lake", lake);
    Progress meanwhile =
        meanwhile(
            "candles", () -> candles(run(corrected, Selection.ALL, Progress.SILENT), "events:50"));

    candles(run(corrected, Selection.ALL, meanwhile), "time:1m");

    Path alone = folder.resolve("alone");
    Booklake.done("ingest", "--landing", corrected, "--lake", alone);
    Booklake.done("candles", "--lake", alone, "--bars", "time:1m,events:50");
    assertThat(new Tables(lake).contents()).isEqualTo(new Tables(alone).contents());
    assertThat(held()).hasSize(4).containsOnly("events:50,time:1m");
  }

  @Test
  void barsOfARunThatDiedAreNeverPublishedUnderTheNameOfOthers() throws Exception {
    Booklake.done("ingest", "--landing", landing, "--lake", lake);
    Booklake.done("candles", "--lake", lake, "--bars", "time:1m,events:50");
    Booklake.done("candles", "--lake", lake, "--bars", "time:1m", "--empty-bars");
    // As a run leaves it that dies between its commit and its last note: the ledger of before that.
    deleteNewestCommit(lake.resolve("ticker_days"));

    Booklake.done("candles", "--lake", lake, "--bars", "trades:5");

    assertThat(held()).hasSize(4).containsOnly("events:50,trades:5");
    Booklake.done("candles", "--lake", lake, "--bars", "time:1m");
    Path alone = folder.resolve("alone");
    Booklake.done("ingest", "--landing", landing, "--lake", alone);
    Booklake.done("candles", "--lake", alone, "--bars", "time:1m,events:50,trades:5");
    assertThat(new Tables(lake).contents()).isEqualTo(new Tables(alone).contents());
  }

  @Test
  void barsComputedOtherwiseTakeNothingFromADeliveryThatCameMeanwhile() throws Exception {
    Booklake.done("ingest", "--landing", landing, "--lake", lake);
    Booklake.done("candles", "--lake", lake, "--bars", "time:1m,events:50");
    Run winner = run(corrected, ONLY_B, Progress.SILENT);
    Progress meanwhile =
        meanwhile(
            "candles",
            () -> {
              new IngestJob(winner, false).execute();
              candles(winner, "events:50", "time:1m");
            });

    new CandlesJob(run(landing, Selection.ALL, meanwhile), List.of("time:1m"), true, false)
        .execute();

    Booklake.done("candles", "--lake", lake, "--bars", "trades:5", "--ticker", "SIMB");
    Path alone = folder.resolve("alone");
    Booklake.done("ingest", "--landing", corrected, "--lake", alone, "--tickers", "SIMB");
    Booklake.done("candles", "--lake", alone, "--bars", "time:1m,events:50,trades:5");
    assertThat(new Tables(lake).content("candles", "ticker = 'SIMB'"))
        .isEqualTo(new Tables(alone).content("candles", "true"));
    assertThat(held()).contains("events:50,time:1m,trades:5");
  }

  @Test
  void barsThatAnotherRunComputedOtherwiseMeanwhileAreNoLongerNotedWhereTheyAreReplaced() {
    Booklake.done("ingest", "--landing", landing, "--lake", lake);
    Run other = run(landing, Selection.ALL, Progress.SILENT);
    Progress meanwhile =
        meanwhile(
            "candles",
            () -> new CandlesJob(other, List.of("time:1m", "events:50"), true, false).execute());

    candles(run(landing, Selection.ALL, meanwhile), "time:1m");

    assertThat(held()).hasSize(4).containsOnly("events:50,time:1m");
  }

  @Test
  void whatAnotherRunNotesMeanwhileStaysNotedWhereBarsAreComputedOtherwise() {
    Booklake.done("ingest", "--landing", landing, "--lake", lake);
    Booklake.done("candles", "--lake", lake, "--bars", "time:1m,events:50");
    Progress meanwhile =
        meanwhile(
            "candles", () -> candles(run(landing, Selection.ALL, Progress.SILENT), "trades:5"));

    new CandlesJob(run(landing, Selection.ALL, meanwhile), List.of("time:1m"), true, false)
        .execute();

    assertThat(held()).hasSize(4).containsOnly("events:50,time:1m+empty,trades:5");
  }

  @Test
  void aTickerDayThatLeftTheLedgerMeanwhileIsReportedAndTheOthersArePublished() {
    Booklake.done("ingest", "--landing", landing, "--lake", lake);
    Run onlooker = run(landing, Selection.ALL, Progress.SILENT);
    Report report =
        candles(
            run(
                landing,
                Selection.ALL,
                meanwhile(
                    "candles",
                    () ->
                        onlooker
                            .spark()
                            .session()
                            .sql(
                                "DELETE FROM delta.`"
                                    + lake.resolve("ticker_days")
                                    + "` WHERE ticker = 'SIMB'"))),
            "events:50");
    assertThat(report.partlyFailed()).isTrue();
    assertThat(report.title()).contains("for 3 of 4", "SIMB 2024-03-04");
    assertThat(held()).hasSize(3).containsOnly("events:50");
  }

  /** Of one ticker-day, SIMB, the report says this state, and by whom it was published. */
  private static void assertLeft(Report report, String state, Run winner) {
    assertThat(report.rows())
        .filteredOn(row -> row.contains(state))
        .singleElement()
        .satisfies(
            row ->
                assertThat(row.toString())
                    .contains("SIMB", "run " + winner.id() + " on " + host(winner)));
  }

  private List<String> held() {
    return new Tables(lake)
        .read("ticker_days").selectExpr("table_parameters['candles']").collectAsList().stream()
            .map(row -> row.getString(0))
            .toList();
  }

  private static String sorted(String names) {
    return Stream.of(names.split(",")).sorted().collect(Collectors.joining(","));
  }

  private static void deleteNewestCommit(Path table) throws IOException {
    try (Stream<Path> files = Files.list(table.resolve("_delta_log"))) {
      Files.delete(
          files
              .filter(file -> file.toString().endsWith(".json"))
              .max(Comparator.naturalOrder())
              .orElseThrow());
    }
  }

  @Test
  void barsAreNotedThoughTheirInputsCameToLieInOtherFilesMeanwhile() {
    scatter();
    Report report =
        candles(
            run(
                landing,
                Selection.ALL,
                meanwhile(
                    "candles", () -> optimize(run(landing, Selection.ALL, Progress.SILENT)))));

    assertThat(report.partlyFailed()).isFalse();
    assertThat(report.title()).contains("for 4 of 4");
    assertThat(Booklake.done("verify", "--lake", lake)).contains("4 of 4 published ticker-days");
  }

  @Test
  void filesArePutTogetherWhileTickerDaysAreReplaced() throws Exception {
    scatter();
    AtomicBoolean isReplacing = new AtomicBoolean(true);
    List<Report> reports =
        atOnce(
            List.of(
                () -> {
                  try {
                    Report last = null;
                    for (Path delivery : List.of(corrected, landing, corrected)) {
                      last = new IngestJob(run(delivery, ONLY_B, Progress.SILENT), false).execute();
                      assertThat(last.partlyFailed()).isFalse();
                    }
                    return last;
                  } finally {
                    isReplacing.set(false);
                  }
                },
                () -> {
                  Report last;
                  do {
                    last = optimize(run(landing, Selection.ALL, Progress.SILENT));
                  } while (isReplacing.get());
                  return last;
                }));

    assertThat(reports).noneMatch(Report::partlyFailed);
    assertThat(Booklake.done("verify", "--lake", lake)).contains("4 of 4 published ticker-days");
    Path alone = folder.resolve("alone");
    Booklake.done("ingest", "--landing", landing, "--lake", alone);
    Booklake.done("ingest", "--landing", corrected, "--lake", alone, "--tickers", "SIMB");
    assertThat(new Tables(lake).contents()).isEqualTo(new Tables(alone).contents());
  }

  /** Takes the ticker-days in one by one, so that there are files to be put together. */
  private void scatter() {
    for (String ticker : List.of("SIMA", "SIMB", "SIMC", "SIMD")) {
      Run run = run(landing, Selection.parse(ticker, null, null), Progress.SILENT);
      new IngestJob(run, false).execute();
    }
  }

  private static Report optimize(Run run) {
    return new OptimizeJob(run, Set.of()).execute();
  }

  private static String host(Run run) {
    return run.spark().context().conf().get("spark.driver.host");
  }

  private static Report candles(Run run, String... bars) {
    return new CandlesJob(run, List.of(bars), false, false).execute();
  }

  private Run run(Path from, Selection selection, Progress progress) {
    Settings settings =
        Settings.load(null).withLake(lake.toString()).withLanding(List.of(from.toString()));
    return Run.start(Sessions.start(), settings, selection, progress);
  }

  /** Has something happen after a step has read the ledger, and before it does its work. */
  private static Progress meanwhile(String step, Runnable event) {
    return (what, total, unit) -> {
      if (what.equals(step)) {
        event.run();
      }
      return Progress.SILENT.begin(what, total, unit);
    };
  }

  /**
   * Two runs read and write at the same time, and then come to their commits one as the other. The
   * one whose other has failed fails, too.
   */
  private static Progress inStep() {
    CyclicBarrier together = new CyclicBarrier(2);
    return (what, total, unit) -> {
      await(together);
      return Progress.SILENT.begin(what, total, unit);
    };
  }

  private static void await(CyclicBarrier barrier) {
    try {
      barrier.await(5, TimeUnit.MINUTES);
    } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
      throw new IllegalStateException(e);
    }
  }

  private static <T> List<T> atOnce(List<Callable<T>> work) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(work.size());
    try {
      List<T> results = new ArrayList<>();
      for (Future<T> each : threads.invokeAll(work)) {
        results.add(each.get());
      }
      return results;
    } finally {
      threads.shutdownNow();
    }
  }

  private static void write(long seed, Path target) throws IOException {
    SimulatedDeliveries.write(
        target, Market.of(seed, 4, List.of(2), 300), LocalDate.of(2024, 3, 4));
  }
}
