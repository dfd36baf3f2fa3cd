package io.booklake.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.booklake.lake.Lake;
import io.booklake.lake.ReplaceScope;
import io.booklake.lake.StepFigures;
import io.booklake.lake.TaskSpark;
import io.booklake.table.TableCatalog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A run tells of each of its steps, once, and never that it did what it did not. */
class StepsJobTest {
  @RegisterExtension private static final TaskSpark SPARK = new TaskSpark();

  @TempDir private Path folder;
  private Lake lake;
  private Path report;
  private final Map<String, Function<Run, Report>> steps = new LinkedHashMap<>();

  @BeforeEach
  void publishSomething() {
    lake = SPARK.lake(folder.resolve("lake"));
    lake.replace(TableCatalog.TICKER_DAYS, List.of(), ReplaceScope.NOTHING);
    report = folder.resolve("run.json");
  }

  @Test
  void aStepThatFailsIsTheLastOfTheRunAndToldWithThoseBefore() throws IOException {
    IllegalStateException failure = new IllegalStateException("no memory");
    steps.put("ingest", run -> done(false));
    steps.put(
        "candles",
        run -> {
          throw failure;
        });
    steps.put(
        "verify",
        run -> {
          throw new AssertionError("it did not begin");
        });

    assertThatThrownBy(() -> job(Selection.ALL).execute()).isSameAs(failure);

    assertThat(noted()).containsExactlyInAnyOrder("ingest done", "candles failed");
    assertThat(json().get("outcome").asText()).isEqualTo("failed");
    assertThat(json().get("steps")).hasSize(2);
    assertThat(json().get("steps").get(1).get("error").asText()).contains("no memory");
  }

  @Test
  void whatIsPartlyFailedStaysSoWhateverGoesWellBehindIt() throws IOException {
    steps.put("ingest", run -> done(true));
    steps.put("verify", run -> done(false));

    assertThat(job(Selection.ALL).execute().partlyFailed()).isTrue();

    assertThat(noted()).containsExactlyInAnyOrder("ingest partly failed", "verify done");
    assertThat(json().get("outcome").asText()).isEqualTo("partly failed");
  }

  @Test
  void aBatchIsNotedWhenItIsDoneAndAllOfItsStepsComeBeforeTheNextBatch() {
    List<String> order = new ArrayList<>();
    steps.put(
        "ingest",
        run -> {
          order.add("ingest " + run.selection().dates() + " behind " + noted().size());
          return done(false);
        });
    steps.put(
        "candles",
        run -> {
          order.add("candles " + run.selection().dates());
          return done(false);
        });
    Selection two = Selection.parse(null, "2024-03-04..2024-03-05", null);

    job(two.batches(1).toArray(Selection[]::new)).execute();

    assertThat(order)
        .containsExactly(
            "ingest 2024-03-04 behind 0",
            "candles 2024-03-04",
            "ingest 2024-03-05 behind 2",
            "candles 2024-03-05");
    assertThat(noted())
        .containsExactlyInAnyOrder("ingest done", "candles done", "ingest done", "candles done");
  }

  @Test
  void whereTheLakeTakesNoNoteTheReportTellsAllTheSame() throws IOException {
    Files.writeString(Files.createDirectories(folder.resolve("lake")).resolve("runs"), "a file");
    steps.put("ingest", run -> done(false));

    assertThatThrownBy(() -> job(Selection.ALL).execute())
        .hasStackTraceContaining(folder.resolve("lake/runs").toString());

    assertThat(json().get("steps")).hasSize(1);
  }

  private StepsJob job(Selection... batches) {
    Run run = TestRuns.of(SPARK, lake, Settings.load(null), Selection.ALL);
    return new StepsJob(run, List.of(batches), steps, report, null);
  }

  private static Report done(boolean partlyFailed) {
    StepFigures one = new StepFigures(0, 0, 0, 0, 1, 0, 0);
    return new Report("did it", List.of(), List.of(), partlyFailed, one);
  }

  private List<String> noted() {
    return lake.rows(TableCatalog.RUNS).stream()
        .map(row -> row.get("step") + " " + row.get("outcome"))
        .toList();
  }

  private JsonNode json() throws IOException {
    return new ObjectMapper().readTree(report.toFile());
  }
}
