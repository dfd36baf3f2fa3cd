package io.booklake.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import picocli.CommandLine;

/** Runs the real command line inside the test's process. */
final class Booklake {
  private Booklake() {}

  /**
   * What a command did.
   *
   * @param code exit code
   * @param out standard output
   * @param err standard error
   */
  record Outcome(int code, String out, String err) {}

  static Outcome run(Object... arguments) {
    String[] words = new String[arguments.length];
    for (int i = 0; i < words.length; i++) {
      words[i] = arguments[i].toString();
    }
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine commandLine =
        Main.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
    int code = commandLine.execute(words);
    return new Outcome(code, out.toString(), err.toString());
  }

  /** Runs a command that must end well. */
  static String done(Object... arguments) {
    Outcome outcome = run(arguments);
    if (outcome.code() != Main.DONE) {
      throw new AssertionError(
          "exit code " + outcome.code() + "\n" + outcome.out() + outcome.err());
    }
    return outcome.out();
  }
}
