package io.booklake.cli;

import io.booklake.hub.PathFilter;
import io.booklake.job.FetchJob;
import io.booklake.job.InvalidInputException;
import io.booklake.job.Settings;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "fetch",
    mixinStandardHelpOptions = true,
    description = {
      "Fetch LOBSTER pairs from datasets on the Hugging Face Hub into the landing zone.",
      "Only new or changed pairs are downloaded; an interrupted download is continued."
    },
    footer = {
      "",
      "The Hub's own environment variables apply: HF_TOKEN, HF_HOME, HF_HUB_CACHE,",
      "HF_ENDPOINT, HF_HUB_OFFLINE, and those of proxies: HTTPS_PROXY, NO_PROXY.",
      "",
      "Examples:",
      "  booklake fetch totalorganfailure/lobster-data --landing /data/landing",
      "  booklake fetch owner/name@v1.0 --landing s3a://landing --tickers AAPL,GOOG",
      "  booklake fetch owner/name --include '*_10.zip' --max-bytes 10000000000 \\",
      "      --dry-run"
    })
final class FetchCommand implements Callable<Integer> {
  @Mixin private CommonOptions common;

  @Parameters(
      paramLabel = "OWNER/NAME[@REVISION]",
      arity = "0..*",
      description = "Datasets; by default those of the configuration.")
  private List<String> datasets = List.of();

  @Option(
      names = "--landing",
      paramLabel = "URI",
      description = "Where the pairs go: a folder or any URI that Hadoop can write.")
  private String landing;

  @Option(
      names = "--include",
      paramLabel = "GLOB,GLOB",
      split = ",",
      description = "Only files whose path in the dataset matches one of these.")
  private List<String> include = List.of();

  @Option(
      names = "--exclude",
      paramLabel = "GLOB,GLOB",
      split = ",",
      description = "No files whose path in the dataset matches one of these.")
  private List<String> exclude = List.of();

  @Option(
      names = "--max-bytes",
      paramLabel = "N",
      description =
          "Leave pairs that would bring the total above N bytes; later runs fetch the rest.")
  private long maxBytes = Long.MAX_VALUE;

  @Option(names = "--dry-run", description = "Say what would be fetched, and do nothing.")
  private boolean dryRun;

  @Override
  public Integer call() {
    LakeOptions.notNegative("--max-bytes", maxBytes);
    Settings settings =
        common.settings().withLanding(landing == null ? List.of() : List.of(landing));
    List<String> wanted = datasets.isEmpty() ? settings.fetch().datasets() : datasets;
    if (wanted.isEmpty()) {
      throw new InvalidInputException(
          "no dataset to fetch: name one, such as totalorganfailure/lobster-data, or set fetch.datasets in --conf");
    }
    FetchJob.Wish wish =
        new FetchJob.Wish(
            wanted, new PathFilter(include, exclude), common.selection(), maxBytes, dryRun);
    return common.print(
        new FetchJob(
                settings.landing().get(0),
                HadoopSettings.configuration(),
                common.progress(),
                Sessions::start,
                wish)
            .execute());
  }
}
