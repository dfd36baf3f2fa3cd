package io.booklake.lake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.booklake.table.TableCatalog;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What runs did is noted beside what others did, and what changed nothing is not. */
class RunLogTest {
  private static final Instant NIGHT = Instant.parse("2024-03-05T01:00:00Z");
  private static final RunLog.Step IDLE = step("candles", RunLog.Outcome.DONE, 0);

  @RegisterExtension private static final TaskSpark SPARK = new TaskSpark();

  @TempDir private Path folder;
  private Lake lake;
  private RunLog log;

  @BeforeEach
  void openALake() {
    lake = SPARK.lake(folder);
    log = new RunLog(lake);
  }

  private void publishSomething() {
    lake.replace(TableCatalog.TICKER_DAYS, List.of(), ReplaceScope.NOTHING);
  }

  @Test
  void everyStepOfEveryRunIsNoted() {
    publishSomething();
    add("monday", step("ingest", RunLog.Outcome.DONE, 3), IDLE);
    add("tuesday", step("ingest", RunLog.Outcome.PARTLY_FAILED, 0));
    add("wednesday", step("ingest", RunLog.Outcome.FAILED, 0));

    assertThat(lake.rows(TableCatalog.RUNS))
        .extracting(row -> row.get("run_id") + " " + row.get("step") + " " + row.get("outcome"))
        .containsExactlyInAnyOrder(
            "monday ingest done",
            "monday candles done",
            "tuesday ingest partly failed",
            "wednesday ingest failed");
  }

  @Test
  void aRunThatChangedNothingIsNotNotedNorOneWithoutALake() {
    add("before", step("ingest", RunLog.Outcome.FAILED, 0));
    assertThat(lake.has("runs")).as("nothing was ever published").isFalse();
    publishSomething();

    add("idle", IDLE, IDLE);

    assertThat(lake.has("runs")).isFalse();
  }

  @Test
  void runsThatEndAtOnceAreBothNoted() {
    publishSomething();
    add("before", step("ingest", RunLog.Outcome.DONE, 1));
    Lake slow =
        FaultyLogStore.after(
            () -> add("fast", step("ingest", RunLog.Outcome.DONE, 1)), () -> SPARK.lake(folder));

    new RunLog(slow).add(List.of(step("ingest", RunLog.Outcome.DONE, 1)), "slow", "1", "0a");

    assertThat(lake.rows(TableCatalog.RUNS))
        .extracting(row -> row.get("run_id"))
        .containsExactlyInAnyOrder("before", "fast", "slow");
  }

  @Test
  void aStepThatIsNotedAlthoughTheStoreSaidItIsNotIsNotNotedAgain() {
    publishSomething();
    add("before", step("ingest", RunLog.Outcome.DONE, 1));
    List<RunLog.Step> first = List.of(stepAt(NIGHT.plusNanos(123_456_789)));
    Lake failing =
        FaultyLogStore.with(FaultyLogStore.Fault.WRITE_AND_FAIL, () -> SPARK.lake(folder));
    assertThatThrownBy(() -> new RunLog(failing).add(first, "night", "1", "0a"))
        .hasStackTraceContaining(FaultyLogStore.WORDS);

    log.add(List.of(first.get(0), stepAt(NIGHT.plusSeconds(60))), "night", "1", "0a");

    assertThat(lake.rows(TableCatalog.RUNS))
        .extracting(row -> row.get("run_id") + " " + row.get("started_at"))
        .containsExactlyInAnyOrder(
            "before 2024-03-05T01:00:00Z",
            "night 2024-03-05T01:00:00.123456Z",
            "night 2024-03-05T01:01:00Z");
  }

  private static RunLog.Step stepAt(Instant startedAt) {
    return new RunLog.Step(
        "ingest", startedAt, 2, new StepFigures(0, 0, 0, 0, 1, 0, 0), RunLog.Outcome.DONE, null);
  }

  @Test
  void theStepsOfOneJobTogetherEndAsTheWorstOfThem() {
    RunLog.Step good = step("ingest", RunLog.Outcome.DONE, 1);
    RunLog.Step bad = step("ingest", RunLog.Outcome.PARTLY_FAILED, 2);

    assertThat(good.plus(bad).outcome()).isEqualTo(RunLog.Outcome.PARTLY_FAILED);
    assertThat(bad.plus(good).outcome()).isEqualTo(RunLog.Outcome.PARTLY_FAILED);
    assertThat(bad.plus(good).figures().published()).isEqualTo(3);
    assertThat(bad.plus(good).seconds()).isEqualTo(4);
  }

  private void add(String run, RunLog.Step... steps) {
    log.add(List.of(steps), run, "1", "0a");
  }

  private static RunLog.Step step(String name, RunLog.Outcome outcome, long published) {
    return new RunLog.Step(
        name, NIGHT, 2, new StepFigures(0, 0, 0, 0, published, 0, 0), outcome, null);
  }
}
