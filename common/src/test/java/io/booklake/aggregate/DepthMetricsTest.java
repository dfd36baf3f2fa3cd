package io.booklake.aggregate;

import static io.booklake.aggregate.AggregatedRows.lines;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.booklake.model.SliceSpec;
import io.booklake.model.TickerDay;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;

class DepthMetricsTest {

  private static TickerDay tickerDay(int levels) {
    return new TickerDay(LocalDate.of(2012, 6, 21), "ABC", levels);
  }

  private static AggregatedRows metrics(int levels, String grid, String drawing) {
    return day(new DepthMetrics(SliceSpec.grid(grid)), levels, drawing);
  }

  @Test
  void aStepShowsTheBookAfterItsLastEvent() {
    AggregatedRows steps =
        metrics(
            1,
            "time:1s",
            """
            10:00:00.5 new 1 10.00 buy | 10.00x300 | 10.10x300
            10:00:00.5 new 1 10.02 buy | 10.02x300 | 10.10x100
            10:00:01   new 1 10.02 buy | 10.02x400 | 10.10x100
            """);
    assertThat(
            lines(
                steps,
                "grid_spec step_index start_time_ns end_time_ns end_index event_count spread mid"
                    + " weighted_mid imbalance"))
        .containsExactly(
            "time:1s 36000 36000000000000 36001000000000 1 2 0.08 10.06 10.08 0.5",
            "time:1s 36001 36001000000000 36002000000000 2 1 0.08 10.06 10.084 0.6");
  }

  @Test
  void aOneSidedBookHasSizesButNoSpread() {
    AggregatedRows steps = metrics(1, "time:1s", "10:00:00 new 1 10.00 buy | 10.00x300 | -");
    assertThat(
            lines(
                steps,
                "spread mid weighted_mid imbalance bid_size_top_1 ask_size_top_1 bid_size_50_bps"
                    + " ask_size_50_bps time_weighted_spread time_weighted_imbalance"))
        .containsExactly("null null null null 300 0 null null null null");
    assertThat(lines(metrics(1, "time:1s", "10:00:00 delete 1 10 buy | - | -"), "imbalance"))
        .containsExactly("null");
  }

  @Test
  void stepsWithoutEventsCarryTheStateForward() {
    AggregatedRows steps =
        metrics(
            1,
            "time:1s",
            """
            10:00:00.5 new    1 10.00 buy | 10.00x300 | 10.10x100
            10:00:03.5 delete 1 10.00 buy | -         | 10.10x100
            10:00:05   new    1 10.05 buy | 10.05x100 | 10.10x100
            """);
    assertThat(
            lines(
                steps,
                "step_index end_index event_count spread imbalance time_weighted_spread"
                    + " time_weighted_imbalance"))
        .containsExactly(
            "36000 0 1 0.1 0.5 0.1 0.5",
            "36001 0 0 0.1 0.5 0.1 0.5",
            "36002 0 0 0.1 0.5 0.1 0.5",
            "36003 1 1 null null 0.1 0.5", // its first half, then one-sided
            "36004 1 0 null null null null",
            "36005 2 1 0.05 0.0 0.05 0.0");
    assertThat(lines(steps, "step_index start_time_ns end_time_ns").get(1))
        .isEqualTo("36001 36001000000000 36002000000000");
  }

  @Test
  void aCarriedStateInAHaltHasNoTimeWeightedMeans() {
    AggregatedRows steps =
        metrics(
            1,
            "time:1s",
            """
            10:00:00.5 new 1 10.00 buy | 10.00x300 | 10.10x100
            10:00:00.7 halt            | 10.00x300 | 10.10x100
            10:00:02.5 resume          | 10.00x300 | 10.10x100
            """);
    assertThat(lines(steps, "step_index spread time_weighted_spread time_weighted_imbalance"))
        .containsExactly("36000 0.1 0.1 0.5", "36001 0.1 null null", "36002 0.1 0.1 0.5");
  }

  @Test
  void aQuoteOfMoreThan64BitsHasItsWeightedMid() {
    AggregatedRows steps =
        metrics(
            1,
            "time:1s",
            "10:00:00 new 1 10.00 buy | 999999.9996x2147483647 | 999999.9998x2147483647");
    assertThat(lines(steps, "mid weighted_mid")).containsExactly("999999.9997 999999.9997");
  }

  @Test
  void timeWeightedMeansWeighEveryQuoteByItsTimeInTheStep() {
    AggregatedRows steps =
        metrics(
            1,
            "time:1s",
            """
            09:59:59   new 1 10.00 buy | 10.00x300 | 10.10x100
            10:00:00.2 new 1 10.00 buy | 10.00x100 | 10.20x100
            10:00:00.6 new 1 10.00 buy | 10.00x100 | 10.30x200
            """);
    // 0.2 s of 10 cents, 0.4 s of 20, 0.4 s of 30; imbalance 0.5, 0, and -1/3 to 1e-9.
    assertThat(
            lines(
                steps.where("step_index", 36000L), "time_weighted_spread time_weighted_imbalance"))
        .containsExactly("0.22 " + (0.5 * 200_000_000L - 0.333333333 * 400_000_000L) / 1e9);
  }

  @Test
  void eventStepsEndWithTheirNthEvent() {
    AggregatedRows steps =
        metrics(
            1,
            "events:2",
            """
            10:00:00 new 1 10.00 buy | 10.00x100 | 10.10x100
            10:00:01 new 1 10.00 buy | 10.00x100 | 10.20x100
            10:00:05 new 1 10.00 buy | 10.00x100 | 10.30x100
            """);
    assertThat(
            lines(
                steps,
                "grid_spec step_index start_time_ns end_time_ns end_index event_count spread"
                    + " time_weighted_spread"))
        .containsExactly(
            "events:2 0 36000000000000 36001000000000 1 2 0.2 "
                + (1000.0 * 1 + 2000.0 * 4) / 50_000.0,
            "events:2 1 36005000000000 36005000000000 2 1 0.3 0.3");
  }

  @Test
  void topSizesAreThoseOfAsManyLevelsAsTheSourceHas() {
    AggregatedRows steps =
        metrics(3, "time:1s", "10:00:00 new 1 10 buy | 10.00x1 9.99x2 9.98x4 | 10.01x8 10.02x16");
    assertThat(
            lines(
                steps,
                "bid_size_top_1 ask_size_top_1 bid_size_top_3 ask_size_top_3 bid_size_top_5"
                    + " ask_size_top_10"))
        .containsExactly("1 8 7 24 null null");
  }

  @Test
  void aShallowTickerDayAfterADeepOneHasNoDeepSizes() {
    DepthMetrics metrics = new DepthMetrics(SliceSpec.grid("time:1s"));
    String sizes = "levels bid_size_top_1 bid_size_top_3 bid_size_50_bps";
    assertThat(
            lines(
                day(metrics, 3, "10:00:00 new 1 10 buy | 10.00x1 9.99x2 9.98x4 | 10.01x8 10.02x16"),
                sizes))
        .containsExactly("3 1 7 7");
    assertThat(lines(day(metrics, 1, "10:00:00 new 1 10 buy | 10.00x1 | 10.01x8"), sizes))
        .containsExactly("1 1 null 1");
  }

  private static AggregatedRows day(DepthMetrics metrics, int levels, String drawing) {
    DrawnDay day = DrawnDay.of(tickerDay(levels), drawing);
    return AggregatedRows.of(metrics, day.session("09:30", "16:00"), day.events());
  }

  @Test
  void sizesWithinBasisPointsOfMidCountThePriceAtTheEdge() {
    // Mid 100.00: 5 bps are 0.05, 10 are 0.10, 25 are 0.25, 50 are 0.50.
    AggregatedRows steps =
        metrics(
            5,
            "time:1s",
            """
            10:00:00 new 1 10 buy | 99.95x1 99.9499x2 99.90x4 99.75x8 99.50x16 | 100.05x1 100.0501x2 100.10x4 100.2501x8 100.50x16
            """);
    assertThat(
            lines(
                steps,
                "bid_size_5_bps ask_size_5_bps bid_size_10_bps ask_size_10_bps bid_size_25_bps"
                    + " ask_size_25_bps bid_size_50_bps ask_size_50_bps"))
        .containsExactly("1 1 7 7 15 7 31 31");
  }

  @Test
  void aGridIsOfTimeOrEvents() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new DepthMetrics(SliceSpec.bar("volume:10")))
        .withMessageContaining("not a grid: 'volume:10'");
  }
}
