package io.booklake.cli;

import io.booklake.job.Progress;
import io.booklake.job.Report;
import io.booklake.job.Run;
import io.booklake.job.Selection;
import io.booklake.job.Settings;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The options that all commands on a lake share, and how such a command runs. */
final class CommonOptions {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  @Option(
      names = "--lake",
      paramLabel = "URI",
      description = "Root of the lake: a folder or any URI that Hadoop can write.")
  private String lake;

  @Option(
      names = "--landing",
      paramLabel = "URI",
      split = ",",
      description = "Where pairs are: folders at any depth, globs, files or zip archives.")
  private List<String> landing = List.of();

  @Option(
      names = {"--tickers", "--ticker"},
      paramLabel = "A,B",
      description = "Only these tickers.")
  private String tickers;

  @Option(
      names = {"--dates", "--date"},
      paramLabel = "D|D1..D2",
      description = "Only this date, or these from first to last.")
  private String dates;

  @Option(names = "--levels", paramLabel = "N", description = "Only ticker-days of this depth.")
  private int levels;

  @Option(
      names = "--conf",
      paramLabel = "FILE",
      description = "YAML over the defaults of conf/booklake.yaml.")
  private Path configuration;

  @Option(
      names = "--format",
      paramLabel = "table|json|csv",
      defaultValue = "table",
      description = "How results are printed: ${COMPLETION-CANDIDATES}.")
  private OutputFormat format;

  Settings settings() {
    return Settings.load(configuration).withLake(lake).withLanding(landing);
  }

  Selection selection() {
    return Selection.parse(tickers, dates, levels);
  }

  OutputFormat format() {
    return format;
  }

  Progress progress() {
    return Bars.progress();
  }

  PrintWriter out() {
    return command.commandLine().getOut();
  }

  /** Runs a job in a session of its own and prints what it reports. */
  int run(Function<Run, Report> job) {
    // The command line is judged before the seconds that a session takes to start.
    Settings settings = settings();
    Selection selection = selection();
    return print(job.apply(Run.start(Sessions.start(), settings, selection, progress())));
  }

  int print(Report report) {
    format.print(report, out());
    return report.partlyFailed() ? Main.PARTLY_DONE : Main.DONE;
  }
}
