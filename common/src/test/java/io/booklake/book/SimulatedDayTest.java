package io.booklake.book;

import static org.assertj.core.api.Assertions.assertThat;

import io.booklake.simulate.DayPlan;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SimulatedDayTest {
  @Test
  void whatIsProvenIsTrueOnThousandsOfSmallDaysAtEveryDepth() throws Exception {
    for (long seed = 0; seed < 2000; seed++) {
      DayPlan plan = SimulatedDay.plan(seed, 150);
      SimulatedDay simulated = new SimulatedDay(plan, 5);
      for (int depth : plan.levels()) {
        Recording recording = Recording.of(simulated.days.get(depth), 50, 64);
        Accuracy accuracy = simulated.accuracy(depth, recording);

        assertThat(accuracy.provenWrong).as("seed %d, %d levels", seed, depth).isZero();
        assertThat(accuracy.misplaced).as("seed %d, %d levels", seed, depth).isZero();
        ReplayCheck.everyRowAgrees(simulated.days.get(depth), recording);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 5, 10})
  void whatIsProvenIsTrueOnWholeDaysAndSizesInSightNearlyAlwaysAre(int depth) throws Exception {
    Accuracy accuracy = SimulatedDay.accuracyOfDays(6, depth);

    assertThat(accuracy.proven).isGreaterThan(10_000);
    assertThat(accuracy.provenWrong).isZero();
    assertThat(accuracy.misplaced).isZero();
    assertThat(accuracy.sizeTrueInSight()).isGreaterThan(0.996);
  }
}
