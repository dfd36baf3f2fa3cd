package io.booklake.book;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RealDayTest {
  @ParameterizedTest
  @CsvSource({
    "GOOG_2012-06-21_10, 0.918, 0.960, 0, 5",
    "AMZN_2012-06-21_5,  0.909, 0.942, 10, 10",
    "AAPL_2012-06-21_1,  0.880, 0.915, 30, 33"
  })
  void everyRowOfARealDayIsAnchoredAndMostOfItIsKnown(
      String name, double proven, double known, long overAttributions, long fifoExceptions)
      throws Exception {
    Day day = RealDays.day(name);
    Recording recording = Recording.of(day, 1000, 1024);
    Fidelity fidelity = recording.fidelity;

    ReplayCheck.everyRowAgrees(day, recording);
    ReplayCheck.everySnapshotLeadsToTheNext(day, recording, 1000);
    assertThat(fidelity.proven()).isGreaterThanOrEqualTo(proven);
    assertThat(fidelity.known()).isGreaterThanOrEqualTo(known);
    assertThat(fidelity.overAttributions()).isLessThanOrEqualTo(overAttributions);
    assertThat(fidelity.fifoExceptions()).isLessThanOrEqualTo(fifoExceptions);
  }
}
