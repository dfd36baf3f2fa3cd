package io.booklake.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A sound lake passes every check, and each planted corruption is found and named. */
class VerifyIT {
  @TempDir static Path folder;
  private static Path landing;
  private static Path sound;

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
}
