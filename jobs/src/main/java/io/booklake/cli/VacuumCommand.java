package io.booklake.cli;

import io.booklake.job.VacuumJob;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "vacuum",
    mixinStandardHelpOptions = true,
    description = {
      "Count, or delete, data files that no reader of published ticker-days can need.",
      "What the ledger pins stays, and so does everything published within the retention."
    },
    footer = {
      "",
      "Examples:",
      "  booklake vacuum --lake /data/lake",
      "  booklake vacuum --lake s3a://lake --conf prod.yaml --delete"
    })
final class VacuumCommand implements Callable<Integer> {
  @Mixin private LakeOptions common;

  @Option(names = "--delete", description = "Delete the files; without it they are only counted.")
  private boolean delete;

  @Override
  public Integer call() throws IOException {
    return common.print(
        new VacuumJob(common.settings(), HadoopSettings.configuration(), delete).execute());
  }
}
