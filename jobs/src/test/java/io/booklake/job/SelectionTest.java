package io.booklake.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.booklake.lake.DateRange;
import io.booklake.model.TickerDay;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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

  @Test
  void aLastDateBeforeTheFirstIsNotNothing() {
    assertThatThrownBy(() -> dates("2012-06-22..2012-06-21"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage("--dates: 2012-06-21 is before 2012-06-22");
  }

  @Test
  void tickersMayHaveSpacesBetweenThem() {
    assertThat(Selection.parse("GOOG, AAPL ", null, null).tickers())
        .containsExactly("AAPL", "GOOG");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", ",", "A,", ",A", "A,,B", "goog", "A B"})
  void tickersThatABlankVariableIsPartOfAreNotTheOthersAlone(String tickers) {
    assertThatThrownBy(() -> Selection.parse(tickers, null, null))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("expected tickers in upper case");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 200})
  void anyDepthThatATickerDayCanHaveMayBeAskedFor(int levels) {
    assertThat(Selection.parse(null, null, levels).levels()).isEqualTo(levels);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1, 201})
  void aDepthThatNoTickerDayHasIsNotEveryDepth(int levels) {
    assertThatThrownBy(() -> Selection.parse(null, null, levels))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("--levels: found " + levels + ", expected 1 to 200");
  }

  @ParameterizedTest
  @CsvSource({"1, 10", "3, 4", "5, 2", "9, 2", "10, 1", "11, 1"})
  void theDatesOfAllPartsAreThoseOfTheWholeEachOnce(int days, int parts) {
    Selection whole = Selection.parse("A,B", "2012-02-25..2012-03-05", 5);

    List<Selection> batches = whole.batches(days);

    assertThat(batches).hasSize(parts);
    assertThat(batches)
        .flatExtracting(
            part -> part.dates().first().datesUntil(part.dates().last().plusDays(1)).toList())
        .containsExactlyElementsOf(
            whole.dates().first().datesUntil(whole.dates().last().plusDays(1)).toList());
    assertThat(batches)
        .allSatisfy(
            part -> {
              assertThat(part.tickers()).isEqualTo(whole.tickers());
              assertThat(part.levels()).isEqualTo(whole.levels());
            });
  }

  @Test
  void aTickerDayIsIncludedWhereTickerDateAndDepthAllAre() {
    Selection selection = Selection.parse("A,B", "2012-06-21..2012-06-22", 5);
    for (TickerDay in : List.of(day("A", 0, 5), day("B", 1, 5))) {
      assertThat(selection.includes(in)).isTrue();
      assertThat(selection.includesRow(row(in))).isTrue();
    }
    for (TickerDay out :
        List.of(day("C", 0, 5), day("A", -1, 5), day("A", 2, 5), day("A", 0, 10))) {
      assertThat(selection.includes(out)).isFalse();
      assertThat(selection.includesRow(row(out))).isFalse();
      assertThat(Selection.ALL.includes(out)).isTrue();
    }
  }

  @Test
  void aRowThatDoesNotSayWhatIsAskedForIsIncludedOnlyWhereNothingIs() {
    assertThat(Selection.ALL.includesRow(Map.of())).isTrue();
    assertThat(Selection.parse("A", null, null).includesRow(Map.of())).isFalse();
    assertThat(Selection.parse(null, "2012-06-21..", null).includesRow(Map.of())).isFalse();
    assertThat(Selection.parse(null, null, 5).includesRow(Map.of())).isFalse();
  }

  private static TickerDay day(String ticker, int daysLater, int levels) {
    return new TickerDay(DATE.plusDays(daysLater), ticker, levels);
  }

  private static Map<String, Object> row(TickerDay day) {
    return Map.of("trade_date", day.tradeDate(), "ticker", day.ticker(), "levels", day.levels());
  }

  private static DateRange dates(String text) {
    return Selection.parse(null, text, null).dates();
  }
}
