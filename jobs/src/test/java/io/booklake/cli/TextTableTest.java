package io.booklake.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.booklake.job.Report;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Numbers as people read them. */
class TextTableTest {
  @Test
  void wholeNumbersStandToTheRightWithCommasAndTheirHeadingOverThem() {
    assertThat(
            printed(
                "ticker",
                "rows",
                List.of(row("AAPL", 999L), row("GOOG", 1_000), row("MSFT", null))))
        .containsExactly(
            "  ticker   rows", //
            "  AAPL      999",
            "  GOOG    1,000",
            "  MSFT        -");
  }

  @Test
  void fractionsOfAColumnAreRoundedToAsManyPlacesAsTheyNeedAndNoMoreThanFour() {
    assertThat(printed("ticker", "vwap", List.of(row("AAPL", 1585.1 + 0.2), row("GOOG", 2.0 / 3))))
        .containsExactly("  ticker        vwap", "  AAPL    1,585.3000", "  GOOG        0.6667");
    assertThat(printed("ticker", "close", List.of(row("AAPL", 585.5), row("GOOG", 32.0))))
        .containsExactly("  ticker  close", "  AAPL    585.5", "  GOOG     32.0");
  }

  @Test
  void aSmallFractionIsNotRoundedToNothing() {
    assertThat(printed("share", "of", List.of(row(0.000012345, "x"), row(0.0, "y"))))
        .containsExactly("      share  of", "  0.0000123  x", "  0.0000000  y");
  }

  @Test
  void aNegativeFractionHasAsManyPlacesAsAPositiveOne() {
    assertThat(printed("imbalance", "of", List.of(row(-1.23456, "x"), row(1.0, "y"))))
        .containsExactly("  imbalance  of", "    -1.2346  x", "     1.0000  y");
  }

  @Test
  void aLongTextIsWholeAndPushesNoOtherRowAside() {
    String text = "x".repeat(100);
    assertThat(printed("what", "n", List.of(row(text, 1), row("a", 2))))
        .containsExactly(
            "  what" + " ".repeat(58) + "n", "  " + text + "  1", "  a" + " ".repeat(61) + "2");
  }

  @Test
  void whatIsNoNumberIsLeftAsItIs() {
    assertThat(printed("share", "of", List.of(row(Double.NaN, "x"), row(1.5, "a long text"))))
        .containsExactly("  share  of", "    NaN  x", "    1.5  a long text");
  }

  private static List<Object> row(Object... cells) {
    return Arrays.asList(cells);
  }

  private static List<String> printed(String first, String second, List<List<Object>> rows) {
    StringWriter out = new StringWriter();
    TextTable.print(
        new Report("", List.of(first, second), rows, false), new PrintWriter(out, true));
    return out.toString().lines().toList();
  }
}
