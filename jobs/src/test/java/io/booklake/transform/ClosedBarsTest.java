package io.booklake.transform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClosedBarsTest {

  private static List<Long> closedAfterEach(long threshold, long... amounts) {
    ClosedBars bars = new ClosedBars(threshold);
    ClosedBars.Progress progress = bars.zero();
    List<Long> closed = new ArrayList<>();
    for (long amount : amounts) {
      progress = bars.reduce(progress, amount);
      closed.add(bars.finish(progress));
    }
    return closed;
  }

  @Test
  void whatOvershootsTheThresholdIsNotCarriedOver() {
    assertThat(closedAfterEach(10, 4, 5, 0, 25, 9, 1, 0))
        .containsExactly(0L, 0L, 0L, 1L, 1L, 2L, 2L);
  }

  @Test
  void aSumThatOutgrows64BitsFails() {
    assertThatExceptionOfType(ArithmeticException.class)
        .isThrownBy(() -> closedAfterEach(Long.MAX_VALUE, Long.MAX_VALUE - 1, 2));
  }

  @Test
  void partsOfATickerDayAreNotMerged() {
    ClosedBars bars = new ClosedBars(1);
    assertThatExceptionOfType(UnsupportedOperationException.class)
        .isThrownBy(() -> bars.merge(bars.zero(), bars.zero()))
        .withMessageContaining("order of events");
  }
}
