package io.booklake.cli;

import io.booklake.job.InvalidInputException;
import io.booklake.simulate.Landing;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import org.apache.hadoop.util.ShutdownHookManager;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The command {@code booklake}: the same class embedded and under spark-submit. */
@Command(
    name = "booklake",
    versionProvider = Version.class,
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "JOB",
    description = "Order-book analytics on Spark and Delta Lake.",
    footer = {
      "",
      "Exit codes: 0 done; 2 wrong command line; 3 wrong configuration or input;",
      "4 done, but some ticker-days were quarantined or differ; 1 anything else.",
      "",
      "First steps:",
      "  booklake demo",
      "  booklake fetch totalorganfailure/lobster-data --landing /data/lobster",
      "  booklake ingest --landing /data/lobster --lake /data/lake",
      "  booklake candles --lake /data/lake --bars time:1m,events:50",
      "  booklake show candles --lake /data/lake --ticker GOOG"
    })
public final class Main {
  /** Done. */
  static final int DONE = 0;

  /** Anything that is not the user's doing. */
  static final int FAILED = 1;

  /** Wrong configuration or input. */
  static final int INVALID_INPUT = 3;

  /** Done, but some ticker-days were quarantined, or differ from what they should be. */
  static final int PARTLY_DONE = 4;

  private static final List<Class<?>> COMMANDS =
      List.of(
          DemoCommand.class,
          SimulateCommand.class,
          FetchCommand.class,
          IngestCommand.class,
          CandlesCommand.class,
          VolumeProfileCommand.class,
          DepthMetricsCommand.class,
          SnapshotsCommand.class,
          VerifyCommand.class,
          NightlyCommand.class,
          OptimizeCommand.class,
          RegisterCommand.class,
          VacuumCommand.class,
          PublishCommand.class,
          ShowCommand.class,
          ExplainCommand.class,
          ServeCommand.class);

  @Option(names = "--verbose", scope = ScopeType.INHERIT, description = "Print stack traces.")
  private boolean verbose;

  private Main() {}

  /** Runs a command and ends the process with its exit code. */
  public static void main(String[] arguments) {
    // Delta Kernel names commits by the default locale, and some locales have digits of their own:
    // no reader would find a commit that is numbered so. Not the one of no language: Hive's own
    // database, Derby, cannot be made under it.
    Locale.setDefault(Locale.US);
    int code;
    try {
      code = execute(commandLine(arguments), arguments);
    } catch (Throwable error) {
      // Out of memory, or a class that spark-submit was not given: picocli passes errors on.
      System.err.println("booklake: " + problem(error));
      code = FAILED;
    }
    System.out.flush();
    System.err.flush();
    // Hadoop and Spark leave threads behind that would keep the process alive.
    System.exit(code);
  }

  /**
   * The command line for these words. Of the commands only the one that they begin with is looked
   * at, if they begin with one: to look at the options of all takes as long as to run a short one.
   */
  static CommandLine commandLine(String... arguments) {
    Main main = new Main();
    CommandLine line = new CommandLine(main);
    String first = arguments.length == 0 ? "" : arguments[0];
    List<Class<?>> named = COMMANDS.stream().filter(each -> name(each).equals(first)).toList();
    for (Class<?> each : named.isEmpty() ? COMMANDS : named) {
      line.addSubcommand(each);
    }
    if (named.isEmpty()) {
      line.addSubcommand(CommandLine.HelpCommand.class);
    }
    return line.registerConverter(OutputFormat.class, Words.of(OutputFormat.class))
        .registerConverter(Landing.Packing.class, Words.of(Landing.Packing.class))
        .setUsageHelpAutoWidth(true)
        .setParameterExceptionHandler(new WrongUsage())
        .setExecutionExceptionHandler((failure, command, parsed) -> main.report(failure, command));
  }

  private static String name(Class<?> command) {
    return command.getAnnotation(Command.class).name();
  }

  /** Runs a command, and has it said if the process is ended meanwhile. */
  private static int execute(CommandLine line, String[] arguments) {
    // Not left to what fails under the command then: nobody waits for it, and it may not fail.
    Thread ended = new Thread(() -> sayBrokenOff(line));
    Runtime.getRuntime().addShutdownHook(ended);
    try {
      return line.execute(arguments);
    } finally {
      forget(ended);
    }
  }

  private static void forget(Thread hook) {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // It is at work.
    }
  }

  /** Nothing is broken off where words were wrong, nor of a server, which goes on until then. */
  static void sayBrokenOff(CommandLine line) {
    CommandLine.ParseResult parsed = line.getParseResult();
    if (parsed != null
        && parsed.hasSubcommand()
        && !(parsed.subcommand().commandSpec().userObject() instanceof ServeCommand)) {
      PrintWriter err = line.getErr();
      if (Bars.areShown()) {
        // Behind a bar that nobody ends any more.
        err.println();
      }
      err.println(
          "booklake: stopped by a signal, or by Spark where memory ran out, as the log file would say."
              + " What is published stays; run it again for the rest.");
      err.flush();
    }
  }

  /** Problem, cause, cure on one line each; the stack trace only for who asks for it. */
  private int report(Exception failure, CommandLine command) {
    PrintWriter err = command.getErr();
    // What fails while Spark is taken down under it says nothing of why; that it is, is said.
    if (ShutdownHookManager.get().isShutdownInProgress()) {
      if (verbose) {
        failure.printStackTrace(err);
      }
      return FAILED;
    }
    boolean invalid = failure instanceof InvalidInputException;
    err.println(command.getColorScheme().errorText("booklake: " + problem(failure)));
    if (verbose) {
      failure.printStackTrace(err);
    } else if (!invalid) {
      err.println("Run it again with --verbose for the stack trace, or look into the log file.");
    }
    return invalid ? INVALID_INPUT : FAILED;
  }

  /** What went wrong, and what it was told. */
  static String problem(Throwable failure) {
    if (failure instanceof InvalidInputException) {
      return failure.getMessage();
    }
    Throwable root = failure;
    while (root.getCause() != null && root.getCause() != root) {
      root = root.getCause();
    }
    String kind = failure.getClass().getSimpleName();
    // Where a class cannot be initialised all is said by the cause.
    String message = failure.getMessage() == null ? kind : failure.getMessage();
    String first = message.lines().findFirst().orElse(kind);
    if (root == failure) {
      return first.equals(kind) ? kind : kind + ": " + first;
    }
    // Many say themselves what they were told.
    String cause = root.getMessage();
    boolean isSaid = cause != null && !cause.isBlank() && first.contains(cause);
    return isSaid ? first : first + " (cause: " + root + ")";
  }
}
