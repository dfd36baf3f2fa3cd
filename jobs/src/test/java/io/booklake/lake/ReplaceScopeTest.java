package io.booklake.lake;

import static org.assertj.core.api.Assertions.assertThat;

import io.booklake.model.TickerDay;
import io.booklake.table.ColumnRange;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A scope tells by a file's statistics which files it need not look at. */
class ReplaceScopeTest {
  private static final LocalDate DATE = LocalDate.of(2024, 3, 4);
  private static final int DAY = (int) DATE.toEpochDay();
  private static final ReplaceScope SCOPE =
      ReplaceScope.of(List.of(new TickerDay(DATE, "B", 5), new TickerDay(DATE, "D", 5)));

  @Test
  void aFileOfOneReplacedTickerDayIsHeldWhole() {
    assertThat(SCOPE.holds(file("B", "B"))).isTrue();
    assertThat(SCOPE.meets(file("B", "B"))).isTrue();
  }

  @Test
  void aFileOfSeveralTickersIsMetButNotHeld() {
    assertThat(SCOPE.meets(file("A", "C"))).isTrue();
    assertThat(SCOPE.holds(file("B", "D"))).as("there may be a C").isFalse();
  }

  @Test
  void aFileBetweenBeforeOrBehindIsNotMet() {
    assertThat(SCOPE.meets(file("C", "C"))).isFalse();
    assertThat(SCOPE.meets(file("A", "A"))).isFalse();
    assertThat(SCOPE.meets(file("E", "F"))).isFalse();
  }

  @Test
  void anotherDateOrDepthIsNotMet() {
    Map<String, ColumnRange> tuesday = file("B", "B");
    tuesday.put("trade_date", new ColumnRange(DAY + 1, DAY + 1, 0));
    assertThat(SCOPE.meets(tuesday)).isFalse();
    Map<String, ColumnRange> deep = file("B", "B");
    deep.put("levels", new ColumnRange(10, 10, 0));
    assertThat(SCOPE.meets(deep)).isFalse();
  }

  @Test
  void whatIsNotKnownIsMetAndNotHeld() {
    Map<String, ColumnRange> unknown = file("B", "B");
    unknown.remove("levels");
    assertThat(SCOPE.meets(unknown)).isTrue();
    assertThat(SCOPE.holds(unknown)).isFalse();
  }

  @Test
  void rowsThatAreNullAreNeverReplaced() {
    Map<String, ColumnRange> someNull = file("B", "B");
    someNull.put("ticker", new ColumnRange("B", "B", 1));
    assertThat(SCOPE.meets(someNull)).isTrue();
    assertThat(SCOPE.holds(someNull)).isFalse();
    Map<String, ColumnRange> allNull = file("B", "B");
    allNull.put("ticker", new ColumnRange(null, null, 7));
    assertThat(SCOPE.meets(allNull)).isFalse();
    assertThat(SCOPE.holdsRow(Map.of("trade_date", DATE, "levels", 5))).isFalse();
  }

  @Test
  void aFurtherConditionNarrowsAndAnAlternativeWidens() {
    ReplaceScope bars = SCOPE.and(Map.of("bar_spec", Set.of("time:1m", "events:50")));
    Map<String, ColumnRange> minutes = file("B", "B");
    minutes.put("bar_spec", new ColumnRange("time:1m", "time:1m", 0));
    Map<String, ColumnRange> hours = file("B", "B");
    hours.put("bar_spec", new ColumnRange("time:1h", "time:1h", 0));

    assertThat(bars.holds(minutes)).isTrue();
    assertThat(bars.meets(hours)).isFalse();
    assertThat(bars.or(SCOPE).holds(hours)).isTrue();
    assertThat(bars.holdsRow(row("D", "time:1m"))).isTrue();
    assertThat(bars.holdsRow(row("D", "time:1h"))).isFalse();
    assertThat(bars.holdsRow(row("C", "time:1m"))).isFalse();
  }

  @Test
  void tickerDaysOfSeveralDatesAndDepthsAreNotCrossed() {
    TickerDay deep = new TickerDay(DATE, "C", 10);
    TickerDay later = new TickerDay(DATE.plusDays(1), "E", 5);
    ReplaceScope scope = ReplaceScope.of(List.of(new TickerDay(DATE, "B", 5), deep, later));

    assertThat(scope.holdsAllOf(new TickerDay(DATE, "B", 5))).isTrue();
    assertThat(scope.holdsAllOf(deep)).isTrue();
    assertThat(scope.holdsAllOf(later)).isTrue();
    assertThat(scope.holdsAllOf(new TickerDay(DATE, "C", 5))).isFalse();
    assertThat(scope.holdsAllOf(new TickerDay(DATE, "B", 10))).isFalse();
    assertThat(scope.holdsAllOf(new TickerDay(DATE, "E", 5))).isFalse();
  }

  @Test
  void aFileWithoutRowsIsNotHeld() {
    Map<String, ColumnRange> empty = file("B", "B");
    empty.put("ticker", new ColumnRange(null, null, 0));
    assertThat(SCOPE.holds(empty)).isFalse();
  }

  @Test
  void nothingHoldsNothing() {
    assertThat(ReplaceScope.NOTHING.meets(Map.of())).isFalse();
    assertThat(ReplaceScope.of(List.of()).meets(Map.of())).isFalse();
  }

  private static Map<String, ColumnRange> file(String firstTicker, String lastTicker) {
    return new HashMap<>(
        Map.of(
            "trade_date", new ColumnRange(DAY, DAY, 0),
            "ticker", new ColumnRange(firstTicker, lastTicker, 0),
            "levels", new ColumnRange(5, 5, 0)));
  }

  private static Map<String, Object> row(String ticker, String bar) {
    return Map.of("trade_date", DATE, "ticker", ticker, "levels", 5, "bar_spec", bar);
  }
}
