package io.booklake.cli;

import io.booklake.job.Selection;
import picocli.CommandLine.Option;

/** The options of commands on a lake that are about some of its ticker-days, or all. */
final class CommonOptions extends LakeOptions {
  @Option(
      names = {"--tickers", "--ticker"},
      paramLabel = "A,B",
      description = "Only these tickers.")
  private String tickers;

  @Option(
      names = {"--dates", "--date"},
      paramLabel = "D|D1..D2",
      description = "Only this date, or the dates from first to last.")
  private String dates;

  @Option(names = "--levels", paramLabel = "N", description = "Only ticker-days of this depth.")
  private Integer levels;

  @Override
  Selection selection() {
    return Selection.parse(tickers, dates, levels);
  }
}
