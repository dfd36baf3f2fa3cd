package io.booklake.cli;

import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** What is wrong with a command line, and where help is: the help itself would hide it. */
final class WrongUsage implements IParameterExceptionHandler {
  @Override
  public int handleParseException(ParameterException failure, String[] words) {
    CommandLine command = failure.getCommandLine();
    PrintWriter err = command.getErr();
    String name = command.getCommandSpec().qualifiedName();
    if (words.length == 0) {
      // Who says nothing wants to know what there is to say.
      command.usage(err);
    } else {
      err.println(command.getColorScheme().errorText("booklake: " + problem(failure, command)));
      err.println("Try '" + name + " --help'.");
    }
    return command.getCommandSpec().exitCodeOnInvalidInput();
  }

  private static String problem(ParameterException failure, CommandLine command) {
    if (!(failure instanceof UnmatchedArgumentException unmatched)) {
      return failure.getMessage();
    }
    String first = unmatched.getUnmatched().get(0);
    if (unmatched.isUnknownOption()) {
      List<String> options = List.copyOf(command.getCommandSpec().optionsMap().keySet());
      return failure.getMessage() + Nearest.hint(first, options);
    }
    return command.getSubcommands().isEmpty()
        ? failure.getMessage()
        : "no command '" + first + "'" + Nearest.hint(first, command.getSubcommands().keySet());
  }
}
