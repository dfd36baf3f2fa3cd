package io.booklake.simulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.booklake.format.lobster.FileName;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlanTest {
  @Test
  void aPlanSortsItsLevelsDeepestFirst() {
    DayPlan plan = Plans.everything(Activity.BUSY, 1).withLevels(1, 10, 5);
    assertThat(plan.levels()).containsExactly(10, 5, 1);
    assertThat(plan.deepest()).isEqualTo(10);
  }

  @Test
  void aPlanNamesItsFilesAsLobsterDoes() {
    DayPlan plan = Plans.everything(Activity.BUSY, 1);
    assertThat(plan.fileName(5, FileName.Kind.ORDERBOOK))
        .hasToString("TEST_2012-06-21_34200000_57600000_orderbook_5.csv");
  }

  @ParameterizedTest
  @CsvSource({"0", "201", "5 5", "-1 3"})
  void levelsThatCannotBeAreRefused(String levels) {
    Integer[] depths =
        List.of(levels.split(" ")).stream().map(Integer::valueOf).toArray(Integer[]::new);
    DayPlan plan = Plans.everything(Activity.BUSY, 1);
    assertThatThrownBy(() -> plan.withLevels(depths))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("levels must be different numbers from 1 to 200");
  }

  @Test
  void aPlanNeedsLevelsAndRoomForItsEvents() {
    DayPlan plan = Plans.everything(Activity.BUSY, 1);
    assertThatThrownBy(plan::withLevels).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> plan.withEvents(9))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("events must be at least 10, found 9");
  }

  @Test
  void aPlanCannotBeChangedThroughItsFeatures() {
    Set<Feature> features = Plans.everything(Activity.BUSY, 1).features();
    assertThatThrownBy(() -> features.remove(Feature.HALT))
        .isInstanceOf(UnsupportedOperationException.class);
  }

  @ParameterizedTest
  @CsvSource({
    "lower, 1000000, 100, not a ticker",
    "TEST, 1000050, 100, start price must be a multiple of 100",
    "TEST, 6000, 100, start price must be a multiple of 100 from 6200",
    "TEST, 9999999900, 100, to 9999180",
    "TEST, 1000000, 0, step must be 1 to",
    "TEST, 1000000, 10000000, step must be 1 to"
  })
  void aListingThatCannotTradeIsRefused(
      String ticker, long startPriceTicks, long stepTicks, String message) {
    assertThatThrownBy(() -> new Listing(ticker, startPriceTicks, stepTicks, Activity.BUSY))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }

  @ParameterizedTest
  @CsvSource({"6200, 100", "9999180700, 100", "1, 1"})
  void theCheapestAndTheDearestTickersCanTrade(long startPriceTicks, long stepTicks)
      throws Exception {
    long start = stepTicks == 1 ? 62 : startPriceTicks;
    Listing listing = new Listing("EDGE", start, stepTicks, Activity.BUSY);
    DayPlan plan = DayPlan.of(listing, Plans.SIDE_SHOWN, 1).withEvents(3000);
    assertThat(WrittenDay.of(plan).parsedMessages(10))
        .hasSize(3000)
        .allMatch(event -> event.price() > 0 && event.price() < 9_999_999_999L);
  }
}
