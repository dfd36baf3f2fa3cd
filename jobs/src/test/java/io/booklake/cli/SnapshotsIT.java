package io.booklake.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.booklake.job.SimulatedDeliveries;
import io.booklake.simulate.Market;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Snapshots are made again of the published bytes alone, and the ledger names their interval. */
class SnapshotsIT {
  @TempDir Path folder;
  private Path landing;
  private Path corrected;
  private Path lake;

  @BeforeEach
  void takeIn() throws IOException {
    landing = folder.resolve("landing");
    corrected = folder.resolve("corrected");
    lake = folder.resolve("lake");
    write(1, landing);
    write(2, corrected);
    Booklake.done("ingest", "--landing", landing, "--lake", lake);
  }

  @Test
  void theyAreThoseOfAnIngestOfThatIntervalAndNothingElseChanges() throws IOException {
    Tables tables = new Tables(lake);
    Map<String, Long> before = tables.versions();
    Path conf =
        Files.writeString(
            folder.resolve("conf.yaml"),
            "ingest: {snapshot-interval: 50, ticker-days-per-commit: 1}");

    assertThat(
            Booklake.done(
                "snapshots", "--landing", landing, "--lake", lake, "--every", 50, "--conf", conf))
        .contains("every 50 events, 3 of 3 published ticker-days");

    Path alone = folder.resolve("alone");
    Booklake.done("ingest", "--landing", landing, "--lake", alone, "--conf", conf);
    Tables expected = new Tables(alone);
    for (String table : List.of("book_snapshots", "mbo", "orders")) {
      assertThat(tables.content(table, "true")).isEqualTo(expected.content(table, "true"));
    }
    assertThat(tables.count("ticker_days", "snapshot_interval = 50")).isEqualTo(3);
    assertThat(Booklake.done("verify", "--lake", lake)).contains("3 of 3", " 0 failed");
    Map<String, Long> after = tables.versions();
    assertThat(after.keySet()).isEqualTo(before.keySet());
    assertThat(after.keySet().stream().filter(each -> !after.get(each).equals(before.get(each))))
        .containsExactlyInAnyOrder("book_snapshots", "ticker_days");
  }

  @Test
  void tickerDaysThatAreNotSelectedKeepTheirs() {
    Tables tables = new Tables(lake);
    String others = tables.content("book_snapshots", "ticker <> 'SIMB'");
    Booklake.done(
        "snapshots", "--landing", landing, "--lake", lake, "--every", 50, "--tickers", "SIMB");

    assertThat(tables.content("book_snapshots", "ticker <> 'SIMB'")).isEqualTo(others);
    assertThat(tables.count("book_snapshots", "ticker = 'SIMB' AND snapshot_index = 50"))
        .isPositive();
    assertThat(tables.count("ticker_days", "snapshot_interval = 50 AND ticker = 'SIMB'"))
        .isEqualTo(1);
    assertThat(tables.count("ticker_days", "snapshot_interval = 50")).isEqualTo(1);
  }

  @Test
  void ofFilesThatAreOthersOrGoneNoneAreMadeAndTheExitCodeTells() throws IOException {
    Tables tables = new Tables(lake);
    String others = tables.content("book_snapshots", "ticker <> 'SIMC'");
    for (Path file : files(landing, "SIMA")) {
      Files.delete(file);
    }
    for (Path file : files(corrected, "SIMB")) {
      Files.copy(file, landing.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
    }

    Booklake.Outcome outcome =
        Booklake.run("snapshots", "--landing", landing, "--lake", lake, "--every", 50);

    assertThat(outcome.code()).isEqualTo(Main.PARTLY_DONE);
    assertThat(outcome.out())
        .contains("1 of 3 published", "not in the landing zone", "other bytes than those");
    assertThat(tables.content("book_snapshots", "ticker <> 'SIMC'")).isEqualTo(others);
    assertThat(tables.count("ticker_days", "snapshot_interval = 50 AND ticker = 'SIMC'"))
        .isEqualTo(1);
    assertThat(tables.count("ticker_days", "snapshot_interval = 50")).isEqualTo(1);
  }

  private static List<Path> files(Path folder, String ticker) throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return all.filter(file -> file.getFileName().toString().startsWith(ticker)).toList();
    }
  }

  private static void write(long seed, Path target) throws IOException {
    SimulatedDeliveries.write(
        target, Market.of(seed, 3, List.of(2), 300), LocalDate.of(2024, 3, 4));
  }
}
