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
class LakeOptions {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  @Option(
      names = "--lake",
      paramLabel = "URI",
      description = "Root of the lake: a folder or any URI that Hadoop can write.")
  private String lake;

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

  final Settings settings() {
    return Settings.load(configuration).withLake(lake);
  }

  /**
   * Which ticker-days are meant.
   *
   * @throws InvalidInputException if that cannot be read
   */
  Selection selection() {
    return Selection.ALL;
  }

  final OutputFormat format() {
    return format;
  }

  final Progress progress() {
    return Bars.progress();
  }

  final PrintWriter out() {
    return command.commandLine().getOut();
  }

  /** Runs a job in a session of its own and prints what it reports. */
  final int run(Function<Run, Report> job) {
    return run(settings(), job);
  }

  /** The same with other settings than the common options give. */
  final int run(Settings settings, Function<Run, Report> job) {
    // The command line is judged before the seconds that a session takes to start.
    Selection selection = selection();
    return print(job.apply(Run.start(Sessions.start(), settings, selection, progress())));
  }

  final int print(Report report) {
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
