package io.booklake.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code bin/booklake} asks of a machine before it starts Java. */
class LauncherTest {
  @TempDir private Path folder;

  @Test
  void aPlaceWhereNoLogCanBeWrittenIsSaidWithWhatToDo() throws Exception {
    // Below a file no folder can be made, whoever the user is.
    Path logs = Files.createFile(folder.resolve("file")).resolve("logs");
    ProcessBuilder launcher = new ProcessBuilder("../bin/booklake", "--version");
    launcher.environment().put("BOOKLAKE_LOGS", logs.toString());
    Process process = launcher.redirectErrorStream(true).start();

    assertThat(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
        .isEqualToIgnoringNewLines(
            "booklake: cannot write log files to "
                + logs
                + ": set BOOKLAKE_LOGS to a folder that this user may write to.");
    assertThat(process.waitFor()).isEqualTo(1);
  }
}
