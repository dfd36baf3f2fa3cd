package io.booklake.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.booklake.model.TickerDay;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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
  void aShareOfFewTickerDaysIsOneAtLeast() {
    assertThat(Sample.parse(".1").of(DAYS.subList(0, 3))).hasSize(1);
    assertThat(Sample.parse("0.11").of(DAYS)).hasSize(3);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "0", "00", "-1", "0.0", "1.5", "1.0", "1e2", "20 ", "all"})
  void whatIsNeitherANumberNorAShareIsAnErrorAndNotNothing(String text) {
    assertThatThrownBy(() -> Sample.parse(text))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("--sample: found '" + text + "', expected a number of ticker-days");
  }

  @Test
  void aSampleOfMoreThanThereIsIsAll() {
    assertThat(Sample.parse("50").of(DAYS)).isEqualTo(DAYS);
  }
}
