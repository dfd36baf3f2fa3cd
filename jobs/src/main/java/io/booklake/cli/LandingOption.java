package io.booklake.cli;

import io.booklake.job.Settings;
import java.util.List;
import picocli.CommandLine.Option;

/** Where a command that takes pairs in finds them. */
final class LandingOption {
  @Option(
      names = "--landing",
      paramLabel = "URI",
      split = ",",
      description = "Where pairs are: folders at any depth, globs, files or zip archives.")
  private List<String> landing = List.of();

  /** The settings, with what the option names in place of theirs. */
  Settings over(Settings settings) {
    return settings.withLanding(landing);
  }
}
