package io.booklake.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine;

/** Runs the real command line, inside the test's process or in one of its own. */
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
        Main.commandLine(words).setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
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

  /**
   * Starts a command in a process of its own, as the launcher would.
   *
   * @param log where its output goes
   * @param options for its Java
   */
  static Process start(Path log, List<String> options, Object... arguments) throws IOException {
    return new ProcessBuilder(command(options, arguments))
        .redirectErrorStream(true)
        .redirectOutput(log.toFile())
        .start();
  }

  /** The words that start such a process. */
  static List<String> command(List<String> options, Object... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    ProcessHandle.current()
        .info()
        .arguments()
        .ifPresent(
            all ->
                Stream.of(all)
                    .filter(each -> each.startsWith("--add-opens"))
                    .forEach(command::add));
    command.addAll(List.of("-Xmx2g", "-XX:TieredStopAtLevel=1"));
    command.addAll(options);
    command.addAll(
        List.of(
            "-cp",
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
            "io.booklake.cli.Main"));
    Stream.of(arguments).map(Object::toString).forEach(command::add);
    return command;
  }
}
