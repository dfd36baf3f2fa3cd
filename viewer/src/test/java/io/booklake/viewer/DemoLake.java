package io.booklake.viewer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Lakes as users make them: by the real command line, in a process of its own. */
final class DemoLake {
  private static final Path LAUNCHER =
      Path.of("..", "bin", "booklake").toAbsolutePath().normalize();
  private static final int DONE = 0;
  private static final int PARTLY_DONE = 4;

  private static Path simulated;

  private DemoLake() {}

  /**
   * Two simulated ticker-days with every table, and a pair in quarantine; made once for all tests.
   */
  static synchronized Path simulated() throws IOException {
    if (simulated == null) {
      simulated = simulate(Files.createTempDirectory(Path.of("target"), "demo-lake"));
    }
    return simulated;
  }

  private static Path simulate(Path folder) throws IOException {
    Path landing = folder.resolve("landing");
    run(
        DONE,
        "simulate",
        "--landing",
        landing,
        "--ticker-count",
        3,
        "--events",
        4_000,
        "--depths",
        10);
    try (Stream<Path> files = Files.walk(landing)) {
      for (Path file :
          files.filter(each -> each.toString().matches(".*SIMC.*orderbook.*")).toList()) {
        Files.delete(file);
      }
    }
    return tables(folder, landing, PARTLY_DONE);
  }

  /** A lake of a real day. */
  static Path of(Path folder, Path archive) throws IOException {
    return tables(folder, archive, DONE);
  }

  private static Path tables(Path folder, Path landing, int code) throws IOException {
    Path lake = folder.resolve("lake");
    run(
        code,
        "nightly",
        "--steps",
        "ingest,candles,volume-profile,depth-metrics",
        "--landing",
        landing,
        "--lake",
        lake);
    return lake;
  }

  static void run(int code, Object... arguments) {
    List<String> command = new ArrayList<>(List.of(LAUNCHER.toString()));
    Stream.of(arguments).map(Object::toString).forEach(command::add);
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(process.waitFor()).as("%s\n%s", command, out).isEqualTo(code);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }
}
