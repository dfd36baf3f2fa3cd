package io.booklake.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the demo proposes can be pasted. */
class DemoHintsTest {
  @Test
  void everyHintIsACommandLineThatBooklakeTakes() {
    List<String> lines =
        DemoHints.of("../bin/booklake", Path.of("demo/lake"), 700).stream()
            .filter(line -> line.startsWith("../bin/booklake "))
            .toList();

    assertThat(lines).hasSizeGreaterThan(5).anyMatch(line -> line.contains(" serve "));
    for (String line : lines) {
      String[] words = line.split(" ", -1);
      String[] arguments = Arrays.copyOfRange(words, 1, words.length);
      assertThatCode(() -> Main.commandLine(arguments).parseArgs(arguments))
          .as(line)
          .doesNotThrowAnyException();
    }
  }

  @Test
  void noHintTakesInFilesWhereTheNextDemoDeletes() {
    assertThat(DemoHints.of("booklake", Path.of("demo/lake"), 700))
        .filteredOn(line -> line.contains(" ingest "))
        .singleElement()
        .asString()
        .doesNotContain("demo/lake");
  }

  @Test
  void aFolderWithASpaceIsOneWordOfTheShell() {
    assertThat(DemoHints.of("/my tools/booklake", Path.of("my demo/it's/lake"), 700))
        .contains("'/my tools/booklake' serve --lake 'my demo/it'\\''s/lake'");
  }
}
