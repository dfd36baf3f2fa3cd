package io.booklake.cli;

import io.booklake.job.VolumeProfileJob;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "volume-profile",
    mixinStandardHelpOptions = true,
    description = "Compute volume by price for the ticker-days that do not have it yet.",
    footer = {
      "",
      "Examples:",
      "  booklake volume-profile --lake /data/lake",
      "  booklake volume-profile --lake /data/lake \\",
      "      --windows session,time:30m,events:1000 --bin 0.05"
    })
final class VolumeProfileCommand implements Callable<Integer> {
  @Mixin private CommonOptions common;

  @Option(
      names = "--windows",
      paramLabel = "SPEC",
      split = ",",
      description = "session, time:LENGTH, events:N; lengths in ms, s, m, h, d.")
  private List<String> windows = List.of();

  @Option(names = "--bin", paramLabel = "USD", description = "Width of a price bin.")
  private String bin;

  @Option(names = "--force", description = "Recompute ticker-days that are already up to date.")
  private boolean force;

  @Override
  public Integer call() {
    return common.run(run -> new VolumeProfileJob(run, windows, bin, force).execute());
  }
}
