package io.booklake.cli;

import io.booklake.job.CandlesJob;
import io.booklake.job.DepthMetricsJob;
import io.booklake.job.IngestJob;
import io.booklake.job.InvalidInputException;
import io.booklake.job.Report;
import io.booklake.job.Run;
import io.booklake.job.Sample;
import io.booklake.job.VerifyJob;
import io.booklake.job.VolumeProfileJob;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "nightly",
    mixinStandardHelpOptions = true,
    description = {
      "Do all that a night needs in one session: ingest, then what is computed from it.",
      "Each step does only what is new or changed, so a run that broke off is simply run again."
    },
    footer = {
      "",
      "Examples:",
      "  booklake nightly --landing s3a://landing/lobster --lake s3a://lake --dates 2012-06-21",
      "  booklake nightly --landing /data/lobster --lake /data/lake --steps ingest,candles",
      "  booklake nightly --lake /data/lake --landing /data/lobster --sample 0.1 --conf prod.yaml"
    })
final class NightlyCommand implements Callable<Integer> {
  @Mixin private CommonOptions common;

  @Mixin private LandingOption landing;

  @Option(
      names = "--steps",
      paramLabel = "STEP",
      split = ",",
      description =
          "Only these, in their usual order: ingest, candles, volume-profile, depth-metrics,"
              + " verify.")
  private List<String> steps = List.of();

  @Option(
      names = "--sample",
      paramLabel = "N|SHARE",
      defaultValue = "20",
      description =
          "How many of the selected ticker-days verify reads back (default ${DEFAULT-VALUE}).")
  private String sample;

  @Override
  public Integer call() {
    Sample wanted = Sample.parse(sample);
    Map<String, Function<Run, Report>> all = new LinkedHashMap<>();
    all.put("ingest", run -> new IngestJob(run, false).execute());
    all.put("candles", run -> new CandlesJob(run, List.of(), false, false).execute());
    all.put("volume-profile", run -> new VolumeProfileJob(run, List.of(), null, false).execute());
    all.put("depth-metrics", run -> new DepthMetricsJob(run, List.of(), false).execute());
    all.put("verify", run -> new VerifyJob(run, wanted, false).execute());
    for (String step : steps) {
      if (!all.containsKey(step)) {
        throw new InvalidInputException(
            "--steps: found '" + step + "', expected some of " + String.join(", ", all.keySet()));
      }
    }
    if (!steps.isEmpty()) {
      all.keySet().retainAll(steps);
    }
    return common.run(landing.over(common.settings()), run -> execute(run, all));
  }

  private static Report execute(Run run, Map<String, Function<Run, Report>> steps) {
    List<List<Object>> rows = new ArrayList<>();
    boolean partlyFailed = false;
    long started = System.nanoTime();
    for (Map.Entry<String, Function<Run, Report>> step : steps.entrySet()) {
      long begun = System.nanoTime();
      Report report = step.getValue().apply(run);
      partlyFailed |= report.partlyFailed();
      rows.add(
          List.of(
              step.getKey(),
              report.partlyFailed() ? "partly failed" : "done",
              seconds(begun),
              report.title()));
    }
    return new Report(
        "nightly in " + run.settings().lake() + ": " + seconds(started) + " s",
        List.of("step", "state", "seconds", "what"),
        rows,
        partlyFailed);
  }

  private static BigDecimal seconds(long since) {
    return BigDecimal.valueOf(System.nanoTime() - since, 9).setScale(1, RoundingMode.HALF_UP);
  }
}
