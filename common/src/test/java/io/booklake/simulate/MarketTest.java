package io.booklake.simulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MarketTest {
  private static final LocalDate FRIDAY = LocalDate.of(2026, 1, 9);

  @Test
  void fourTickersHoldEveryKind() {
    Market market = Market.of(1, 4, List.of(10), 400_000);
    assertThat(market.listings())
        .extracting(Listing::ticker)
        .containsExactly("SIMA", "SIMB", "SIMC", "SIMD");
    assertThat(market.listings()).extracting(Listing::activity).contains(Activity.values());
    assertThat(market.listings().get(2).startPriceTicks()).isLessThan(200_000);
    assertThat(market.listings().get(3).startPriceTicks()).isGreaterThan(5_900_000_000L);
  }

  @Test
  void plansCoverEveryTickerOnEveryWeekday() {
    List<DayPlan> plans = Market.of(1, 3, List.of(10, 1), 400_000).plans(FRIDAY, 2);
    assertThat(plans).hasSize(6);
    assertThat(plans.get(0).tradeDate()).isEqualTo(FRIDAY);
    assertThat(plans.get(3).tradeDate().getDayOfWeek()).isEqualTo(DayOfWeek.MONDAY);
    assertThat(plans)
        .extracting(plan -> plan.listing().ticker())
        .containsExactly("SIMA", "SIMB", "SIMC", "SIMA", "SIMB", "SIMC");
    assertThat(plans).extracting(DayPlan::events).contains(400_000L, 100_000L, 10_000L);
    assertThat(plans).allMatch(plan -> plan.levels().equals(List.of(10, 1)));
  }

  @Test
  void aDayStaysTheSameWhateverElseIsPlanned() {
    Market small = Market.of(1, 2, List.of(10), 400_000);
    Market large = Market.of(1, 20, List.of(10), 400_000);
    DayPlan alone = small.plan(small.listings().get(1), FRIDAY.plusDays(3));
    assertThat(large.plans(FRIDAY, 5)).contains(alone);
  }

  @Test
  void everyTickerDayHasItsOwnSeed() {
    List<DayPlan> plans = Market.of(1, 26, List.of(10), 400_000).plans(FRIDAY, 100);
    assertThat(plans.stream().map(DayPlan::seed).collect(Collectors.toSet())).hasSize(2600);
    assertThat(Market.of(2, 26, List.of(10), 400_000).plans(FRIDAY, 100))
        .extracting(DayPlan::seed)
        .doesNotContainAnyElementsOf(plans.stream().map(DayPlan::seed).toList());
  }

  @Test
  void someDaysHaveAHaltAndMostHaveNot() {
    List<DayPlan> plans = Market.of(1, 10, List.of(10), 400_000).plans(FRIDAY, 100);
    long halts = plans.stream().filter(plan -> plan.features().contains(Feature.HALT)).count();
    assertThat(halts).isBetween(200L, 300L);
  }

  @Test
  void aDayOfATinyMarketStillHoldsAllItMust() {
    Market market = Market.of(1, 3, List.of(1), 10);
    assertThat(market.plans(FRIDAY, 1)).allMatch(plan -> plan.events() == DayPlan.MIN_EVENTS);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 27})
  void aMarketHasOneTo26Tickers(int tickers) {
    assertThatThrownBy(() -> Market.of(1, tickers, List.of(10), 400_000))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("1 to 26");
  }
}
