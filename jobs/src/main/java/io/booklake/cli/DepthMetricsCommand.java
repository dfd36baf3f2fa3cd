package io.booklake.cli;

import io.booklake.job.DepthMetricsJob;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "depth-metrics",
    mixinStandardHelpOptions = true,
    description =
        "Compute spread, imbalance and depth on a grid for the ticker-days that do not have it yet.",
    footer = {
      "",
      "Examples:",
      "  booklake depth-metrics --lake /data/lake",
      "  booklake depth-metrics --lake /data/lake --grids time:100ms,events:1000 \\",
      "      --tickers GOOG"
    })
final class DepthMetricsCommand implements Callable<Integer> {
  @Mixin private CommonOptions common;

  @Option(
      names = "--grids",
      paramLabel = "SPEC",
      split = ",",
      description = "time:LENGTH, events:N; lengths in ms, s, m, h, d.")
  private List<String> grids = List.of();

  @Option(names = "--force", description = "Recompute ticker-days that are already up to date.")
  private boolean force;

  @Override
  public Integer call() {
    return common.run(run -> new DepthMetricsJob(run, grids, force).execute());
  }
}
