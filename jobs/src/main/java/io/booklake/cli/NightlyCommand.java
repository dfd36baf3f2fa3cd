package io.booklake.cli;

import io.booklake.hub.PathFilter;
import io.booklake.job.CandlesJob;
import io.booklake.job.CompleteFile;
import io.booklake.job.DepthMetricsJob;
import io.booklake.job.DerivedTable;
import io.booklake.job.FetchJob;
import io.booklake.job.IngestJob;
import io.booklake.job.InvalidInputException;
import io.booklake.job.Plan;
import io.booklake.job.RegisterJob;
import io.booklake.job.Report;
import io.booklake.job.Run;
import io.booklake.job.Sample;
import io.booklake.job.Selection;
import io.booklake.job.Settings;
import io.booklake.job.StepsJob;
import io.booklake.job.VerifyJob;
import io.booklake.job.VolumeProfileJob;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.BiFunction;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "nightly",
    mixinStandardHelpOptions = true,
    description = {
      "Run everything a night needs in one session: fetch, ingest, derived tables, verify.",
      "Each step does only what is new or changed: if a run broke off, run it again."
    },
    footer = {
      "",
      "Examples:",
      "  booklake nightly --landing s3a://landing/lobster --lake s3a://lake \\",
      "      --dates 2012-06-21",
      "  booklake nightly --landing /data/lobster --lake /data/lake --dry-run",
      "  booklake nightly --landing /data/lobster --lake /data/lake \\",
      "      --steps ingest,candles",
      "  booklake nightly --landing /data/lobster --lake /data/lake \\",
      "      --dates 2012-01-01..2012-12-31 --batch-days 7",
      "  booklake nightly --lake /data/lake --landing /data/lobster --sample 0.1 \\",
      "      --conf prod.yaml"
    })
final class NightlyCommand implements Callable<Integer> {
  /** The steps that compute a table from the per-event tables, in their order. */
  private static final Map<String, Function<Run, DerivedTable>> DERIVED = derived();

  @Mixin private CommonOptions common;

  @Mixin private LandingOption landing;

  @Option(
      names = "--steps",
      paramLabel = "STEP",
      split = ",",
      description =
          "Only these steps, in their usual order: fetch (if fetch.datasets names any), ingest, candles,"
              + " volume-profile, depth-metrics, verify.")
  private List<String> steps = List.of();

  @Option(
      names = "--sample",
      paramLabel = "N|SHARE",
      defaultValue = "20",
      description =
          "How many of the selected ticker-days verify reads back (default ${DEFAULT-VALUE}).")
  private String sample;

  @Option(
      names = "--batch-days",
      paramLabel = "N",
      description =
          "Run all steps for N days of --dates before the next N. Default: all dates at once.")
  private Integer batchDays;

  @Option(
      names = "--register",
      paramLabel = "DB",
      description =
          "Finally register the tables in this database of Spark's catalog: see booklake register.")
  private String database;

  @Option(
      names = "--dry-run",
      description =
          "Print what each step would do, judging by names, sizes and times; write nothing.")
  private boolean dryRun;

  @Option(
      names = "--report",
      paramLabel = "FILE",
      description =
          "Write what each step did to this local file, as JSON; with --dry-run the plan, one object"
              + " per line.")
  private Path report;

  @Option(
      names = "--metrics",
      paramLabel = "FILE",
      description =
          "Write the metrics to this local .prom file for node exporter's textfile collector.")
  private Path metrics;

  /**
   * One of the jobs of a night.
   *
   * @param work does it
   * @param plan says what it would do after what the steps before it would do
   */
  private record Step(Function<Run, Report> work, BiFunction<Run, Plan, Plan> plan) {}

  @Override
  public Integer call() {
    if (metrics != null && !metrics.toString().endsWith(".prom")) {
      throw new InvalidInputException(
          "--metrics: found "
              + metrics
              + ", expected a name that ends in .prom: node exporter passes over all others");
    }
    Settings settings = landing.over(common.settings());
    Map<String, Step> steps = steps(settings, Sample.parse(sample));
    List<Selection> batches =
        batchDays == null ? List.of(common.selection()) : common.selection().batches(batchDays);
    return common.run(
        settings, run -> dryRun ? dryRun(run, steps.values()) : execute(run, batches, steps));
  }

  private Map<String, Step> steps(Settings settings, Sample wanted) {
    Map<String, Step> all = new LinkedHashMap<>();
    if (!settings.fetch().datasets().isEmpty()) {
      all.put(
          "fetch",
          new Step(run -> fetch(run, false).execute(), (run, before) -> fetch(run, true).plan()));
    }
    all.put(
        "ingest",
        new Step(
            run -> new IngestJob(run, false, along(run)).execute(),
            (run, before) -> new IngestJob(run, false).plan(before)));
    DERIVED.forEach(
        (name, table) ->
            all.put(
                name,
                new Step(
                    run -> table.apply(run).update(false),
                    (run, before) -> table.apply(run).plan(before))));
    all.put(
        "verify",
        new Step(
            run -> new VerifyJob(run, wanted, false).executeIfAny(),
            (run, before) -> new VerifyJob(run, wanted, false).plan(before)));
    for (String step : steps) {
      if (!all.containsKey(step)) {
        throw new InvalidInputException(
            "--steps: found '" + step + "', expected some of " + String.join(", ", all.keySet()));
      }
    }
    if (!steps.isEmpty()) {
      all.keySet().retainAll(steps);
    }
    return all;
  }

  /** The tables of the steps behind ingest, which makes their rows while it has the events. */
  private List<DerivedTable> along(Run run) {
    return DERIVED.entrySet().stream()
        .filter(each -> steps.isEmpty() || steps.contains(each.getKey()))
        .map(each -> each.getValue().apply(run))
        .toList();
  }

  private static Map<String, Function<Run, DerivedTable>> derived() {
    Map<String, Function<Run, DerivedTable>> derived = new LinkedHashMap<>();
    derived.put("candles", run -> new CandlesJob(run, List.of(), false, false).table());
    derived.put("volume-profile", run -> new VolumeProfileJob(run, List.of(), null, false).table());
    derived.put("depth-metrics", run -> new DepthMetricsJob(run, List.of(), false).table());
    return derived;
  }

  private static FetchJob fetch(Run run, boolean isOnlyTried) {
    return new FetchJob(
        run.settings().landing().get(0),
        run.hadoop(),
        run.progress(),
        run::spark,
        new FetchJob.Wish(
            run.settings().fetch().datasets(),
            new PathFilter(List.of(), List.of()),
            run.selection(),
            Long.MAX_VALUE,
            isOnlyTried));
  }

  private Report dryRun(Run run, Collection<Step> steps) {
    CompleteFile file = report == null ? null : new CompleteFile("--report", report);
    Plan plan = Plan.EMPTY;
    for (Step step : steps) {
      plan = plan.and(step.plan.apply(run, plan));
    }
    Report found = plan.report("nightly in " + run.settings().lake() + " would find");
    if (file != null) {
      StringWriter lines = new StringWriter();
      OutputFormat.JSON.print(found, new PrintWriter(lines));
      try {
        file.write(lines.toString());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return found;
  }

  private Report execute(Run run, List<Selection> batches, Map<String, Step> steps) {
    Map<String, Function<Run, Report>> work = new LinkedHashMap<>();
    steps.forEach((name, step) -> work.put(name, step.work));
    if (database != null) {
      // Made before the night begins: what it cannot do must not show at its end.
      RegisterJob register = new RegisterJob(run, database);
      work.put("register", part -> register.execute());
    }
    return new StepsJob(run, batches, work, report, metrics).execute();
  }
}
