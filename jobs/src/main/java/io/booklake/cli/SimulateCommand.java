package io.booklake.cli;

import io.booklake.job.InvalidInputException;
import io.booklake.job.SimulateJob;
import io.booklake.simulate.DayPlan;
import io.booklake.simulate.Landing;
import io.booklake.simulate.Market;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "simulate",
    mixinStandardHelpOptions = true,
    description = {
      "Simulate ticker-days in LOBSTER's format on a small exchange: every event type, any size.",
      "The same options give the same bytes."
    },
    footer = {
      "",
      "Examples:",
      "  booklake simulate --landing landing",
      "  booklake simulate --landing landing --ticker-count 20 --days 5 \\",
      "      --events 400000 --depths 10",
      "  booklake simulate --landing landing --depths 10,1 --packing zip --seed 7"
    })
final class SimulateCommand implements Callable<Integer> {
  @Option(
      names = "--landing",
      paramLabel = "FOLDER",
      defaultValue = "booklake-data/landing",
      description = "Where the pairs go (default ${DEFAULT-VALUE}).")
  private Path landing;

  @Option(
      names = "--ticker-count",
      paramLabel = "N",
      defaultValue = "4",
      description = "Tickers (default ${DEFAULT-VALUE}).")
  private int tickers;

  @Option(
      names = "--first-date",
      paramLabel = "D",
      defaultValue = "2024-03-04",
      description = "First date (default ${DEFAULT-VALUE}).")
  private LocalDate firstDate;

  @Option(
      names = "--days",
      paramLabel = "N",
      defaultValue = "1",
      description = "Trading days (default ${DEFAULT-VALUE}).")
  private int days;

  @Option(
      names = "--events",
      paramLabel = "N",
      defaultValue = "100000",
      description =
          "Events a day of a busy ticker; quiet ones have fewer (default ${DEFAULT-VALUE}).")
  private long events;

  @Option(
      names = "--depths",
      paramLabel = "N,N",
      split = ",",
      defaultValue = "10",
      description = "Depths at which every day is published (default ${DEFAULT-VALUE}).")
  private List<Integer> depths;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "Random seed (default ${DEFAULT-VALUE}).")
  private long seed;

  @Option(
      names = "--packing",
      paramLabel = "plain|gzip|zip",
      defaultValue = "plain",
      description = "How files are packed (default ${DEFAULT-VALUE}).")
  private Landing.Packing packing;

  @Option(
      names = "--format",
      paramLabel = "table|json|csv",
      defaultValue = "table",
      description = "How results are printed (default ${DEFAULT-VALUE}).")
  private OutputFormat format;

  @picocli.CommandLine.Spec private picocli.CommandLine.Model.CommandSpec command;

  @Override
  public Integer call() {
    List<DayPlan> plans = plans(seed, tickers, depths, events, firstDate, days);
    format.print(
        new SimulateJob(plans, landing, packing, Bars.progress()).execute(),
        command.commandLine().getOut());
    return Main.DONE;
  }

  /**
   * What a market does.
   *
   * @throws InvalidInputException if a number is not possible
   */
  static List<DayPlan> plans(
      long seed, int tickers, List<Integer> depths, long events, LocalDate first, int days) {
    try {
      return Market.of(seed, tickers, depths, events).plans(first, days);
    } catch (IllegalArgumentException e) {
      throw new InvalidInputException(e.getMessage(), e);
    }
  }
}
