package io.booklake.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A lake on a disk that runs full: a file system of a few megabytes, which only root may mount. */
class FullDiskIT {
  @TempDir Path folder;
  private Path disk;

  @Test
  void aFullDiskFailsTheRunAndLosesNothingThatWasPublished() throws Exception {
    disk = Files.createDirectory(folder.resolve("disk"));
    assumeTrue(
        mount("-t", "tmpfs", "-o", "size=1m", "tmpfs"),
        "skipped: only root can mount a small disk");
    Path lake = disk.resolve("lake");
    Path small = folder.resolve("small");
    Path large = folder.resolve("large");
    Booklake.done("simulate", "--landing", small, "--ticker-count", 1, "--events", 500);
    Booklake.done(
        "simulate",
        "--landing",
        large,
        "--ticker-count",
        1,
        "--events",
        60_000,
        "--first-date",
        "2024-03-05");
    Booklake.done("ingest", "--landing", small, "--lake", lake);
    Tables tables = new Tables(lake);
    String published = tables.content("messages", "trade_date = DATE '2024-03-04'");

    Booklake.Outcome full = Booklake.run("ingest", "--landing", large, "--lake", lake);

    assertThat(full.code()).isEqualTo(Main.FAILED);
    assertThat(full.err()).contains("No space left on device");
    assertThat(tables.count("ticker_days", "true")).isEqualTo(1);
    assertThat(tables.content("messages", "trade_date = DATE '2024-03-04'")).isEqualTo(published);

    assertThat(mount("-o", "remount,size=200m")).isTrue();
    Booklake.done("ingest", "--landing", large, "--lake", lake);
    assertThat(tables.count("ticker_days", "true")).isEqualTo(2);
    assertThat(tables.count("depth", "trade_date = DATE'2024-03-05'")).isEqualTo(60_000);
  }

  private boolean mount(String... options) throws Exception {
    List<String> command = new java.util.ArrayList<>(List.of("mount"));
    command.addAll(List.of(options));
    command.add(disk.toString());
    return PythonEnvironment.run(command).code() == 0;
  }

  @AfterEach
  void unmount() throws Exception {
    if (disk != null) {
      PythonEnvironment.run(List.of("umount", "--lazy", disk.toString()));
    }
  }
}
