package io.booklake.format.lobster;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import org.apache.hadoop.fs.Path;

/** Symbolic links on this machine, which Hadoop follows without a word. */
final class LocalLinks {
  private LocalLinks() {}

  /** Whether it is one; on other file systems there are none. */
  static boolean isLink(Path path) {
    return isLocal(path) && Files.isSymbolicLink(local(path));
  }

  /**
   * Where a path leads to, which exists: itself on other file systems.
   *
   * @throws IOException if it may not be followed
   */
  static Path follow(Path path) throws IOException {
    return isLocal(path) ? new Path("file", null, local(path).toRealPath().toString()) : path;
  }

  private static boolean isLocal(Path path) {
    return "file".equals(path.toUri().getScheme());
  }

  private static java.nio.file.Path local(Path path) {
    return new File(path.toUri().getPath()).toPath();
  }
}
