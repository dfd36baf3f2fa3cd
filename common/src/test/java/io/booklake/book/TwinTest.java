package io.booklake.book;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

class TwinTest {
  @Property(tries = 1500, seed = "20121")
  void theEngineHandsOutWhatItsSlowTwinDoes(
      @ForAll @LongRange(min = 0, max = 1_000_000_000) long seed,
      @ForAll @IntRange(min = 1, max = 4) int levels,
      @ForAll @IntRange(min = 1, max = 120) int steps,
      @ForAll @IntRange(min = 1, max = 40) int batchCapacity) {
    agree(RandomDay.of(seed, levels, steps, 0), batchCapacity);
  }

  @Property(tries = 1500, seed = "20122")
  void theyAgreeToTheLastRowOnDaysWithWrongMessages(
      @ForAll @LongRange(min = 0, max = 1_000_000_000) long seed,
      @ForAll @IntRange(min = 1, max = 4) int levels,
      @ForAll @IntRange(min = 1, max = 120) int steps,
      @ForAll @IntRange(min = 1, max = 40) int batchCapacity) {
    agree(RandomDay.of(seed, levels, steps, 0.15), batchCapacity);
  }

  private static void agree(Day day, int batchCapacity) {
    Recording engine = Recording.of(day, 7, batchCapacity);
    Recording twin = NaiveBook.rebuild(day, 7);

    assertThat(engine.changes).isEqualTo(twin.changes);
    assertThat(engine.snapshots).isEqualTo(twin.snapshots);
    assertThat(engine.lives).isEqualTo(twin.lives);
    assertThat(engine.fidelity)
        .usingRecursiveComparison()
        .withEqualsForType(TwinTest::nearlyEqual, Double.class)
        .isEqualTo(twin.fidelity);
    ReplayCheck.everyRowAgrees(day, engine);
    ReplayCheck.everySnapshotLeadsToTheNext(day, engine, 7);
  }

  /** The same terms in another order. */
  private static boolean nearlyEqual(double a, double b) {
    return Double.compare(a, b) == 0 || Math.abs(a - b) < 1e-9;
  }
}
