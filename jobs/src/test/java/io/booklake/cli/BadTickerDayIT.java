package io.booklake.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.booklake.simulate.DayPlan;
import io.booklake.simulate.Landing;
import io.booklake.simulate.Market;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One bad ticker-day of two hundred. */
class BadTickerDayIT {
  private static final List<String> TABLES = List.of("candles", "volume-profile", "depth-metrics");

  @TempDir Path folder;

  @Test
  void theOthersArePublishedAndTheRepairedOneIsTakenInAlone() throws IOException {
    Path landing = folder.resolve("landing");
    Path message = deliver(landing);
    String sound = Files.readString(message);
    Files.writeString(message, sound.replaceFirst("\n", "\nnonsense\n"));

    Booklake.Outcome first = night(landing);

    assertThat(first.code()).as(first.err()).isEqualTo(Main.PARTLY_DONE);
    Tables tables = new Tables(folder.resolve("lake"));
    assertThat(tables.count("ticker_days", "true")).isEqualTo(199);
    assertThat(tables.read("quarantine").selectExpr("file", "line", "found").collectAsList())
        .singleElement()
        .satisfies(
            row -> {
              assertThat(row.getString(0)).endsWith(message.getFileName().toString());
              assertThat(row.getLong(1)).isEqualTo(2);
              assertThat(row.getString(2)).contains("nonsense");
            });
    for (String table : TABLES) {
      assertThat(published(table)).as(table).isEqualTo(199);
    }
    String others = tables.content("ticker_days", "true", List.of("run_id", "published_at"));

    Files.writeString(message, sound);
    Booklake.Outcome second = night(landing);

    assertThat(second.code()).as(second.err()).isEqualTo(Main.DONE);
    assertThat(published("ingest")).isEqualTo(1);
    for (String table : TABLES) {
      assertThat(published(table)).as(table).isEqualTo(1);
    }
    assertThat(tables.count("ticker_days", "true")).isEqualTo(200);
    String repaired = "message_file LIKE '%" + message.getFileName() + "'";
    assertThat(tables.content("ticker_days", "NOT " + repaired, List.of("run_id", "published_at")))
        .as("nothing was published again")
        .isEqualTo(others);
    assertThat(tables.count("quarantine", "true")).as("the reason stays").isEqualTo(1);
  }

  /** The message file of a ticker-day in the midst of the others. */
  private static Path deliver(Path landing) throws IOException {
    Landing files = new Landing(landing, Landing.Packing.PLAIN);
    Path message = null;
    Market market = Market.of(1, 10, List.of(1), DayPlan.MIN_EVENTS);
    List<DayPlan> plans = market.plans(LocalDate.of(2024, 3, 4), 20);
    for (int i = 0; i < plans.size(); i++) {
      for (Path file : files.write(plans.get(i))) {
        Files.setLastModifiedTime(file, FileTime.from(Instant.now().minusSeconds(3_600)));
        if (i == plans.size() / 2 && file.toString().contains("_message_")) {
          message = file;
        }
      }
    }
    return message;
  }

  private Booklake.Outcome night(Path landing) {
    return Booklake.run(
        "nightly",
        "--landing",
        landing,
        "--lake",
        folder.resolve("lake"),
        "--sample",
        2,
        "--report",
        folder.resolve("report.json"));
  }

  /** How many ticker-days a step of the last night published. */
  private long published(String step) throws IOException {
    for (JsonNode each :
        new ObjectMapper().readTree(folder.resolve("report.json").toFile()).get("steps")) {
      if (each.get("step").asText().equals(step)) {
        return each.get("published_count").asLong();
      }
    }
    throw new AssertionError("no step " + step);
  }
}
