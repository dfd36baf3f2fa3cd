package io.booklake.cli;

import io.booklake.job.CandlesJob;
import io.booklake.job.DepthMetricsJob;
import io.booklake.job.FirstLook;
import io.booklake.job.IngestJob;
import io.booklake.job.LakeSummaryJob;
import io.booklake.job.Report;
import io.booklake.job.Run;
import io.booklake.job.Sample;
import io.booklake.job.Selection;
import io.booklake.job.Settings;
import io.booklake.job.SimulateJob;
import io.booklake.job.VerifyJob;
import io.booklake.job.VolumeProfileJob;
import io.booklake.simulate.DayPlan;
import io.booklake.simulate.Landing;
import io.booklake.spark.Spark;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.apache.spark.sql.Row;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    description = {
      "Simulate a few ticker-days, run the jobs of a night on them, and show the result.",
      "Needs no data and no network, and takes a minute or two."
    },
    footer = {
      "",
      "Examples:",
      "  booklake demo",
      "  booklake demo --folder /tmp/try --events 200000"
    })
final class DemoCommand implements Callable<Integer> {
  private static final LocalDate FIRST_DATE = LocalDate.of(2024, 3, 4);
  private static final int TICKERS = 4;
  private static final int TRADING_DAYS = 2;
  private static final int LEVELS = 10;
  private static final int CHART_BARS = 60;

  @Spec private CommandSpec command;

  @Option(
      names = "--folder",
      paramLabel = "FOLDER",
      defaultValue = "booklake-demo",
      description =
          "Where landing/ and lake/ go; an earlier demo there is replaced (default ${DEFAULT-VALUE}).")
  private Path folder;

  @Option(
      names = "--events",
      paramLabel = "N",
      defaultValue = "40000",
      description = "Events a day of a busy ticker (default ${DEFAULT-VALUE}).")
  private long events;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "Random seed (default ${DEFAULT-VALUE}).")
  private long seed;

  @Override
  public Integer call() {
    PrintWriter out = command.commandLine().getOut();
    long started = System.nanoTime();
    List<DayPlan> plans =
        SimulateCommand.plans(seed, TICKERS, List.of(LEVELS), events, FIRST_DATE, TRADING_DAYS);
    DemoFolder place = new DemoFolder(folder);
    place.empty(plans);
    Path landing = place.landing();
    Path lake = place.lake();
    say(out, new SimulateJob(plans, landing, Landing.Packing.PLAIN, Bars.progress()).execute());
    Settings settings =
        Settings.load(null).withLake(lake.toString()).withLanding(List.of(landing.toString()));
    Spark spark = Sessions.start();
    Run run = Run.start(spark, settings, Selection.ALL, Bars.progress());
    Report ingest = new IngestJob(run, false).execute();
    say(out, ingest);
    say(
        out,
        new CandlesJob(run, List.of("time:5m", "time:1m", "events:50"), false, false).execute());
    say(out, new VolumeProfileJob(run, List.of(), null, false).execute());
    say(out, new DepthMetricsJob(run, List.of("time:1m"), false).execute());
    Report verify = new VerifyJob(run, Sample.parse("2"), false).execute();
    say(out, verify);
    out.println();
    OutputFormat.TABLE.print(new LakeSummaryJob(run).execute(), out);
    FirstLook look = FirstLook.of(run);
    show(look, out);
    out.println();
    out.println("What to try next:");
    DemoHints.of(launcher(), lake, look.eventIndex()).forEach(line -> out.println("  " + line));
    out.println(
        String.format(Locale.ROOT, "%nDone in %.0f s.", (System.nanoTime() - started) / 1e9));
    out.flush();
    return ingest.partlyFailed() || verify.partlyFailed() ? Main.PARTLY_DONE : Main.DONE;
  }

  /** As the launcher was called; a JVM that was started otherwise knows no way that holds here. */
  private static String launcher() {
    return Objects.requireNonNullElse(System.getenv("BOOKLAKE_COMMAND"), "booklake");
  }

  private static void say(PrintWriter out, Report report) {
    out.println("- " + report.title());
    out.flush();
  }

  /** A chart and a ladder of the first ticker-day. */
  private static void show(FirstLook look, PrintWriter out) {
    out.println();
    out.println(look.day() + ", 5-minute candles (from the table candles):");
    CandleChart.print(look.bars("time:5m", CHART_BARS), out);
    Row book = look.book();
    out.println();
    out.println(
        look.day() + " after event " + book.getAs("event_index") + " (from the table depth):");
    DepthLadder.print(book, LEVELS, out);
  }
}
