package io.booklake.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.booklake.cli.PublishedState.Delivered;
import io.booklake.lake.Lake;
import io.booklake.simulate.DayPlan;
import io.booklake.simulate.Landing;
import io.booklake.simulate.Market;
import io.booklake.spark.Spark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A night that nobody disturbs, and the lake it makes. Half of its ticker-days are published from
 * an older delivery, so that it replaces as well as adds.
 */
final class UndisturbedNight {
  private static final int TICKERS = 2;
  private static final LocalDate FIRST_DATE = LocalDate.of(2024, 3, 4);
  private static final int PAGE_BYTES = 4_096;

  private final Path landing;
  private final Path configuration;
  private final Path before;
  private final Path after;
  private final Map<String, String> contents;
  private final Map<Delivered, Map<String, String>> published;
  private final Map<Delivered, Map<String, String>> deliveries;

  /** Delivers and runs. */
  UndisturbedNight(Path folder, int tickerDays) throws IOException {
    landing = folder.resolve("landing");
    before = folder.resolve("before");
    after = folder.resolve("after");
    // Many commits: between two of them is where half of a night could be seen.
    configuration =
        Files.writeString(
            folder.resolve("small-commits.yaml"), "ingest: {ticker-days-per-commit: 2}");
    int days = tickerDays / TICKERS;
    deliver(1, days / 2, Duration.ofHours(2));
    Booklake.done(into(before).toArray());
    deliver(2, days, Duration.ofHours(1));
    startIn(after);
    Booklake.done(into(after).toArray());
    contents = new Tables(after).contentsOfTickerDays();
    published = new PublishedState(after).now();
    deliveries = new TreeMap<>(new PublishedState(before).now());
    deliveries.putAll(published);
  }

  private void deliver(long seed, int days, Duration ago) throws IOException {
    Landing files = new Landing(landing, Landing.Packing.PLAIN);
    for (DayPlan plan : Market.of(seed, TICKERS, List.of(3), 1_500).plans(FIRST_DATE, days)) {
      for (Path file : files.write(plan)) {
        Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(ago)));
      }
    }
  }

  /** The same night's command, for another lake. */
  List<String> into(Path lake) {
    return from(landing.toString(), lake.toString());
  }

  /** The same night's command, for another lake and a copy of the landing zone. */
  List<String> from(String landing, String lake) {
    return List.of(
        "nightly",
        "--landing",
        landing,
        "--lake",
        lake,
        // All that write: what they wrote is held against this night's, and not by verify.
        "--steps",
        "ingest,candles,volume-profile,depth-metrics",
        "--conf",
        configuration.toString());
  }

  Path landing() {
    return landing;
  }

  /** The lake before that night. */
  Path before() {
    return before;
  }

  /** Makes a lake as it was before that night. */
  void startIn(Path lake) throws IOException {
    new LakeFiles(before).copyTo(lake);
  }

  /** What may be seen of a ticker-day: the digests of all tables, by delivery. */
  Map<Delivered, Map<String, String>> deliveries() {
    return deliveries;
  }

  /** How many files it adds. */
  int fileCount() throws IOException {
    return made().size();
  }

  /** Space on disk that it needs, in whole pages. */
  long bytes() throws IOException {
    return made().stream()
        .mapToLong(file -> (file.toFile().length() + PAGE_BYTES - 1) / PAGE_BYTES * PAGE_BYTES)
        .sum();
  }

  private Set<Path> made() throws IOException {
    Set<Path> made = new HashSet<>(new LakeFiles(after).list());
    made.removeIf(file -> Files.exists(before.resolve(after.relativize(file))));
    return made;
  }

  /** Nothing is missing, double or different there, and vacuum leaves nothing that is not named. */
  void assertMakes(Path lake) throws IOException {
    assertHolds(lake);
    new LakeFiles(lake).age(Duration.ofDays(30));
    Booklake.done("vacuum", "--lake", lake, "--delete");
    assertHolds(lake);
    Set<Path> left = new LakeFiles(lake).list();
    assertThat(left).as("drafts").noneMatch(file -> file.toString().endsWith(".tmp"));
    assertThat(left.stream().filter(file -> !file.toString().contains("_delta_log")))
        .containsExactlyInAnyOrderElementsOf(named(lake));
  }

  private void assertHolds(Path lake) {
    assertThat(new Tables(lake).contentsOfTickerDays()).as("newest versions").isEqualTo(contents);
    assertThat(new PublishedState(lake).now()).as("published versions").isEqualTo(published);
  }

  /** The data files of the newest version of every table, and of the published ones. */
  private static Set<Path> named(Path lake) {
    Tables tables = new Tables(lake);
    Map<String, Set<Long>> versions = new TreeMap<>();
    tables
        .versions()
        .forEach((table, version) -> versions.put(table, new TreeSet<>(Set.of(version))));
    new Lake(Spark.of(tables.spark()), lake.toString())
        .ledger()
        .entries()
        .values()
        .forEach(
            entry ->
                entry
                    .tableVersions()
                    .forEach((table, version) -> versions.get(table).add(version)));
    Set<Path> named = new HashSet<>();
    versions.forEach(
        (table, all) ->
            all.forEach(
                version ->
                    tables.files(table, version).stream().map(Path::of).forEach(named::add)));
    return named;
  }
}
