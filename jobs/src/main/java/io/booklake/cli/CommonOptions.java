package io.booklake.cli;

import io.booklake.job.InvalidInputException;
import io.booklake.job.Progress;
import io.booklake.job.Report;
import io.booklake.job.Run;
import io.booklake.job.Selection;
import io.booklake.job.Settings;
import java.io.PrintWriter;
import java.nio.file.Path;
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
      description = "How results are printed (default ${DEFAULT-VALUE}).")
  private OutputFormat format;

  Settings settings() {
    return Settings.load(configuration).withLake(lake);
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
    return run(settings(), job);
  }

  /** The same with other settings than the common options give. */
  int run(Settings settings, Function<Run, Report> job) {
    // The command line is judged before the seconds that a session takes to start.
    Selection selection = selection();
    return print(job.apply(Run.start(Sessions.start(), settings, selection, progress())));
  }

  int print(Report report) {
    format.print(report, out());
    return report.partlyFailed() ? Main.PARTLY_DONE : Main.DONE;
  }

  /**
   * A number of things, as somebody gave it.
   *
   * @throws InvalidInputException if it is negative
   */
  static void notNegative(String option, long found) {
    if (found < 0) {
      throw new InvalidInputException(option + ": found " + found + ", expected 0 or more");
    }
  }
}
