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
import java.util.Map;

/**
 * A virtual environment under {@code target/}, made once per checkout. Where Python or the package
 * index is missing the test says so and is skipped, but never in CI.
 */
final class PythonEnvironment {
  private final Path folder;

  private PythonEnvironment(Path folder) {
    this.folder = folder.toAbsolutePath();
  }

  /** The interpreter of {@link #ofConsumers}. */
  static Path python() throws IOException, InterruptedException {
    return ofConsumers().interpreter();
  }

  /** The engines that consumers read the lake with, PySpark with its spark-submit among them. */
  static PythonEnvironment ofConsumers() throws IOException, InterruptedException {
    return of("python", Path.of("src", "test", "python", "requirements.txt"));
  }

  /**
   * An environment with what a file of requirements names. Tests in other processes wait while one
   * of them makes it.
   */
  static PythonEnvironment of(String name, Path requirements)
      throws IOException, InterruptedException {
    PythonEnvironment environment = new PythonEnvironment(Path.of("target", name));
    try (FileChannel lock =
            FileChannel.open(
                Path.of("target", name + ".lock"),
                StandardOpenOption.CREATE,
                StandardOpenOption.WRITE);
        FileLock held = lock.lock()) {
      environment.make(requirements);
    }
    return environment;
  }

  private void make(Path requirements) throws IOException, InterruptedException {
    Path stamp = folder.resolve("requirements.txt");
    if (!Files.exists(stamp) || Files.mismatch(stamp, requirements) >= 0) {
      need("Python 3 with venv", run(List.of("python3", "-m", "venv", folder.toString())));
      need(
          "the packages of " + requirements,
          run(
              List.of(
                  interpreter().toString(),
                  "-m",
                  "pip",
                  "install",
                  "--quiet",
                  "--disable-pip-version-check",
                  "-r",
                  requirements.toString())));
      Files.copy(requirements, stamp, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  /** Where its commands are. */
  Path commands() {
    return folder.resolve("bin");
  }

  private Path interpreter() {
    return commands().resolve("python");
  }

  /** Runs its interpreter with variables beside those of this process. */
  Output run(Map<String, String> variables, List<String> words)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(interpreter().toString()));
    command.addAll(words);
    return run(variables, command.toArray(String[]::new));
  }

  /**
   * What a process printed.
   *
   * @param code exit code
   * @param text standard output and error
   */
  record Output(int code, String text) {}

  static Output run(List<String> command) throws IOException, InterruptedException {
    return run(Map.of(), command.toArray(String[]::new));
  }

  private static Output run(Map<String, String> variables, String... command)
      throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().putAll(variables);
    Process process;
    try {
      process = builder.start();
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
