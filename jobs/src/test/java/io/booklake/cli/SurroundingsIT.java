package io.booklake.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.booklake.read.LakeReader;
import io.booklake.serve.LakeServer;
import io.booklake.serve.LakeServerProvider;
import io.booklake.serve.ServerSettings;
import java.io.IOException;
import java.net.BindException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a machine brings along: its language, names of folders, ports that others have. */
class SurroundingsIT {
  /** Runs words at a terminal and presses Ctrl+C once it shows a text. */
  private static final String AT_A_TERMINAL =
      """
      import os, pty, sys
      child, terminal = pty.fork()
      if child == 0:
          os.execv(sys.argv[2], sys.argv[2:])
      seen = b""
      pressed = False
      while True:
          try:
              piece = os.read(terminal, 4096)
          except OSError:
              break
          seen += piece
          if sys.argv[1].encode() in seen and not pressed:
              os.write(terminal, b"\\x03")
              pressed = True
      sys.stdout.buffer.write(seen)
      sys.stdout.flush()
      sys.exit(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
      """;

  /** What a shell says of a process that this signal ended. */
  private static final int SIGTERM = 128 + 15;

  private static final int SIGINT = 128 + 2;

  @TempDir static Path folder;
  private static Path landing;

  @BeforeAll
  static void simulate() {
    landing = folder.resolve("landing");
    Booklake.done("simulate", "--landing", landing, "--ticker-count", 3, "--events", 500);
  }

  @Test
  void aLocaleWithDigitsOfItsOwnNamesNoFilesByThem() throws Exception {
    Path lake = folder.resolve("arabic");
    Path log = Path.of("target/arabic-ingest.log");
    Process process =
        Booklake.start(
            log,
            List.of("-Duser.language=ar", "-Duser.country=EG"),
            "ingest",
            "--landing",
            landing,
            "--lake",
            lake);

    assertThat(process.waitFor()).as(Files.readString(log)).isZero();
    assertThat(lake.resolve("messages/_delta_log/00000000000000000000.json")).exists();
    try (Stream<Path> files = Files.walk(lake)) {
      assertThat(files.map(lake::relativize).map(Path::toString))
          .allMatch(name -> name.chars().allMatch(character -> character < 128));
    }
    assertThat(Booklake.done("verify", "--lake", lake)).contains("0 failed");
  }

  @ParameterizedTest
  @ValueSource(strings = {"la[1]", "la{1,2}", "la\\1", "la*?"})
  void aLakeInAFolderNamedLikeAGlobIsReplacedAndReadAsAnyOther(String name) {
    Path lake = folder.resolve(name);
    Booklake.done("ingest", "--landing", landing, "--lake", lake);

    Booklake.done("ingest", "--landing", landing, "--lake", lake, "--force", "--ticker", "SIMB");

    assertThat(Booklake.done("verify", "--lake", lake)).contains("3 of 3", ", 0 failed");
  }

  @Test
  void aNightThatIsToldToEndSaysSoAndTheNextOneDoesTheRest() throws Exception {
    Path many = folder.resolve("many");
    Path lake = folder.resolve("ended");
    Booklake.done("simulate", "--landing", many, "--ticker-count", 9, "--days", 9);
    Path log = Path.of("target/ended-nightly.log");
    Process night = Booklake.start(log, List.of(), "nightly", "--landing", many, "--lake", lake);
    while (night.isAlive() && !Files.exists(lake.resolve("depth"))) {
      Thread.sleep(20);
    }

    night.destroy();

    assertThat(night.waitFor()).as(Files.readString(log)).isEqualTo(SIGTERM);
    assertThat(Files.readString(log))
        .containsOnlyOnce("booklake: stopped by a signal")
        .doesNotContain("SparkContext");
    Booklake.done("ingest", "--landing", many, "--lake", lake);
    assertThat(
            JsonLines.of(
                Booklake.done(
                    "show", "ticker-days", "--lake", lake, "--limit", 100, "--format", "json")))
        .hasSize(9 * 9);
  }

  /** Nothing fails under this command when it is told to end: it has no Spark. */
  @Test
  void aCommandWithoutSparkThatIsToldToEndSaysSo() throws Exception {
    Path endless = folder.resolve("endless");
    Path log = Path.of("target/ended-simulate.log");
    Process simulation =
        Booklake.start(log, List.of(), "simulate", "--landing", endless, "--days", 10_000);
    while (simulation.isAlive() && !Files.exists(endless)) {
      Thread.sleep(20);
    }

    simulation.destroy();

    assertThat(simulation.waitFor()).as(Files.readString(log)).isEqualTo(SIGTERM);
    assertThat(log).content().containsOnlyOnce("booklake: stopped by a signal");
  }

  @Test
  void ctrlCUnderAProgressBarEndsACommandAsAnySignalDoes() throws Exception {
    List<String> command =
        new ArrayList<>(List.of("python3", "-c", AT_A_TERMINAL, "ticker-days/s"));
    command.addAll(
        Booklake.command(
            List.of(), "simulate", "--landing", folder.resolve("broken-off"), "--days", 10_000));
    Process terminal = new ProcessBuilder(command).redirectErrorStream(true).start();

    String seen = new String(terminal.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(terminal.waitFor()).as(seen).isEqualTo(SIGINT);
    assertThat(seen).containsOnlyOnce("\nbooklake: stopped by a signal");
  }

  @Test
  void aPortThatAnotherHasIsWrongInputThatSaysWhatToDo() throws Exception {
    Path lake = folder.resolve("served");
    Booklake.done("ingest", "--landing", landing, "--lake", lake, "--ticker", "SIMA");
    Path services = Files.createDirectories(folder.resolve("provider/META-INF/services"));
    Files.writeString(services.resolve(LakeServerProvider.class.getName()), Late.class.getName());
    URL[] provider = {folder.resolve("provider").toUri().toURL()};
    ClassLoader before = Thread.currentThread().getContextClassLoader();
    Booklake.Outcome outcome;
    try (URLClassLoader loader = new URLClassLoader(provider, before)) {
      Thread.currentThread().setContextClassLoader(loader);
      outcome = Booklake.run("serve", "--lake", lake, "--port", 8480);
    } finally {
      Thread.currentThread().setContextClassLoader(before);
    }

    assertThat(outcome.code()).as(outcome.err()).isEqualTo(Main.INVALID_INPUT);
    assertThat(outcome.err())
        .contains("cannot listen at 127.0.0.1:8480: Address already in use; choose another --port");
  }

  /** Is told of the port as Jetty tells. */
  public static final class Late implements LakeServerProvider {
    @Override
    public LakeServer start(LakeReader lake, ServerSettings settings) throws IOException {
      throw new IOException(
          "Failed to bind to /127.0.0.1:8480", new BindException("Address already in use"));
    }
  }
}
