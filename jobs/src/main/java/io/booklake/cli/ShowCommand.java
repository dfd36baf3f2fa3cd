package io.booklake.cli;

import io.booklake.job.ShowJob;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "show",
    mixinStandardHelpOptions = true,
    description = "Print rows of the lake, as they are published.",
    footer = {
      "",
      "Examples:",
      "  booklake show ticker-days --lake /data/lake",
      "  booklake show messages --lake /data/lake --ticker GOOG --date 2012-06-21 --index 100..110",
      "  booklake show candles --lake /data/lake --ticker GOOG --limit 5 --format json",
      "  booklake show quarantine --lake /data/lake --format csv"
    })
final class ShowCommand implements Callable<Integer> {
  private static final Pattern INDEX = Pattern.compile("(\\d{1,18})(?:\\.\\.(\\d{1,18})?)?");

  @Spec private CommandSpec command;
  @Mixin private CommonOptions common;

  @Parameters(
      paramLabel = "WHAT",
      description =
          "ticker-days, messages, depth, trades, mbo, snapshots, orders, candles, profile, metrics or"
              + " quarantine.")
  private String what;

  @Option(
      names = "--index",
      paramLabel = "I..J",
      defaultValue = "0..",
      description = "Only rows of events I to J, inclusive; I alone for one event.")
  private String index;

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "20",
      description = "Most rows to print (default ${DEFAULT-VALUE}).")
  private int limit;

  @Override
  public Integer call() {
    ShowJob.View view = ShowJob.VIEWS.get(what);
    if (view == null) {
      throw new ParameterException(
          command.commandLine(),
          "cannot show '" + what + "', expected one of " + ShowJob.VIEWS.keySet());
    }
    Matcher range = INDEX.matcher(index);
    if (!range.matches()) {
      throw new ParameterException(
          command.commandLine(),
          "--index: found '" + index + "', expected 100 or 100..110 or 100..");
    }
    long first = Long.parseLong(range.group(1));
    long last =
        index.contains("..")
            ? (range.group(2) == null ? Long.MAX_VALUE : Long.parseLong(range.group(2)))
            : first;
    return common.run(run -> new ShowJob(run, view, first, last, limit).execute());
  }
}
