package io.booklake.cli;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What spark-submit is given: the thin jar of this build, and Delta, which it does not hold. */
final class JobJar {
  private JobJar() {}

  static Path path() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("target"))) {
      return files
          .filter(file -> file.getFileName().toString().matches("booklake-jobs-.*\\.jar"))
          .findFirst()
          .orElseThrow(() -> new AssertionError("the job jar is missing: run mvn verify"))
          .toAbsolutePath();
    }
  }

  /** Paths with commas between them. */
  static String deltaJars() throws IOException {
    return Stream.of(
            Files.readString(Path.of("target", "runtime.classpath")).split(File.pathSeparator))
        .filter(
            path -> Path.of(path).getFileName().toString().matches("(delta|unitycatalog)-.*\\.jar"))
        .collect(Collectors.joining(","));
  }
}
