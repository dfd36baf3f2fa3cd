package io.booklake.job;

import io.booklake.format.lobster.PairDiscovery;
import io.booklake.hub.HubException;
import io.booklake.hub.hadoop.HubLocation;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.List;
import org.apache.hadoop.fs.GlobPattern;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.UnsupportedFileSystemException;
import org.apache.hadoop.security.AccessControlException;

/** The landing zones that the settings of a run name. */
final class LandingZones {
  private LandingZones() {}

  /**
   * Looks through all of them.
   *
   * @throws InvalidInputException if one matches nothing, may not be read, or is no place at all
   * @throws UncheckedIOException if a file system or the Hub fails: it may not the next time
   */
  static PairDiscovery.Found find(Run run) {
    List<String> uris = run.settings().landing();
    uris.forEach(LandingZones::path);
    try {
      return PairDiscovery.find(
          run.hadoop(), HubFailure.valid(() -> HubLocation.pinned(run.hadoop(), uris)));
    } catch (IOException e) {
      throw failure(uris, e);
    }
  }

  /** Whether the first one is there: before the first fetch it is not. */
  static boolean isThere(Run run) {
    List<String> uris = run.settings().landing();
    Path landing = path(uris.get(0));
    try {
      return HubFailure.valid(() -> landing.getFileSystem(run.hadoop())).exists(landing);
    } catch (IOException e) {
      throw failure(uris, e);
    }
  }

  /**
   * One of them.
   *
   * @throws InvalidInputException if it is no place at all
   */
  static Path path(String uri) {
    try {
      if (HubLocation.isOne(uri)) {
        HubLocation.parse(uri);
      }
      return new Path(uri);
    } catch (IllegalArgumentException e) {
      throw new InvalidInputException(
          "landing zone: found '"
              + uri
              + "', expected a folder, or a URI such as s3a://bucket/landing or"
              + " hf://datasets/OWNER/NAME: "
              + e.getMessage(),
          e);
    }
  }

  static RuntimeException failure(List<String> uris, IOException cause) {
    if (cause instanceof HubException) {
      return HubFailure.of("list", cause);
    }
    if (cause instanceof AccessControlException
        || cause instanceof AccessDeniedException
        || cause instanceof NoSuchFileException
        || cause instanceof NotDirectoryException) {
      // Their messages may be no more than the name of a folder.
      return new InvalidInputException(
          "cannot look through "
              + String.join(", ", uris)
              + ": "
              + cause
              + "; check that it is a place that this user may list",
          cause);
    }
    return cause instanceof FileNotFoundException
            || cause instanceof UnsupportedFileSystemException
            || !uris.stream().allMatch(LandingZones::isPattern)
        ? new InvalidInputException(cause.getMessage(), cause)
        : new UncheckedIOException(
            "cannot look through " + String.join(", ", uris) + ": " + cause.getMessage(), cause);
  }

  /** Whether it may be a glob. What is none may be the name of a folder all the same. */
  private static boolean isPattern(String uri) {
    try {
      GlobPattern.compile(uri);
      return true;
    } catch (RuntimeException e) { // of a class that Hadoop keeps for itself
      return false;
    }
  }
}
