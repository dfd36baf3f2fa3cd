package io.booklake.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/**
 * What is said of the command line itself: its help, and what is wrong with what somebody typed.
 */
class UsageTest {
  private static final int WIDTH = 80;

  static Stream<CommandLine> commands() {
    CommandLine all = Main.commandLine();
    return Stream.concat(
        Stream.of(all),
        all.getSubcommands().entrySet().stream()
            // Comes from picocli.
            .filter(each -> !each.getKey().equals("help"))
            .map(each -> each.getValue()));
  }

  @ParameterizedTest
  @MethodSource("commands")
  void everyCommandHasExamplesThatHelpPrintsAsTheyAre(CommandLine command) {
    List<String> footer = List.of(command.getCommandSpec().usageMessage().footer());

    assertThat(footer).anyMatch(line -> line.startsWith("  booklake "));
    assertThat(footer).containsAnyOf("Examples:", "First steps:");
    assertThat(command.setUsageHelpAutoWidth(false).setUsageHelpWidth(WIDTH).getUsageMessage())
        .contains("Usage: " + command.getCommandSpec().qualifiedName())
        .endsWith(String.join("\n", footer) + "\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "candels --lake x | no command 'candels'; did you mean 'candles'? | booklake",
        "wheelbarrow | no command 'wheelbarrow' | booklake",
        "show candels | cannot show 'candels' | booklake show",
        "show candels | ; did you mean 'candles'? | booklake show",
        "show candles --limt 3 | Unknown options: '--limt' | booklake show",
        "ingest --lak x | ; did you mean '--lake'? | booklake ingest",
        "show candles --format xml | found 'xml', expected one of [table, json, csv] | booklake show",
        "simulate --packing rar | expected one of [plain, gzip, zip] | booklake simulate",
        "show | Missing required parameter: 'WHAT' | booklake show"
      })
  void whatIsWrongIsSaidInOneLineAndWhereTheHelpIsInAnother(
      String line, String problem, String command) {
    Booklake.Outcome outcome = Booklake.run((Object[]) line.split(" ", -1));

    assertThat(outcome.code()).isEqualTo(2);
    assertThat(outcome.err().lines()).hasSize(2);
    assertThat(outcome.err())
        .startsWith("booklake: ")
        .contains(problem)
        .endsWith("Try '" + command + " --help'.\n");
  }

  @Test
  void whoSaysNothingGetsTheHelp() {
    Booklake.Outcome outcome = Booklake.run();

    assertThat(outcome.code()).isEqualTo(2);
    assertThat(outcome.err()).contains("Usage: booklake", "First steps:");
  }

  @Test
  void helpIsACommandAsWell() {
    assertThat(Booklake.done("help", "candles")).isEqualTo(Booklake.done("candles", "--help"));
    assertThat(Booklake.done("--help")).contains("  help  ");
  }

  @Test
  void aFormatMayBeInAnyCase() {
    CommandLine line = Main.commandLine("show");
    assertThat(line.parseArgs("show", "book", "--format", "JSON").hasSubcommand()).isTrue();
  }
}
