package io.booklake.lake.columnar;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RunsTest {
  private static final int INTS = 1;
  private static final long[] SMALL = {-2, -1, 0, 1, Integer.MIN_VALUE, Integer.MAX_VALUE};

  /** Some differ in their upper halves alone. */
  private static final long[] LARGE = {Long.MIN_VALUE, -1, 0, 1, 1L << 32, Long.MAX_VALUE};

  @ParameterizedTest(name = "one of {0} values is another")
  @ValueSource(ints = {1, 2, 9, 100})
  void unrolledTheyAreWhatWasAddedAndNoTwoNeighboursAreEqual(int rarity) {
    Random random = new Random(rarity);
    Runs runs = new Runs();
    for (int page = 0; page < 50; page++) {
      List<Long> expected = new ArrayList<>();
      for (int part = random.nextInt(6); part >= 0; part--) {
        int way = random.nextInt(4);
        long[] column = column(random, rarity, way == INTS ? SMALL : LARGE);
        int from = random.nextInt(column.length + 1);
        int to = from + random.nextInt(column.length + 1 - from);
        expected.addAll(LongStream.of(column).boxed().toList().subList(from, to));
        add(way, runs, column, from, to, random);
      }
      check(runs, expected);
      runs.clear();
    }
  }

  /** By one of the ways there are. */
  private static void add(int way, Runs runs, long[] column, int from, int to, Random random) {
    switch (way) {
      case 0 -> runs.add(column, from, to);
      case INTS ->
          runs.add(LongStream.of(column).mapToInt(value -> (int) value).toArray(), from, to);
      case 2 -> Arrays.stream(column, from, to).forEach(value -> runs.add(value, 1));
      default -> {
        // Where it changes, and at some rows more.
        int[] changes =
            IntStream.range(0, column.length)
                .filter(row -> row == 0 || column[row] != column[row - 1] || random.nextInt(5) == 0)
                .toArray();
        runs.add(column, Arrays.copyOf(changes, changes.length + 3), changes.length, from, to);
      }
    }
  }

  private static long[] column(Random random, int rarity, long[] values) {
    long[] column = new long[1 + random.nextInt(300)];
    for (int row = 0; row < column.length; row++) {
      boolean isOther = row == 0 || random.nextInt(rarity) == 0;
      column[row] = isOther ? values[random.nextInt(values.length)] : column[row - 1];
    }
    return column;
  }

  private static void check(Runs runs, List<Long> expected) {
    assertThat(runs.length()).isEqualTo(expected.size());
    long[] unrolled = new long[expected.size()];
    runs.unroll(unrolled);
    assertThat(unrolled).containsExactly(expected.toArray(Long[]::new));
    for (int run = 1; run < runs.count; run++) {
      assertThat(runs.values[run]).isNotEqualTo(runs.values[run - 1]);
      assertThat(runs.ends[run]).isGreaterThan(runs.ends[run - 1]);
    }
  }
}
