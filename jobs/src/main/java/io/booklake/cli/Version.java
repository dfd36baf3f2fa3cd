package io.booklake.cli;

import io.booklake.job.Run;
import picocli.CommandLine.IVersionProvider;

/** What {@code --version} prints. */
final class Version implements IVersionProvider {
  @Override
  public String[] getVersion() {
    return new String[] {"booklake " + Run.softwareVersion()};
  }
}
