package io.booklake.cli;

import io.booklake.job.SnapshotsJob;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "snapshots",
    mixinStandardHelpOptions = true,
    description = {
      "Rebuild the snapshots of the order-level book with another number of events between them.",
      "Reads the landing files once more; all other tables stay as they are."
    },
    footer = {
      "",
      "Examples:",
      "  booklake snapshots --lake /data/lake --landing /data/lobster --every 250",
      "  booklake snapshots --lake /data/lake --landing /data/lobster --every 5000 \\",
      "      --tickers GOOG"
    })
final class SnapshotsCommand implements Callable<Integer> {
  @Mixin private CommonOptions common;

  @Option(
      names = "--landing",
      paramLabel = "URI",
      split = ",",
      description = "Where the published pairs are: folders, globs, files or zip archives.")
  private List<String> landing = List.of();

  @Option(
      names = "--every",
      paramLabel = "N",
      required = true,
      description = "Events from one snapshot to the next.")
  private int every;

  @Override
  public Integer call() {
    return common.run(
        common.settings().withLanding(landing).withSnapshotInterval(every),
        run -> new SnapshotsJob(run).execute());
  }
}
