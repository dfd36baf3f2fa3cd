package io.booklake.cli;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What spark-submit is given: the thin jar of this build, and the jars that it does not hold. */
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

  /** Delta, S3A and what these need, as the page on clusters has it: paths with commas between. */
  static String jarsThatSparkLacks() throws IOException {
    Pattern wanted =
        Pattern.compile(
            "/(io/delta|io/unitycatalog|software|org/reactivestreams)/|/(hadoop-aws|httpclient)-");
    return Stream.of(
            Files.readString(Path.of("target", "runtime.classpath")).split(File.pathSeparator))
        .filter(wanted.asPredicate())
        .collect(Collectors.joining(","));
  }
}
