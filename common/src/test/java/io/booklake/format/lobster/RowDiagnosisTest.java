package io.booklake.format.lobster;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The words; that the right place is named is in {@link BadPairs}. */
class RowDiagnosisTest {
  @Test
  void aLevelOutOfOrderIsHeldAgainstTheOneBeforeItOnItsSide() {
    assertThat(expected("1000500,50,1000000,60,1000400,70,999900,80"))
        .isEqualTo("ask above 1000500 of level 1");
    assertThat(expected("1000500,50,1000000,60,1000600,70,1000100,80"))
        .isEqualTo("bid below 1000000 of level 1");
  }

  private static String expected(String row) {
    return RowDiagnosis.ofOrderbook("orderbook", 2, row, 2).expected();
  }
}
