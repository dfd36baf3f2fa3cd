package io.booklake.job;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.booklake.lake.RunLog;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a run did, for programs.
 *
 * @param runId names it in every row that it wrote
 * @param lake its root, without credentials
 * @param seconds from its begin to its end
 * @param steps in their order; the last of them may have failed
 */
record RunAccount(
    String runId,
    String lake,
    Instant startedAt,
    double seconds,
    String softwareVersion,
    String configurationHash,
    List<RunLog.Step> steps) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final double MILLIS_PER_SECOND = 1e3;

  /** The worst that happened. */
  RunLog.Outcome outcome() {
    return steps.stream()
        .map(RunLog.Step::outcome)
        .max(RunLog.Outcome::compareTo)
        .orElse(RunLog.Outcome.DONE);
  }

  /** One JSON object; its steps have the columns of the table {@code runs}. */
  String json() {
    Map<String, Object> run = new LinkedHashMap<>();
    run.put("run_id", runId);
    run.put("lake", lake);
    run.put("started_at", startedAt.toString());
    run.put("seconds", seconds);
    run.put("outcome", outcome().words());
    run.put("software_version", softwareVersion);
    run.put("configuration_hash", configurationHash);
    run.put(
        "steps",
        steps.stream()
            .map(
                step -> {
                  Map<String, Object> columns = step.columns();
                  columns.put("started_at", step.startedAt().toString());
                  return columns;
                })
            .toList());
    try {
      return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(run) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("numbers and texts are always JSON", e);
    }
  }

  /**
   * Gauges in Prometheus's text format, version 0.0.4, for node exporter's textfile collector.
   *
   * @see <a
   *     href="https://prometheus.io/docs/instrumenting/exposition_formats/">prometheus.io/docs/instrumenting/exposition_formats</a>
   */
  String metrics() {
    var text = new StringBuilder();
    double started = startedAt.toEpochMilli() / MILLIS_PER_SECOND;
    gauge(text, "run_start_timestamp_seconds", "When the last run began, seconds since 1970.");
    sample(text, "run_start_timestamp_seconds", "", started);
    gauge(text, "run_end_timestamp_seconds", "When the last run ended, seconds since 1970.");
    sample(text, "run_end_timestamp_seconds", "", started + seconds);
    gauge(text, "run_outcome", "1 for how the last run ended, 0 for how it did not.");
    for (RunLog.Outcome each : RunLog.Outcome.values()) {
      sample(text, "run_outcome", label("outcome", each.words()), each == outcome() ? 1 : 0);
    }
    Collection<RunLog.Step> byName = byName();
    gauge(text, "step_seconds", "How long a step of the last run took.");
    byName.forEach(step -> sample(text, "step_seconds", of(step), step.seconds()));
    gauge(text, "step_events", "Events that a step took in, derived from or read back.");
    byName.forEach(step -> sample(text, "step_events", of(step), step.figures().events()));
    gauge(text, "step_rows_written", "Rows that a step wrote, all tables together.");
    byName.forEach(
        step -> sample(text, "step_rows_written", of(step), step.figures().rowsWritten()));
    gauge(text, "step_written_bytes", "Bytes of data files that a step wrote.");
    byName.forEach(
        step -> sample(text, "step_written_bytes", of(step), step.figures().bytesWritten()));
    gauge(text, "step_csv_bytes", "Bytes of CSV text that a step read, unpacked.");
    byName.forEach(step -> sample(text, "step_csv_bytes", of(step), step.figures().csvBytes()));
    gauge(text, "step_ticker_days", "Ticker-days of a step by what became of them.");
    for (RunLog.Step step : byName) {
      sample(text, "step_ticker_days", of(step, "published"), step.figures().published());
      sample(text, "step_ticker_days", of(step, "unchanged"), step.figures().unchanged());
      sample(text, "step_ticker_days", of(step, "rejected"), step.figures().rejected());
    }
    return text.toString();
  }

  /** A run in batches does each step once for each of them; a gauge has one value. */
  private Collection<RunLog.Step> byName() {
    Map<String, RunLog.Step> byName = new LinkedHashMap<>();
    steps.forEach(step -> byName.merge(step.name(), step, RunLog.Step::plus));
    return byName.values();
  }

  private static void gauge(StringBuilder text, String name, String help) {
    text.append("# HELP booklake_").append(name).append(' ').append(help).append('\n');
    text.append("# TYPE booklake_").append(name).append(" gauge\n");
  }

  /** One machine may serve several lakes, whose files the collector puts together. */
  private void sample(StringBuilder text, String name, String labels, Number value) {
    text.append("booklake_").append(name).append('{').append(pair("lake", lake)).append(labels);
    text.append("} ").append(new BigDecimal(value.toString()).toPlainString()).append('\n');
  }

  private static String of(RunLog.Step step) {
    return label("step", step.name());
  }

  private static String of(RunLog.Step step, String state) {
    return of(step) + label("state", state);
  }

  private static String label(String name, String value) {
    return "," + pair(name, value);
  }

  private static String pair(String name, String value) {
    return name
        + "=\""
        + value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n")
        + "\"";
  }
}
