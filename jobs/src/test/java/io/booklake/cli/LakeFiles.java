package io.booklake.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The files below a lake's folder, while others may write there. */
final class LakeFiles {
  private final Path root;

  LakeFiles(Path root) {
    this.root = root;
  }

  /** All but checksums, which go with their files. */
  Set<Path> list() throws IOException {
    while (true) {
      try (Stream<Path> all = Files.walk(root)) {
        return all.filter(Files::isRegularFile)
            .filter(file -> !file.toString().endsWith(".crc"))
            .collect(Collectors.toSet());
      } catch (UncheckedIOException e) {
        // A draft may go while the others are listed.
        if (!(e.getCause() instanceof NoSuchFileException)) {
          throw e;
        }
      }
    }
  }

  int count() throws IOException {
    return list().size();
  }

  /** The file that was written last. */
  Path newest() throws IOException {
    return list().stream()
        .max(Comparator.comparingLong(file -> file.toFile().lastModified()))
        .orElseThrow();
  }

  /** Has all of them be as old as that. */
  void age(Duration age) throws IOException {
    FileTime then = FileTime.from(Instant.now().minus(age));
    for (Path file : list()) {
      Files.setLastModifiedTime(file, then);
    }
  }

  void copyTo(Path target) throws IOException {
    try (Stream<Path> all = Files.walk(root)) {
      for (Path each : all.toList()) {
        Files.copy(each, target.resolve(root.relativize(each)));
      }
    }
  }

  void remove() throws IOException {
    try (Stream<Path> all = Files.walk(root)) {
      for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(each);
      }
    }
  }
}
