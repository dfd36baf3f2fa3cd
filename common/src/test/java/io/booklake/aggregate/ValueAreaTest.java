package io.booklake.aggregate;

import static org.assertj.core.api.Assertions.assertThat;

import io.booklake.aggregate.ValueArea.TradedRow;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ValueAreaTest {

  /** Volumes of rows at 100, 101, 102, ... */
  private static List<TradedRow> rows(long... volumes) {
    List<TradedRow> rows = new ArrayList<>();
    for (int i = 0; i < volumes.length; i++) {
      rows.add(new TradedRow(100 + i, volumes[i]));
    }
    return rows;
  }

  private static ValueArea area(long... volumes) {
    return ValueArea.of(rows(volumes), 1).orElseThrow();
  }

  @Test
  void nothingTradedHasNoValueArea() {
    assertThat(ValueArea.of(List.of(), 1)).isEmpty();
    assertThat(ValueArea.of(rows(0, 0), 1)).isEmpty();
  }

  @Test
  void oneRowIsItsOwnValueArea() {
    assertThat(area(5)).isEqualTo(new ValueArea(100, 100, 100));
  }

  @Test
  void theLargerPairIsAdded() {
    //        100 101 102 103 104
    assertThat(area(3, 3, 10, 2, 3)).isEqualTo(new ValueArea(102, 100, 102));
    assertThat(area(3, 2, 10, 3, 3)).isEqualTo(new ValueArea(102, 102, 104));
  }

  @Test
  void aTieOfPairsGoesUp() {
    assertThat(area(3, 3, 10, 3, 3)).isEqualTo(new ValueArea(102, 102, 104));
  }

  @Test
  void seventyPercentIsEnoughAndOneShareLessIsNot() {
    assertThat(area(15, 70, 15)).isEqualTo(new ValueArea(101, 101, 101));
    assertThat(area(15, 69, 16)).isEqualTo(new ValueArea(101, 101, 102));
  }

  @Test
  void aSideWithOneRowLeftAddsThatOne() {
    // Above the point of control there is one row of 4, below two of 1 and 2.
    assertThat(area(1, 2, 5, 4)).isEqualTo(new ValueArea(102, 102, 103));
  }

  @Test
  void anExhaustedSideLoses() {
    assertThat(area(1, 1, 1, 1, 1, 5)).isEqualTo(new ValueArea(105, 103, 105));
    assertThat(area(5, 1, 1, 1, 1, 1)).isEqualTo(new ValueArea(100, 100, 102));
  }

  @Test
  void rowsWithoutTradesAreRowsOfTheirOwn() {
    // Up first (tie of 0 and 0), over 101 and 102, then 103 and 104 with 5 shares.
    List<TradedRow> rows = List.of(new TradedRow(100, 10), new TradedRow(104, 5));
    assertThat(ValueArea.of(rows, 1)).contains(new ValueArea(100, 100, 104));
    // Three empty rows: the pair 103, 104 and the pair 105, 106 differ from a jump to the next
    // trade.
    List<TradedRow> far =
        List.of(
            new TradedRow(100, 10),
            new TradedRow(104, 1),
            new TradedRow(105, 4),
            new TradedRow(106, 1));
    assertThat(ValueArea.of(far, 1)).contains(new ValueArea(100, 100, 106));
  }

  @Test
  void aTiedPointOfControlIsTheOneNearestToTheMiddleThenTheLower() {
    assertThat(area(5, 1, 1, 5, 1).pointOfControlTicks()).isEqualTo(103);
    assertThat(area(5, 1, 5).pointOfControlTicks()).isEqualTo(100);
    assertThat(area(1, 5, 5, 1).pointOfControlTicks()).isEqualTo(101);
    assertThat(area(5, 5, 1, 1, 1, 5).pointOfControlTicks()).isEqualTo(101);
  }

  @Test
  void emptyRowsBeyondTheTradedOnesDoNotMoveTheMiddle() {
    assertThat(area(0, 0, 0, 0, 5, 1, 1, 5, 1).pointOfControlTicks()).isEqualTo(107);
  }

  @Test
  void aRangeOfBillionsOfRowsIsNoMoreWorkThanItsTrades() {
    List<TradedRow> rows =
        List.of(
            new TradedRow(1, 10),
            new TradedRow(5_000_000_000L, 9),
            new TradedRow(5_999_999_999L, 8));
    assertThat(ValueArea.of(rows, 1)).contains(new ValueArea(1, 1, 5_000_000_001L));
  }

  @Test
  void agreesWithTheRuleTakenLiterally() {
    Random random = new Random(20120621);
    for (int profile = 0; profile < 20_000; profile++) {
      long binTicks = 1L + random.nextInt(3);
      int range = 1 + random.nextInt(30);
      double density = random.nextDouble();
      List<TradedRow> rows = new ArrayList<>();
      for (int row = 0; row < range; row++) {
        if (random.nextDouble() < density) {
          rows.add(new TradedRow(binTicks * (1000 + row), random.nextInt(6)));
        }
      }
      Collections.shuffle(rows, random);
      assertThat(ValueArea.of(rows, binTicks).orElse(null))
          .as("rows %s of %d ticks", rows, binTicks)
          .isEqualTo(LiteralValueArea.of(rows, binTicks));
    }
  }
}
