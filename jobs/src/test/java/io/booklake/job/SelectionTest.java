package io.booklake.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.booklake.lake.DateRange;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SelectionTest {
  private static final LocalDate DATE = LocalDate.of(2012, 6, 21);

  @Test
  void datesAreADayOrARangeOfWhichOneEndMayBeMissing() {
    assertThat(dates("2012-06-21")).isEqualTo(new DateRange(DATE, DATE));
    assertThat(dates("2012-06-21..2012-06-22")).isEqualTo(new DateRange(DATE, DATE.plusDays(1)));
    assertThat(dates("2012-06-21..")).isEqualTo(new DateRange(DATE, null));
    assertThat(dates("..2012-06-21")).isEqualTo(new DateRange(null, DATE));
    assertThat(Selection.parse(null, null, null)).isEqualTo(Selection.ALL);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "..", " .. ", "2012-06-21\n"})
  void datesOfABlankVariableAreNotEverything(String dates) {
    assertThatThrownBy(() -> dates(dates))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("--dates: found '" + dates + "', expected a date");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1, 201})
  void aDepthThatNoTickerDayHasIsNotEveryDepth(int levels) {
    assertThatThrownBy(() -> Selection.parse(null, null, levels))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("--levels: found " + levels + ", expected 1 to 200");
  }

  private static DateRange dates(String text) {
    return Selection.parse(null, text, null).dates();
  }
}
