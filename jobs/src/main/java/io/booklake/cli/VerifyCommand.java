package io.booklake.cli;

import io.booklake.job.Sample;
import io.booklake.job.VerifyJob;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "verify",
    mixinStandardHelpOptions = true,
    description = {
      "Read back published ticker-days and compare their tables with one another.",
      "Ends with exit code 4 if anything differs, and names the first difference of each check."
    },
    footer = {
      "",
      "Examples:",
      "  booklake verify --lake /data/lake",
      "  booklake verify --lake /data/lake --sample 20 --format csv",
      "  booklake verify --lake /data/lake --dates 2012-06-01..2012-06-30 \\",
      "      --sample 0.1 --cross-levels"
    })
final class VerifyCommand implements Callable<Integer> {
  @Mixin private CommonOptions common;

  @Option(
      names = "--sample",
      paramLabel = "N|SHARE",
      description = "Only this many ticker-days, or this share of them: the same in every run.")
  private String sample;

  @Option(
      names = "--cross-levels",
      description =
          "Also compare ticker-days with the deepest one of the same day, cut to their levels.")
  private boolean crossLevels;

  @Override
  public Integer call() {
    Sample wanted = Sample.parse(sample);
    return common.run(run -> new VerifyJob(run, wanted, crossLevels).execute());
  }
}
