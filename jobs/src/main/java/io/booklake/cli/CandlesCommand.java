package io.booklake.cli;

import io.booklake.job.CandlesJob;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "candles",
    mixinStandardHelpOptions = true,
    description = "Compute bars for the ticker-days that do not have them yet.",
    footer = {
      "",
      "Examples:",
      "  booklake candles --lake /data/lake",
      "  booklake candles --lake /data/lake \\",
      "      --bars time:1m,events:50,trades:100,volume:10000,dollar:1000000",
      "  booklake candles --lake /data/lake --bars time:1s --empty-bars \\",
      "      --tickers GOOG --dates 2012-06-21"
    })
final class CandlesCommand implements Callable<Integer> {
  @Mixin private CommonOptions common;

  @Option(
      names = "--bars",
      paramLabel = "SPEC",
      split = ",",
      description =
          "time:LENGTH, events:N, trades:N, volume:SHARES, dollar:USD; lengths in ms, s, m, h, d.")
  private List<String> bars = List.of();

  @Option(names = "--empty-bars", description = "Keep time bars without events.")
  private boolean emptyBars;

  @Option(names = "--force", description = "Recompute ticker-days that are already up to date.")
  private boolean force;

  @Override
  public Integer call() {
    return common.run(run -> new CandlesJob(run, bars, emptyBars, force).execute());
  }
}
