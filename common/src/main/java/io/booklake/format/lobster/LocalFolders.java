package io.booklake.format.lobster;

import java.io.File;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.hadoop.fs.Path;

/**
 * What Hadoop does not tell of folders on this machine: links, which it follows, names that it may
 * not look at, which it passes over, and pipes, which it takes for files.
 */
final class LocalFolders {
  private LocalFolders() {}

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

  /** What lies in a folder; nothing on other file systems. */
  static List<java.nio.file.Path> list(Path folder) throws IOException {
    if (!isLocal(folder)) {
      return List.of();
    }
    List<java.nio.file.Path> all = new ArrayList<>();
    try (DirectoryStream<java.nio.file.Path> listed = Files.newDirectoryStream(local(folder))) {
      listed.forEach(all::add);
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    return all;
  }

  /**
   * Of what lies in a folder, what can be listed and no more: all of one that may not be entered,
   * and what has a name in another encoding than that of this process. What is surely gone was
   * removed meanwhile, or is a link that leads nowhere.
   *
   * @param listed before
   * @param reached those that could be looked at
   */
  static List<String> outOfReach(List<java.nio.file.Path> listed, Set<String> reached) {
    return listed.stream()
        .filter(each -> !reached.contains(each.getFileName().toString()) && !Files.notExists(each))
        .map(each -> each.getFileName().toString())
        .toList();
  }

  /** Whether it is neither a file nor a folder. */
  static boolean isNoFile(Path path) {
    return isLocal(path) && !Files.isRegularFile(local(path)) && !Files.isDirectory(local(path));
  }

  private static boolean isLocal(Path path) {
    return "file".equals(path.toUri().getScheme());
  }

  private static java.nio.file.Path local(Path path) {
    return new File(path.toUri().getPath()).toPath();
  }
}
