package io.booklake.cli;

import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * A virtual environment under {@code target/} with the engines that consumers read the lake with.
 * Made once per checkout; where Python or the package index is missing the test says so and is
 * skipped, but never in CI.
 */
final class PythonEnvironment {
  private static final Path FOLDER = Path.of("target", "python");
  private static final Path REQUIREMENTS = Path.of("src", "test", "python", "requirements.txt");

  private PythonEnvironment() {}

  /** The interpreter. Tests in other processes wait while one of them makes the environment. */
  static Path python() throws IOException, InterruptedException {
    try (FileChannel lock =
            FileChannel.open(
                Path.of("target", "python.lock"),
                StandardOpenOption.CREATE,
                StandardOpenOption.WRITE);
        FileLock held = lock.lock()) {
      return made();
    }
  }

  private static Path made() throws IOException, InterruptedException {
    Path python = FOLDER.resolve("bin/python").toAbsolutePath();
    Path stamp = FOLDER.resolve("requirements.txt");
    if (!Files.exists(stamp) || Files.mismatch(stamp, REQUIREMENTS) >= 0) {
      need("Python 3 with venv", run(List.of("python3", "-m", "venv", FOLDER.toString())));
      need(
          "the packages of " + REQUIREMENTS,
          run(
              List.of(
                  python.toString(),
                  "-m",
                  "pip",
                  "install",
                  "--quiet",
                  "--disable-pip-version-check",
                  "-r",
                  REQUIREMENTS.toString())));
      Files.copy(REQUIREMENTS, stamp, StandardCopyOption.REPLACE_EXISTING);
    }
    return python;
  }

  /**
   * What a process printed.
   *
   * @param code exit code
   * @param text standard output and error
   */
  record Output(int code, String text) {}

  static Output run(List<String> command) throws IOException, InterruptedException {
    Process process;
    try {
      process = new ProcessBuilder(new ArrayList<>(command)).redirectErrorStream(true).start();
    } catch (IOException e) {
      return new Output(-1, e.toString());
    }
    String text =
        new String(
            process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
    return new Output(process.waitFor(), text);
  }

  private static void need(String what, Output output) {
    if (output.code() != 0) {
      String reason = "needs " + what + ": " + output.text();
      if (System.getenv("CI") != null) {
        throw new AssertionError(reason);
      }
      abort("skipped: " + reason);
    }
  }
}
