package io.booklake.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
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
  void deliver() {
    landing = folder.resolve("landing");
    lake = folder.resolve("lake");
    Booklake.done("simulate", "--landing", landing, "--ticker-count", 3, "--events", 300);
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
