package io.booklake.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class SeededRandomTest {
  @Test
  void itIsSplitMix64() {
    SeededRandom random = new SeededRandom(1_234_567);
    assertThat(Long.toUnsignedString(random.bits())).isEqualTo("6457827717110365317");
    assertThat(Long.toUnsignedString(random.bits())).isEqualTo("3203168211198807973");
    assertThat(Long.toUnsignedString(random.bits())).isEqualTo("9817491932198370423");
  }

  @Test
  void boundedDrawsAreEvenAndInRange() {
    SeededRandom random = new SeededRandom(1);
    int[] counts = new int[10];
    for (int i = 0; i < 100_000; i++) {
      counts[random.below(10)]++;
    }
    assertThat(Arrays.stream(counts)).allMatch(count -> count > 9_500 && count < 10_500);
  }

  @Test
  void signsAreEven() {
    SeededRandom random = new SeededRandom(2);
    int sum = 0;
    for (int i = 0; i < 100_000; i++) {
      sum += random.sign();
    }
    assertThat(sum).isBetween(-1_500, 1_500);
  }

  @Test
  void gapsHaveMeanOne() {
    SeededRandom random = new SeededRandom(3);
    double sum = 0;
    for (int i = 0; i < 100_000; i++) {
      sum += random.exponential();
    }
    assertThat(sum / 100_000).isBetween(0.98, 1.02);
  }
}
