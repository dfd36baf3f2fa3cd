package io.booklake.book;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CutComparisonTest {
  @ParameterizedTest
  @CsvSource({"1, 49482", "3, 87337", "5, 112673"})
  void whatAShallowFileNamesIsInTheBookOfTheDeeperOne(int levels, int events) throws Exception {
    Day day = RealDays.day("GOOG_2012-06-21_10");
    Day cut = day.cut(levels);
    assertThat(cut.events).hasSize(events);

    CutComparison.LevelCount all = new CutComparison.LevelCount();
    for (CutComparison.LevelCount level :
        new CutComparison(day, Recording.of(day, 1000, 1024))
            .with(cut, Recording.of(cut, 1000, 1024))) {
      all.add(level);
    }

    assertThat(all.provenPrecision()).isGreaterThan(0.99998);
    assertThat(all.probablePrecision()).isGreaterThan(0.98);
    assertThat(all.recall()).isGreaterThan(0.92);
  }
}
