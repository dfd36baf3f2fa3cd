package io.booklake.cli;

import io.booklake.job.ExplainJob;
import io.booklake.job.Explanation;
import io.booklake.job.WantedRow;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "explain",
    mixinStandardHelpOptions = true,
    description = {
      "Trace rows of the lake back to the source lines that they were computed from.",
      "Source files are read to the end; their lines are shown if the files are unchanged since ingest."
    },
    footer = {
      "",
      "Examples:",
      "  booklake explain --lake /data/lake --table messages --ticker GOOG \\",
      "      --date 2012-06-21 --index 70000",
      "  booklake explain --lake /data/lake --table candles --ticker GOOG \\",
      "      --bar time:1m@09:35",
      "  booklake explain --lake /data/lake --table candles --ticker GOOG \\",
      "      --bar events:50@120 --limit 50",
      "  booklake explain --lake /data/lake --table volume-profile --ticker GOOG \\",
      "      --bar session@0 --format json"
    })
final class ExplainCommand implements Callable<Integer> {

  /** Which row: one of the two. */
  private static final class Which {
    @Option(
        names = "--index",
        paramLabel = "I",
        description = "The rows of event I, of messages, depth, trades or mbo.")
    private Long index;

    @Option(
        names = "--bar",
        paramLabel = "KIND@WHICH",
        description =
            "A bar of candles, a window of volume-profile, a step of depth-metrics: its kind, and its"
                + " number or a time in it, such as events:50@120, time:1m@09:35, session@0; of a"
                + " window with several widths of price bins the width, too: session@0.05@0.")
    private String bar;
  }

  @Mixin private CommonOptions common;

  @Option(
      names = "--table",
      required = true,
      paramLabel = "TABLE",
      description =
          "messages, depth, trades or mbo with --index; candles, volume-profile or depth-metrics with"
              + " --bar.")
  private String table;

  @ArgGroup(multiplicity = "1")
  private Which which;

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "10",
      description = "Maximum number of lines to print per source file (default ${DEFAULT-VALUE}).")
  private int limit;

  @Override
  public Integer call() throws IOException {
    LakeOptions.notNegative("--limit", limit);
    WantedRow wanted =
        which.bar == null ? WantedRow.event(table, which.index) : WantedRow.bar(table, which.bar);
    Explanation explained =
        new ExplainJob(
                common.settings().lake(),
                HadoopSettings.configuration(),
                common.selection(),
                wanted,
                limit)
            .execute();
    if (common.format() != OutputFormat.TABLE) {
      return common.print(ExplainJob.report(explained));
    }
    ExplanationText.print(explained, common.out());
    return Main.DONE;
  }
}
