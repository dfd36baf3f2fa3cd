package io.booklake.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** What a failed command says. */
class MainTest {
  @Test
  void anErrorWithoutAMessageSaysItsCause() {
    // As Spark's on a machine whose own name no one knows.
    Throwable error = new ExceptionInInitializerError(new UnknownHostException("node7: unknown"));

    assertThat(Main.problem(error))
        .isEqualTo(
            "ExceptionInInitializerError (cause: java.net.UnknownHostException: node7: unknown)");
    assertThat(Main.problem(new StackOverflowError())).isEqualTo("StackOverflowError");
  }

  @Test
  void aFailureSaysWhatItWasToldOnce() {
    IOException cause = new IOException("disk full");

    assertThat(Main.problem(new IllegalStateException("cannot write: disk full", cause)))
        .isEqualTo("cannot write: disk full");
    assertThat(Main.problem(new IllegalStateException("cannot write", cause)))
        .isEqualTo("cannot write (cause: java.io.IOException: disk full)");
    assertThat(Main.problem(cause)).isEqualTo("IOException: disk full");
  }

  @ParameterizedTest
  @CsvSource({
    "nightly --landing here --lake there, true",
    "serve --lake there, false",
    "--version, false"
  })
  void whatIsEndedByASignalSaysSoWhereThatBreaksSomethingOff(String words, boolean isSaid) {
    StringWriter err = new StringWriter();
    CommandLine line = Main.commandLine(words.split(" ")).setErr(new PrintWriter(err));
    line.parseArgs(words.split(" "));

    Main.sayBrokenOff(line);

    assertThat(err.toString().contains("stopped by a signal")).isEqualTo(isSaid);
  }
}
