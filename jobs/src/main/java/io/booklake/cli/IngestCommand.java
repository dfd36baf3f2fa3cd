package io.booklake.cli;

import io.booklake.job.IngestJob;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "ingest",
    mixinStandardHelpOptions = true,
    description = {
      "Take in LOBSTER pairs: messages, depth, trades, the order-level book, then the ledger.",
      "Unchanged pairs are skipped; invalid ones go to quarantine and do not stop the others."
    },
    footer = {
      "",
      "Examples:",
      "  booklake ingest --landing /data/lobster --lake /data/lake",
      "  booklake ingest --landing 's3a://landing/2012-06-*/' --lake s3a://lake \\",
      "      --tickers AAPL,GOOG",
      "  booklake ingest --landing LOBSTER_SampleFile_GOOG_2012-06-21_10.zip \\",
      "      --lake lake --force"
    })
final class IngestCommand implements Callable<Integer> {
  @Mixin private CommonOptions common;

  @Mixin private LandingOption landing;

  @Option(
      names = "--force",
      description = "Take in pairs again even if their bytes are already published.")
  private boolean force;

  @Override
  public Integer call() {
    return common.run(landing.over(common.settings()), run -> new IngestJob(run, force).execute());
  }
}
