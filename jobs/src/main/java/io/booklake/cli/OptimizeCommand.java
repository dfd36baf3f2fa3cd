package io.booklake.cli;

import io.booklake.job.OptimizeJob;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "optimize",
    mixinStandardHelpOptions = true,
    description = {
      "Put small data files together. No row changes, and files that are large enough stay.",
      "The files from before stay too, for who still reads them, until vacuum deletes them."
    },
    footer = {
      "",
      "Examples:",
      "  booklake optimize --lake /data/lake",
      "  booklake optimize --lake s3a://lake --tables messages,depth"
    })
final class OptimizeCommand implements Callable<Integer> {
  @Mixin private LakeOptions common;

  @Option(
      names = "--tables",
      paramLabel = "A,B",
      split = ",",
      description = "Only these tables; without it all that hold ticker-days.")
  private Set<String> tables = Set.of();

  @Override
  public Integer call() {
    return common.run(run -> new OptimizeJob(run, tables).execute());
  }
}
