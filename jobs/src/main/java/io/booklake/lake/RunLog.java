package io.booklake.lake;

import io.booklake.table.Table;
import io.booklake.table.TableCatalog;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The table {@code runs}: what each step of a run did, and how it ended. */
public final class RunLog {

  /** How a step ended. */
  public enum Outcome {
    /** As it should. */
    DONE,
    /** Some ticker-days were quarantined, or differ; the rest is well. */
    PARTLY_FAILED,
    /** With an error; the steps after it did not begin. */
    FAILED;

    /** As the table has it. */
    public String words() {
      return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
  }

  /**
   * One step.
   *
   * @param name of its job, as the command line has it
   * @param seconds it took
   * @param error what went wrong, fit for everybody's eyes; null unless it failed
   */
  public record Step(
      String name,
      Instant startedAt,
      double seconds,
      StepFigures figures,
      Outcome outcome,
      String error) {

    /** This and a later one of the same job: when it began first, how it ended at worst. */
    public Step plus(Step later) {
      return new Step(
          name,
          startedAt,
          seconds + later.seconds,
          figures.plus(later.figures),
          outcome.compareTo(later.outcome) < 0 ? later.outcome : outcome,
          later.error);
    }

    /** Events in a second; null where there were none. */
    public Double eventsPerSecond() {
      return figures.events() == 0 || seconds == 0 ? null : figures.events() / seconds;
    }

    /** By the columns of the table, in their order; null for NULL. */
    public Map<String, Object> columns() {
      Map<String, Object> columns = new LinkedHashMap<>();
      columns.put("step", name);
      columns.put("started_at", startedAt);
      columns.put("seconds", seconds);
      columns.put("event_count", figures.events());
      columns.put("row_count", figures.rowsWritten());
      columns.put("written_bytes", figures.bytesWritten());
      columns.put("csv_bytes", figures.csvBytes());
      columns.put("published_count", figures.published());
      columns.put("unchanged_count", figures.unchanged());
      columns.put("rejected_count", figures.rejected());
      columns.put("events_per_second", eventsPerSecond());
      columns.put("outcome", outcome.words());
      columns.put("error", error);
      return columns;
    }

    private boolean isNews() {
      return figures.published() > 0 || outcome != Outcome.DONE;
    }
  }

  private final Lake lake;
  private final Table table = TableCatalog.RUNS;

  /** The runs of a lake. */
  public RunLog(Lake lake) {
    this.lake = lake;
  }

  /**
   * Notes steps of a run, those that are noted already excepted: a store may fail after it did what
   * it was told, and then they are given again. Where nothing was changed nothing is noted, so that
   * a night without news commits nothing; nor where it failed before there was a lake, which a
   * wrong URI may well mean.
   */
  public void add(
      List<Step> steps, String runId, String softwareVersion, String configurationHash) {
    if (steps.stream().noneMatch(Step::isNews) || !lake.has(TableCatalog.TICKER_DAYS.name())) {
      return;
    }
    List<Map<String, Object>> rows =
        steps.stream()
            .map(
                step -> {
                  Map<String, Object> row = step.columns();
                  row.put("run_id", runId);
                  row.put("software_version", softwareVersion);
                  row.put("configuration_hash", configurationHash);
                  return row;
                })
            .toList();
    lake.update(
        table,
        ReplaceScope.EVERYTHING.and(Map.of("run_id", Set.of(runId))),
        known -> {
          Set<Object> noted = known.stream().map(RunLog::key).collect(Collectors.toSet());
          return new Rewrite(
              rows.stream().filter(row -> !noted.contains(key(row))).toList(),
              ReplaceScope.NOTHING);
        });
  }

  /** A run in batches does each step more than once; the table has no less than microseconds. */
  private static List<Object> key(Map<String, Object> row) {
    Instant startedAt = (Instant) row.get("started_at");
    return List.of(row.get("run_id"), row.get("step"), startedAt.truncatedTo(ChronoUnit.MICROS));
  }
}
