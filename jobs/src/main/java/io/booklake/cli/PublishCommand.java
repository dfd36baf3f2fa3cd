package io.booklake.cli;

import io.booklake.job.PublishJob;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "publish",
    mixinStandardHelpOptions = true,
    description = {
      "Publish tables of the lake to a dataset on the Hugging Face Hub, in one commit.",
      "The dataset must exist, and HF_TOKEN must be allowed to write to it. What it already holds is not sent again."
    },
    footer = {
      "",
      "Check that you are allowed to publish the data: LOBSTER's own files may not be",
      "redistributed.",
      "",
      "Examples:",
      "  booklake publish owner/name --tables candles,trades --lake /data/lake",
      "  booklake publish owner/name@staging --tables messages,depth --tickers SIMA \\",
      "      --dates 2024-03-04"
    })
final class PublishCommand implements Callable<Integer> {
  @Mixin private CommonOptions common;

  @Parameters(paramLabel = "OWNER/NAME[@BRANCH]", description = "The dataset.")
  private String dataset;

  @Option(
      names = "--tables",
      paramLabel = "A,B",
      split = ",",
      required = true,
      description = "Which tables; the rows of ticker_days are added.")
  private List<String> tables;

  @Override
  public Integer call() {
    return common.run(run -> new PublishJob(run, dataset, tables).execute());
  }
}
