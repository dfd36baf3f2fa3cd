package io.booklake.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
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

  @TempDir private Path folder;

  @Test
  void eachJobOfANightIsOneStageWithATaskForEachDateAndShufflesNothing() throws Exception {
    Path landing = folder.resolve("landing");
    Path events = Files.createDirectories(folder.resolve("events"));
    Booklake.done(
        "simulate", "--landing", landing, "--ticker-count", 2, "--days", 3, "--events", 400);

    Process night =
        Booklake.start(
            folder.resolve("log"),
            List.of(
                "-Dspark.eventLog.enabled=true",
                "-Dspark.eventLog.dir=" + events.toUri(),
                "-Dspark.eventLog.compress=false",
                "-Dspark.eventLog.rolling.enabled=false"),
            "nightly",
            "--steps",
            "ingest,candles,volume-profile,depth-metrics",
            "--landing",
            landing,
            "--lake",
            folder.resolve("lake"));
    assertThat(night.waitFor(5, TimeUnit.MINUTES)).isTrue();
    assertThat(night.exitValue()).as(Files.readString(folder.resolve("log"))).isZero();

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
    assertThat(seen)
        .containsExactly(
            "collect at EventTasks, 3 tasks",
            "collect at DerivedTable, 3 tasks",
            "collect at DerivedTable, 3 tasks",
            "collect at DerivedTable, 3 tasks");
  }

  private static List<String> eventLog(Path folder) throws Exception {
    try (Stream<Path> files = Files.list(folder)) {
      return Files.readAllLines(
          files.filter(file -> !file.toString().endsWith(".crc")).findAny().orElseThrow());
    }
  }
}
