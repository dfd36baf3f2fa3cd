package io.booklake.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What Spark has to do for a night, by its own event log: a job that begins to need a query, a
 * shuffle or a second stage shows here.
 */
class StagesIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String STEPS = "ingest,candles,volume-profile,depth-metrics";

  @TempDir private Path folder;

  @Test
  void aNightIsOneStageWithATaskForEachDateAndShufflesNothing() throws Exception {
    simulate();

    assertThat(stages("nightly", "--steps", STEPS, "--landing", folder.resolve("landing")))
        .containsExactly("collect at EventTasks, 3 tasks");
  }

  @Test
  void whatANightDerivesAfterwardsIsOneStageATable() throws Exception {
    simulate();
    Booklake.done("ingest", "--landing", folder.resolve("landing"), "--lake", lake());

    assertThat(stages("nightly", "--steps", STEPS, "--landing", folder.resolve("landing")))
        .containsExactly(
            "collect at DerivedTasks, 3 tasks",
            "collect at DerivedTasks, 3 tasks",
            "collect at DerivedTasks, 3 tasks");
  }

  private void simulate() {
    Booklake.done(
        "simulate",
        "--landing",
        folder.resolve("landing"),
        "--ticker-count",
        2,
        "--days",
        3,
        "--events",
        400);
    // Younger files might still change, so an ingest would read them again.
    for (File file : folder.resolve("landing").toFile().listFiles()) {
      age(file);
    }
  }

  private static void age(File file) {
    if (file.isDirectory()) {
      for (File each : file.listFiles()) {
        age(each);
      }
    } else {
      assertThat(file.setLastModified(System.currentTimeMillis() - 3_600_000)).isTrue();
    }
  }

  private Path lake() {
    return folder.resolve("lake");
  }

  /** What Spark did for a command: its stages, none of which shuffles, and its queries. */
  private List<String> stages(Object... command) throws Exception {
    Path events = Files.createDirectories(folder.resolve("events"));
    List<Object> words = new ArrayList<>(List.of(command));
    words.addAll(List.of("--lake", lake()));
    Process process =
        Booklake.start(
            folder.resolve("log"),
            List.of(
                "-Dspark.eventLog.enabled=true",
                "-Dspark.eventLog.dir=" + events.toUri(),
                "-Dspark.eventLog.compress=false",
                "-Dspark.eventLog.rolling.enabled=false"),
            words.toArray());
    assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
    assertThat(process.exitValue()).as(Files.readString(folder.resolve("log"))).isZero();

    List<String> seen = new ArrayList<>();
    for (String line : eventLog(events)) {
      JsonNode event = JSON.readTree(line);
      String kind = event.path("Event").asText();
      if (kind.equals("SparkListenerStageCompleted")) {
        JsonNode stage = event.path("Stage Info");
        String place = stage.path("Stage Name").asText().replaceFirst("\\.java:\\d+$", "");
        seen.add(place + ", " + stage.path("Number of Tasks").asInt() + " tasks");
        assertThat(stage.path("Accumulables").findValuesAsText("Name"))
            .as(place)
            .isNotEmpty()
            .noneMatch(name -> name.contains("shuffle"));
      } else if (kind.endsWith("SparkListenerSQLExecutionStart")) {
        seen.add("query: " + event.path("description").asText());
      }
    }
    return seen;
  }

  private static List<String> eventLog(Path folder) throws Exception {
    try (Stream<Path> files = Files.list(folder)) {
      return Files.readAllLines(
          files.filter(file -> !file.toString().endsWith(".crc")).findAny().orElseThrow());
    }
  }
}
