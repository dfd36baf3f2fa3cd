package io.booklake.aggregate;

import static io.booklake.aggregate.AggregatedRows.lines;
import static org.assertj.core.api.Assertions.assertThat;

import io.booklake.model.PriceBin;
import io.booklake.model.SliceSpec;
import io.booklake.model.TickerDay;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

class VolumeProfileTest {

  private static final String DRAWING =
      """
      09:59:59 new    1   9.00  buy  | 9x1 | 12x1
      10:00:00 fill   20  10.00 sell | 9x1 | 12x1
      10:10:00 hidden 30  10.009 buy | 9x1 | 12x1
      10:20:00 fill   25  10.03 buy  | 9x1 | 12x1
      10:29:59 cross  999 10.02 buy  | 9x1 | 12x1
      10:30:00 cross  500 10.02 buy  | 9x1 | 12x1
      10:40:00 new    1   9.00  buy  | 9x1 | 12x1
      11:10:00 new    1   9.00  buy  | 9x1 | 12x1
      """;

  private static AggregatedRows profile(String window, String bin, String drawing) {
    return profile(window, bin, DrawnDay.of(drawing));
  }

  private static AggregatedRows profile(String window, String bin, DrawnDay day) {
    return AggregatedRows.of(
        new VolumeProfile(SliceSpec.window(window), PriceBin.parse(bin)),
        day.session("09:30", "16:00"),
        day.events());
  }

  @Test
  void aBinHoldsWhatWasTradedFromItsPriceToTheNext() {
    assertThat(
            lines(
                profile("session", "0.01", DRAWING),
                "price bin_size volume buy_volume sell_volume hidden_volume unknown_side_volume"
                    + " cross_volume trade_count"))
        .containsExactly(
            "10.0 0.01 50 20 30 30 0 0 2",
            "10.02 0.01 0 0 0 0 0 1499 0",
            "10.03 0.01 25 0 25 0 0 0 1");
  }

  @Test
  void binsAreMultiplesOfTheirWidth() {
    assertThat(lines(profile("session", "0.02", DRAWING), "price bin_size volume cross_volume"))
        .containsExactly("10.0 0.02 50 0", "10.02 0.02 25 1499");
    assertThat(lines(profile("session", "0.0005", DRAWING), "price volume"))
        .containsExactly("10.0 20", "10.009 30", "10.02 0", "10.03 25");
  }

  @Test
  void crossesCountNeitherForThePointOfControlNorForTheValueArea() {
    // 50 of 75 shares are less than 70 %, so the next rows above join: 10.01 (empty) and 10.02, and
    // then 10.03.
    assertThat(lines(profile("session", "0.01", DRAWING), "price is_poc in_value_area"))
        .containsExactly("10.0 true true", "10.02 false true", "10.03 false true");
    assertThat(
            lines(
                profile(
                    "session",
                    "0.01",
                    """
                    10:00:00 cross 999 9.99  buy  | 9x1 | 12x1
                    10:00:01 fill  20  10.00 sell | 9x1 | 12x1
                    10:00:02 cross 999 10.01 buy  | 9x1 | 12x1
                    """),
                "price is_poc in_value_area"))
        .containsExactly("9.99 false false", "10.0 true true", "10.01 false false");
  }

  @Test
  void aWindowWithoutContinuousVolumeHasNeither() {
    assertThat(
            lines(
                profile("time:30m", "0.01", DRAWING).where("window_index", 21L),
                "price cross_volume is_poc in_value_area"))
        .containsExactly("10.02 500 false false");
  }

  @Test
  void aWindowIsBoundedByAllItsEvents() {
    String bounds =
        "window_spec window_index start_index end_index start_time_ns end_time_ns price";
    assertThat(
            lines(
                profile("session", "1", DRAWING)
                    .and(profile("time:30m", "1", DRAWING))
                    .and(profile("events:4", "1", DRAWING)),
                bounds))
        .containsExactly(
            "events:4 0 0 3 35999000000000 37200000000000 10.0",
            "events:4 1 4 7 37799000000000 40200000000000 10.0",
            "session 0 0 7 35999000000000 40200000000000 10.0",
            "time:30m 20 1 4 36000000000000 37800000000000 10.0",
            "time:30m 21 5 6 37800000000000 39600000000000 10.0");
  }

  @Test
  void profilesOfAdjoiningWindowsAddUp() {
    AggregatedRows session = profile("session", "0.01", DRAWING);
    AggregatedRows windows = profile("events:3", "0.01", DRAWING);
    for (String column : List.of("volume", "cross_volume", "buy_volume", "trade_count")) {
      assertThat(windows.sums("price", column))
          .as(column)
          .isNotEmpty()
          .isEqualTo(session.sums("price", column));
    }
  }

  @Test
  void whereNothingIsExecutedThereIsNoRow() {
    assertThat(lines(profile("session", "0.01", "10:00:00 new 1 9 buy | 9x1 | 12x1"), "price"))
        .isEmpty();
  }

  @Test
  void aMaskedSideIsUnknownVolume() {
    DrawnDay masked = DrawnDay.of(new TickerDay(LocalDate.of(2014, 7, 14), "ABC", 1), DRAWING);
    String columns = "trade_date price volume sell_volume hidden_volume unknown_side_volume";
    assertThat(lines(profile("session", "1", masked), columns))
        .containsExactly("2014-07-14 10.0 75 25 30 30");
    assertThat(lines(profile("session", "1", DRAWING), columns))
        .containsExactly("2012-06-21 10.0 75 55 30 0");
  }
}
