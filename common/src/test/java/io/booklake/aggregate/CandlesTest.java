package io.booklake.aggregate;

import static io.booklake.aggregate.AggregatedRows.lines;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.booklake.model.SliceSpec;
import io.booklake.model.TickerDay;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;

class CandlesTest {

  private static final String OHLC = "bar_index open high low close vwap volume trade_count";

  /** Bars of a day whose session is from 09:30 to 16:00. */
  private static AggregatedRows candles(String bars, String drawing) {
    return candles(DrawnDay.of(drawing), bars, "16:00");
  }

  private static AggregatedRows candles(DrawnDay day, String bars, String sessionEnd) {
    return AggregatedRows.of(
        new Candles(SliceSpec.bar(bars), false), day.session("09:30", sessionEnd), day.events());
  }

  private static AggregatedRows withEmptyBars(DrawnDay day, String bars, String start, String end) {
    return AggregatedRows.of(
        new Candles(SliceSpec.bar(bars), true), day.session(start, end), day.events());
  }

  @Test
  void eventBarsHoldNEventsEachAndTheLastWhatIsLeft() {
    AggregatedRows bars =
        candles(
            "events:2",
            """
            10:00:00 new 1 1.00 buy | 1x1 | -
            10:00:01 new 1 1.00 buy | 1x2 | -
            10:00:02 new 1 1.00 buy | 1x3 | -
            10:00:03 new 1 1.00 buy | 1x4 | -
            10:00:05 new 1 1.00 buy | 1x5 | -
            """);
    assertThat(
            lines(
                bars,
                "bar_spec bar_index start_index end_index start_time_ns end_time_ns event_count"
                    + " is_complete"))
        .containsExactly(
            "events:2 0 0 1 36000000000000 36001000000000 2 true",
            "events:2 1 2 3 36002000000000 36003000000000 2 true",
            "events:2 2 4 4 36005000000000 36005000000000 1 false");
  }

  @Test
  void aLastEventBarThatIsFullIsComplete() {
    assertThat(
            lines(
                candles(
                    "events:2",
                    """
                    10:00:00 new 1 1.00 buy | 1x1 | -
                    10:00:01 new 1 1.00 buy | 1x2 | -
                    """),
                "bar_index is_complete"))
        .containsExactly("0 true");
  }

  @Test
  void pricesAreThoseOfContinuousTradesInTheOrderOfEvents() {
    AggregatedRows bars =
        candles(
            "time:1m",
            """
            10:00:00 cross  500 50.00 sell | 10x100 | 11x100
            10:00:01 fill   10  11.00 sell | 10x100 | 11x90
            10:00:01 fill   30  10.00 buy  | 10x70  | 11x90
            10:00:01 hidden 20  10.55 sell | 10x70  | 11x90
            10:00:02 new    5   9.00  buy  | 10x70  | 11x90
            """);
    // (10 x 11.00 + 30 x 10.00 + 20 x 10.55) / 60
    assertThat(lines(bars, OHLC)).containsExactly("600 11.0 11.0 10.0 10.55 10.35 60 3");
    assertThat(lines(bars, "buy_volume sell_volume hidden_volume unknown_side_volume cross_volume"))
        .containsExactly("30 30 20 0 500");
  }

  @Test
  void aBarWithoutTradesHasNoPricesAndNoVwap() {
    assertThat(lines(candles("time:1m", "10:00:00 new 1 10 buy | 10x1 | 11x1"), OHLC))
        .containsExactly("600 null null null null null 0 0");
  }

  @Test
  void fromJuly2014OnHiddenVolumeIsOfUnknownSide() {
    DrawnDay day =
        DrawnDay.of(
            new TickerDay(LocalDate.of(2014, 7, 14), "ABC", 1),
            """
            10:00:00 hidden 20 10.5 buy  | 10x70 | 11x90
            10:00:01 fill   7  10   buy  | 10x63 | 11x90
            """);
    assertThat(
            lines(
                candles(day, "time:1m", "16:00"),
                "volume buy_volume sell_volume hidden_volume unknown_side_volume"))
        .containsExactly("27 0 7 20 20");
  }

  @Test
  void theTradeThatReachesTheVolumeClosesTheBarAndBelongsToItWhole() {
    AggregatedRows bars =
        candles(
            "volume:100",
            """
            10:00:00 new    1   10 buy  | 10x100 | 11x500
            10:00:01 fill   60  11 sell | 10x100 | 11x440
            10:00:02 fill   250 12 sell | 10x100 | 12x190
            10:00:02 cancel 1   10 buy  | 10x99  | 12x190
            10:00:03 fill   99  13 sell | 10x99  | 13x91
            10:00:03 cross  500 13 sell | 10x99  | 13x91
            10:00:04 hidden 1   14 sell | 10x99  | 13x91
            10:00:05 cancel 1   10 buy  | 10x98  | 13x91
            """);
    assertThat(lines(bars, "bar_index start_index end_index volume close is_complete"))
        .containsExactly("0 0 2 310 12.0 true", "1 3 6 100 14.0 true", "2 7 7 0 null false");
  }

  @Test
  void aLastVolumeBarThatReachedItsVolumeIsComplete() {
    String fill = "10:00:0%d fill 50 11 sell | 10x100 | 11x440%n";
    String drawing = fill.formatted(0) + fill.formatted(1) + fill.formatted(2);
    assertThat(lines(candles("volume:150", drawing), "volume is_complete"))
        .containsExactly("150 true");
    assertThat(lines(candles("volume:151", drawing), "volume is_complete"))
        .containsExactly("150 false");
  }

  @Test
  void tradeBarsCountContinuousTrades() {
    AggregatedRows bars =
        candles(
            "trades:2",
            """
            10:00:00 fill   60  11 sell | 10x100 | 11x440
            10:00:01 cross  500 13 sell | 10x100 | 11x440
            10:00:02 hidden 5   11 sell | 10x100 | 11x440
            10:00:03 new    1   10 buy  | 10x101 | 11x440
            10:00:04 fill   5   11 sell | 10x101 | 11x435
            10:00:04 fill   5   11 sell | 10x101 | 11x430
            """);
    assertThat(lines(bars, "bar_index start_index end_index trade_count is_complete"))
        .containsExactly("0 0 2 2 true", "1 3 5 2 true");
  }

  @Test
  void dollarBarsCloseAtTheDollar() {
    // 11.00 x 90 = 990.00; one share at 9.9999 leaves it a hundredth of a cent short of 999.9999.
    AggregatedRows bars =
        candles(
            "dollar:1000",
            """
            10:00:00 fill   90 11.00   sell | 9x100 | 11x440
            10:00:01 hidden 1  9.9999  sell | 9x100 | 11x440
            10:00:02 hidden 1  0.0001  sell | 9x100 | 11x440
            10:00:03 fill   1  11.00   sell | 9x100 | 11x439
            """);
    assertThat(lines(bars, "bar_index start_index end_index volume is_complete"))
        .containsExactly("0 0 2 92 true", "1 3 3 1 false");
  }

  @Test
  void aTradeOfMoreThan64BitsIsSummedExactly() {
    String huge = "10:00:0%d hidden 2147483647 999999.9998 sell | 9x100 | 11x440%n";
    AggregatedRows bars = candles("dollar:100000000000000", huge.formatted(0) + huge.formatted(1));
    assertThat(lines(bars, "bar_index volume vwap is_complete"))
        .containsExactly("0 2147483647 999999.9998 true", "1 2147483647 999999.9998 true");
    assertThat(lines(candles("events:2", huge.formatted(0) + huge.formatted(1)), "volume vwap"))
        .containsExactly("4294967294 999999.9998");
  }

  @Test
  void timeBarsAreHalfOpenOnAGridFromMidnightAndAbsentWhenEmpty() {
    AggregatedRows bars =
        candles(
            "time:1m",
            """
            10:00:59.999999999 new 1 10 buy | 10x1 | 11x1
            10:01:00           new 1 10 buy | 10x2 | 11x1
            10:03:30           new 1 10 buy | 10x3 | 11x1
            """);
    assertThat(
            lines(
                bars,
                "bar_index start_index end_index start_time_ns end_time_ns event_count is_complete"))
        .containsExactly(
            "600 0 0 36000000000000 36060000000000 1 true",
            "601 1 1 36060000000000 36120000000000 1 true",
            "603 2 2 36180000000000 36240000000000 1 true");
  }

  @Test
  void theLastTimeBarIsCompleteIfTheSessionLastsToItsEnd() {
    DrawnDay day = DrawnDay.of("10:00:30 new 1 10 buy | 10x1 | 11x1");
    assertThat(lines(candles(day, "time:1m", "10:01"), "is_complete")).containsExactly("true");
    assertThat(lines(candles(day, "time:1m", "10:00:59.999"), "is_complete"))
        .containsExactly("false");
    assertThat(lines(candles(day, "time:1d", "16:00"), "bar_index is_complete"))
        .containsExactly("0 true");
  }

  @Test
  void startTimeIsTheInstantOnTheExchangesWallClock() {
    String drawing = "09:30:00 new 1 10 buy | 10x1 | 11x1";
    DrawnDay winter = DrawnDay.of(new TickerDay(LocalDate.of(2012, 1, 5), "ABC", 1), drawing);
    DrawnDay summer = DrawnDay.of(drawing);
    assertThat(lines(candles(winter, "time:1m", "16:00"), "start_time"))
        .containsExactly("1325773800000000");
    assertThat(lines(candles(summer, "time:1m", "16:00"), "start_time"))
        .containsExactly("1340285400000000");
  }

  @Test
  void midsAreOverEventsThatLeaveATwoSidedQuote() {
    AggregatedRows bars =
        candles(
            "events:5",
            """
            10:00:00 new    1 10.00 buy  | 10.00x1 | -
            10:00:01 new    1 10.02 sell | 10.00x1 | 10.02x1
            10:00:02 new    1 10.01 buy  | 10.01x1 | 10.02x1
            10:00:03 delete 1 10.01 buy  | 9.97x1  | 10.02x1
            10:00:04 delete 1 10.02 sell | 9.97x1  | -
            """);
    assertThat(lines(bars, "mid_open mid_high mid_low mid_close"))
        .containsExactly("10.01 10.015 9.995 9.995");
  }

  @Test
  void orderFlowImbalanceIsThatOfContKukanovAndStoikov() {
    AggregatedRows bars =
        candles(
            "events:1",
            """
            10:00:00 new    9 10.00 buy  | 10.00x9 | 10.05x8
            10:00:01 new    4 10.00 buy  | 10.00x13 | 10.05x8
            10:00:02 new    5 10.01 buy  | 10.01x5 | 10.05x8
            10:00:03 delete 5 10.01 buy  | 10.00x13 | 10.05x8
            10:00:04 cancel 3 10.05 sell | 10.00x13 | 10.05x5
            10:00:05 new    2 10.04 sell | 10.00x13 | 10.04x2
            10:00:06 delete 2 10.04 sell | 10.00x13 | 10.05x5
            """);
    // None before the first event; +4 at the bid; a better bid counts whole; so does its loss;
    // less at the ask is buying pressure; a better ask counts whole against; so does its loss.
    assertThat(lines(bars, "bar_index ofi"))
        .containsExactly("0 null", "1 4", "2 5", "3 -5", "4 3", "5 -2", "6 2");
  }

  @Test
  void aBarSumsTheOrderFlowImbalanceOfEventsBetweenTwoSidedQuotes() {
    AggregatedRows bars =
        candles(
            "events:5",
            """
            10:00:00 new    9 10.00 buy  | 10.00x9  | 10.05x8
            10:00:01 new    4 10.00 buy  | 10.00x13 | 10.05x8
            10:00:02 delete 8 10.05 sell | 10.00x13 | -
            10:00:03 new    7 10.05 sell | 10.00x13 | 10.05x7
            10:00:04 new    2 10.00 buy  | 10.00x15 | 10.05x7
            """);
    assertThat(lines(bars, "ofi")).containsExactly("6");
  }

  private static final String HALTED_DAY =
      """
      10:00:00 new 1 10 buy | 10.00x1 | 10.05x1
      10:00:10 halt         | 10.00x1 | 10.05x1
      10:00:20 new 5 10 buy | 10.00x6 | 10.05x1
      10:00:30 quote        | 10.00x6 | 10.05x1
      10:00:40 new 7 10 buy | 10.00x13 | 10.05x1
      10:00:50 resume       | 10.00x13 | 10.05x1
      10:01:00 new 2 10 buy | 10.00x15 | 10.05x1
      """;

  @Test
  void aHaltLastsUntilTradingResumesNotQuoting() {
    assertThat(lines(candles("events:1", HALTED_DAY), "bar_index is_halted ofi"))
        .containsExactly(
            "0 false null",
            "1 true null",
            "2 true null",
            "3 true null",
            "4 true null",
            "5 true null",
            "6 false 2");
  }

  @Test
  void quotesThatStandInAHaltCountNoTime() {
    // 10 s of 5 cents before the halt, and from 10:00:50 on again: over both the mean is 5 cents.
    String spreadMoves = HALTED_DAY.replace("10.00x15 | 10.05x1", "10.00x15 | 10.25x1");
    assertThat(
            lines(
                candles("events:7", spreadMoves.replace("10:01:00", "15:59:50")),
                "time_weighted_spread"))
        .containsExactly(
            String.valueOf(
                (500.0 * (10 + 5 * 3600 + 59 * 60) + 2500.0 * 10)
                    / (10_000.0 * (20 + 5 * 3600 + 59 * 60))));
    assertThat(lines(candles("events:1", HALTED_DAY), "bar_index time_weighted_spread"))
        .contains("0 0.05", "1 null", "4 null", "5 0.05");
  }

  @Test
  void timeBarsClipQuotesAndTakeTheOneThatStandsAtTheirBegin() {
    AggregatedRows bars =
        candles(
            "time:1m",
            """
            10:00:30 new    1 10.00 buy  | 10.00x1 | 10.10x1
            10:02:20 new    1 10.05 buy  | 10.05x1 | 10.10x1
            10:02:50 delete 1 10.05 buy  | -       | 10.10x1
            10:03:10 new    1 10.07 buy  | 10.07x1 | 10.10x1
            """);
    assertThat(lines(bars, "bar_index time_weighted_spread"))
        .containsExactly(
            "600 0.1", // 30 s of 10 cents
            "602 " + (1000.0 * 20 + 500.0 * 30) / (10_000.0 * 50), // 10 s one-sided
            "603 0.03"); // carried in one-sided, then to the end of the bar
  }

  @Test
  void theLastQuoteStandsToTheEndOfTheSession() {
    String drawing =
        """
        10:00:00 new 1 10.00 buy | 10.00x1 | 10.10x1
        10:00:10 new 1 10.05 buy | 10.05x1 | 10.10x1
        """;
    assertThat(lines(candles(DrawnDay.of(drawing), "time:1m", "10:00:40"), "time_weighted_spread"))
        .containsExactly(String.valueOf((1000.0 * 10 + 500.0 * 30) / (10_000.0 * 40)));
    // A session that ended before the last event gives the last quote no time.
    assertThat(lines(candles(DrawnDay.of(drawing), "events:2", "09:45"), "time_weighted_spread"))
        .containsExactly("0.1");
  }

  @Test
  void theWidestSpreadOfAllOverADayDoesNotOverflow() {
    assertThat(
            lines(
                candles("time:1d", "09:30:00 new 1 1 buy | 0.0001x1 | 999999.9998x1"),
                "time_weighted_spread mid_close"))
        .containsExactly("999999.9997 499999.99995");
  }

  @Test
  void emptyBarsFillTheSessionAndCarryTheStandingQuote() {
    DrawnDay day =
        DrawnDay.of(
            """
            10:01:30 fill 1 10.10 sell | 10.00x1 | 10.10x1
            10:03:30 new  1 10.05 buy  | 10.05x1 | 10.10x1
            """);
    AggregatedRows bars = withEmptyBars(day, "time:1m", "10:00:30", "10:05:30");
    assertThat(
            lines(
                bars,
                "bar_index start_index end_index event_count open volume cross_volume mid_close"
                    + " ofi time_weighted_spread is_complete is_halted"))
        .containsExactly(
            "600 null null 0 null 0 0 null null null true false",
            "601 0 0 1 10.1 1 0 10.05 null 0.1 true false",
            "602 null null 0 null 0 0 null null 0.1 true false",
            "603 1 1 1 null 0 0 10.075 1 0.075 true false",
            "604 null null 0 null 0 0 null null 0.05 true false",
            "605 null null 0 null 0 0 null null 0.05 false false");
    assertThat(lines(bars, "bar_index start_time_ns end_time_ns").get(5))
        .isEqualTo("605 36300000000000 36360000000000");
  }

  @Test
  void anEmptyBarInAHaltIsHaltedAndHasNoSpread() {
    DrawnDay day =
        DrawnDay.of(
            """
            10:00:30 new 1 10.00 buy | 10.00x1 | 10.10x1
            10:00:40 halt            | 10.00x1 | 10.10x1
            10:02:30 resume          | 10.00x1 | 10.10x1
            """);
    assertThat(
            lines(
                withEmptyBars(day, "time:1m", "10:00", "10:04"),
                "bar_index event_count time_weighted_spread is_halted"))
        .containsExactly("600 2 0.1 true", "601 0 null true", "602 1 0.1 true", "603 0 0.1 false");
  }

  @Test
  void barsThatAreNotOfTimeAreNeverEmpty() {
    DrawnDay day = DrawnDay.of(HALTED_DAY);
    assertThat(lines(withEmptyBars(day, "events:3", "09:30", "16:00"), "bar_index event_count"))
        .containsExactly("0 3", "1 3", "2 1");
  }

  @Test
  void eventsOutsideTheSessionHaveBarsButNoEmptyOnesAroundThem() {
    DrawnDay day =
        DrawnDay.of(
            """
            09:00:00 new 1 10.00 buy | 10.00x1 | 10.10x1
            10:01:30 new 1 10.00 buy | 10.00x2 | 10.10x1
            11:00:00 new 1 10.00 buy | 10.00x3 | 10.10x1
            """);
    assertThat(lines(withEmptyBars(day, "time:1m", "10:00", "10:03"), "bar_index event_count"))
        .containsExactly("540 1", "600 0", "601 1", "602 0", "660 1");
  }

  @Test
  void aDayWithoutEventsHasNoBars() {
    assertThat(lines(candles("time:1m", ""), "bar_index")).isEmpty();
    assertThat(lines(withEmptyBars(DrawnDay.of(""), "time:1m", "10:00", "10:05"), "bar_index"))
        .isEmpty();
  }

  @Test
  void aSessionIsNoBar() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Candles(SliceSpec.window("session"), false))
        .withMessageContaining("time:1d");
  }
}
