package io.booklake.transform;

import static org.assertj.core.api.Assertions.assertThat;

import io.booklake.model.TickerDay;
import io.booklake.table.TableCatalog;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

class VolumeProfileTest extends TransformTest {

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

  private Dataset<Row> profile(String windows, String bin, String drawing) {
    return VolumeProfile.of(
        DrawnDay.of(drawing).messages(spark()),
        Stream.of(windows.split(",", -1)).map(SliceSpec::window).toList(),
        PriceBin.parse(bin));
  }

  @Test
  void columnsAreThoseOfTheCatalog() {
    assertThat(columns(profile("session", "0.01", DRAWING)))
        .isEqualTo(columns(TableCatalog.VOLUME_PROFILE));
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
                profile("time:30m", "0.01", DRAWING).where("window_index = 21"),
                "price cross_volume is_poc in_value_area"))
        .containsExactly("10.02 500 false false");
  }

  @Test
  void aWindowIsBoundedByAllItsEvents() {
    String bounds =
        "window_spec window_index start_index end_index start_time_ns end_time_ns price";
    assertThat(lines(profile("session,time:30m,events:4", "1", DRAWING), bounds))
        .containsExactly(
            "events:4 0 0 3 35999000000000 37200000000000 10.0",
            "events:4 1 4 7 37799000000000 40200000000000 10.0",
            "session 0 0 7 35999000000000 40200000000000 10.0",
            "time:30m 20 1 4 36000000000000 37800000000000 10.0",
            "time:30m 21 5 6 37800000000000 39600000000000 10.0");
  }

  @Test
  void profilesOfAdjoiningWindowsAddUp() {
    Dataset<Row> session = profile("session", "0.01", DRAWING);
    Dataset<Row> sum =
        profile("events:3", "0.01", DRAWING)
            .groupBy("price")
            .agg(
                Map.of(
                    "volume",
                    "sum",
                    "cross_volume",
                    "sum",
                    "buy_volume",
                    "sum",
                    "trade_count",
                    "sum"))
            .withColumnsRenamed(
                Map.of(
                    "sum(volume)", "volume",
                    "sum(cross_volume)", "cross_volume",
                    "sum(buy_volume)", "buy_volume",
                    "sum(trade_count)", "trade_count"));
    String added = "price volume cross_volume buy_volume trade_count";
    assertThat(lines(sum, added)).isEqualTo(lines(session, added));
  }

  @Test
  void tickerDaysHaveProfilesOfTheirOwn() {
    Dataset<Row> masked =
        DrawnDay.of(new TickerDay(LocalDate.of(2014, 7, 14), "ABC", 1), DRAWING).messages(spark());
    Dataset<Row> both = masked.union(DrawnDay.of(DRAWING).messages(spark()));
    assertThat(
            lines(
                VolumeProfile.of(both, List.of(SliceSpec.window("session")), PriceBin.parse("1")),
                "trade_date price volume sell_volume hidden_volume unknown_side_volume"))
        .containsExactly("2012-06-21 10.0 75 55 30 0", "2014-07-14 10.0 75 25 30 30");
  }
}
