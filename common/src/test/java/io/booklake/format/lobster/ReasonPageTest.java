package io.booklake.format.lobster;

import static org.assertj.core.api.Assertions.assertThat;

import io.booklake.GeneratedPage;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ReasonPageTest {
  private static final String BEGIN = "<!-- reason codes: generated -->\n";
  private static final String END = "<!-- end of reason codes -->\n";

  @Test
  void theTableOfReasonCodesIsTheEnum() throws Exception {
    new GeneratedPage("formats/lobster.md").holds(ReasonPageTest::withReasons);
  }

  private static String withReasons(String page) {
    assertThat(page).containsOnlyOnce(BEGIN).containsOnlyOnce(END);
    return page.substring(0, page.indexOf(BEGIN))
        + BEGIN
        + "\n| code | what to do |\n|---|---|\n"
        + Arrays.stream(Reason.values())
            .map(reason -> "| `" + reason + "` | " + reason.cure().replace("|", "\\|") + " |\n")
            .collect(Collectors.joining())
        + "\n"
        + page.substring(page.indexOf(END));
  }
}
