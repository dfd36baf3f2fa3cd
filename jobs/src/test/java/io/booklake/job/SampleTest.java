package io.booklake.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.booklake.model.TickerDay;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SampleTest {
  private static final List<TickerDay> DAYS =
      LocalDate.of(2024, 3, 4)
          .datesUntil(LocalDate.of(2024, 3, 24))
          .map(date -> new TickerDay(date, "SIMA", 3))
          .toList();

  @Test
  void aSampleIsTheSameHoweverTheTickerDaysAreFoundAndALargerOneHoldsASmaller() {
    List<TickerDay> shuffled = new ArrayList<>(DAYS);
    Collections.shuffle(shuffled, new Random(1));

    List<TickerDay> one = Sample.parse("1").of(DAYS);
    List<TickerDay> some = Sample.parse("0.15").of(DAYS);

    assertThat(one).hasSize(1);
    assertThat(some).hasSize(3).containsAll(one).isSorted();
    assertThat(Sample.parse("3").of(shuffled)).isEqualTo(some);
  }

  @Test
  void aSampleOfMoreThanThereIsIsAll() {
    assertThat(Sample.parse("50").of(DAYS)).isEqualTo(DAYS);
  }
}
