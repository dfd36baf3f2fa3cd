package io.booklake.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.time.LocalDate;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;

class TickerDayTest {
  private static final LocalDate DATE = LocalDate.of(2012, 6, 21);

  @ParameterizedTest
  @ValueSource(strings = {"A", "GOOG", "BRK.A", "BRK-B", "7203", "ABC+=^#$-", "ABCDEFGHIJKLMNOP"})
  void aTickerIsUpToSixteenCapitalsDigitsAndSigns(String ticker) {
    assertThat(new TickerDay(DATE, ticker, 1).ticker()).isEqualTo(ticker);
  }

  @ParameterizedTest
  @NullAndEmptySource
  @ValueSource(strings = {"goog", ".A", "-A", "A B", "A/B", "A_B", "ABCDEFGHIJKLMNOPQ", "A\n", "É"})
  void anythingElseIsNoTicker(String ticker) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new TickerDay(DATE, ticker, 1))
        .withMessage("not a ticker: '" + ticker + "', expected 1 to 16 of A-Z 0-9 . + = ^ # $ -");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1, 201})
  void levelsAreOneToTwoHundred(int levels) {
    assertThat(new TickerDay(DATE, "A", 200).levels()).isEqualTo(200);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new TickerDay(DATE, "A", levels))
        .withMessage("levels must be 1 to 200, found " + levels);
  }

  @Test
  void theDateIsNeeded() {
    assertThatNullPointerException()
        .isThrownBy(() -> new TickerDay(null, "A", 1))
        .withMessage("tradeDate");
  }

  @Test
  void theOrderIsByDateThenTickerThenLevels() {
    List<TickerDay> ordered =
        List.of(
            new TickerDay(DATE, "B", 2),
            new TickerDay(DATE, "B", 10),
            new TickerDay(DATE, "C", 1),
            new TickerDay(DATE.plusDays(1), "A", 1));
    assertThat(Collections.max(ordered)).isEqualTo(ordered.get(3));
    assertThat(ordered).isSorted();
  }

  @Test
  void itReadsAsPeopleSayIt() {
    assertThat(new TickerDay(DATE, "GOOG", 10)).hasToString("GOOG 2012-06-21 (10 levels)");
    assertThat(new TickerDay(DATE, "GOOG", 1)).hasToString("GOOG 2012-06-21 (1 level)");
  }
}
