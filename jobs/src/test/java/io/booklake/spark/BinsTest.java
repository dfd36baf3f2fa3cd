package io.booklake.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class BinsTest {
  /** A letter for the group, a digit for the size. */
  private static List<List<String>> packed(String... items) {
    return Bins.pack(
        List.of(items), item -> item.charAt(0), item -> item.charAt(1) - '0', /* target= */ 5);
  }

  @Test
  void aBinIsFilledToItsSizeAndTheNextBeginsEmpty() {
    assertThat(packed("a3", "a2", "a1", "a4"))
        .containsExactly(List.of("a3", "a2"), List.of("a1", "a4"));
  }

  @Test
  void noBinHoldsTwoGroups() {
    assertThat(packed("a2", "b1", "b1", "c1"))
        .containsExactly(List.of("a2"), List.of("b1", "b1"), List.of("c1"));
  }

  @Test
  void whatIsLargerThanABinStandsAloneAndTheLargestComeFirst() {
    assertThat(packed("a1", "a9", "a2", "a7"))
        .containsExactly(List.of("a9"), List.of("a7"), List.of("a2"), List.of("a1"));
    assertThat(packed()).isEmpty();
  }
}
