package io.booklake.format.lobster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import org.junit.jupiter.api.Test;

class RejectionTest {
  @Test
  void theMessageNamesThePlaceWhatWasFoundWhatWasExpectedAndTheCure() {
    assertThat(new Rejection(Reason.DIRECTION, "a.csv", 7, 6, "'2'", "1 or -1").message())
        .isEqualTo(
            "a.csv, line 7, column 6: found '2', expected 1 or -1."
                + " Direction is 1 (buy) or -1 (sell).");
    assertThat(Rejection.ofFile(Reason.DUPLICATE_PAIR, "a.csv", "it twice", "it once").message())
        .startsWith("a.csv: found it twice, expected it once. Keep one of them");
  }

  @Test
  void textFromOutsideCannotSteerATerminalOrFillALog() {
    Rejection rejection =
        Rejection.ofFile(
            Reason.HEADER_ROW, "a\u001b[2J\n\u00e9.csv", "x".repeat(241) + "\n", "an event");
    assertThat(rejection.file()).isEqualTo("a?[2J?\u00e9.csv");
    assertThat(rejection.found()).isEqualTo("x".repeat(240) + "...");
    assertThat(Rejection.ofFile(Reason.HEADER_ROW, "a", "\u007f~ ", "b").found()).isEqualTo("?~ ");
  }

  @Test
  void nothingMayBeMissing() {
    assertThatNullPointerException().isThrownBy(() -> Rejection.ofFile(null, "a", "b", "c"));
    assertThatNullPointerException()
        .isThrownBy(() -> Rejection.ofFile(Reason.DIRECTION, "a", "b", null));
  }

  @Test
  void everyReasonHasACureOfItsOwnSentence() {
    assertThat(Reason.values())
        .allSatisfy(reason -> assertThat(reason.cure()).matches("[A-Z0-9].*[.]"));
  }
}
