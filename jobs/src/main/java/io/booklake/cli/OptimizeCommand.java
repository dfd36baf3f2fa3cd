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
      "Merge small data files. No row changes, and files that are large enough stay.",
      "The old files stay too, for readers that still use them, until vacuum deletes them."
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
      description = "Only these tables; by default all that hold ticker-days.")
  private Set<String> tables = Set.of();

  @Override
  public Integer call() {
    return common.run(run -> new OptimizeJob(run, tables).execute());
  }
}
