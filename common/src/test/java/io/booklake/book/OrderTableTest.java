package io.booklake.book;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** In which order the lives of orders are told, whatever the order in which the file names them. */
class OrderTableTest {
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 17, 1_000, 5_000})
  void ordersThatComeAsTheirNumbersRiseStayAsTheyAre(int count) {
    assertThat(slotsByNumber(LongStream.range(10, 10 + count).toArray()))
        .isEqualTo(IntStream.range(0, count).toArray());
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void ordersThatComeLateFindTheirPlaceAmongTheOthers(long seed) {
    Random random = new Random(seed);
    long[] ids = LongStream.range(0, 3_000).map(i -> 7 * i).toArray();
    int swaps = random.nextInt(1_500);
    for (int i = 0; i < swaps; i++) {
      int a = random.nextInt(ids.length);
      int b = random.nextInt(ids.length);
      long id = ids[a];
      ids[a] = ids[b];
      ids[b] = id;
    }

    assertThat(numbers(ids, slotsByNumber(ids))).isEqualTo(Arrays.stream(ids).sorted().toArray());
  }

  @ParameterizedTest
  @ValueSource(longs = {6, 7})
  void theHighestNumberFirstMakesAllOthersLate(long seed) {
    long[] ids = new Random(seed).longs(500, 0, Long.MAX_VALUE).distinct().toArray();
    ids[0] = Long.MAX_VALUE;

    assertThat(numbers(ids, slotsByNumber(ids))).isEqualTo(Arrays.stream(ids).sorted().toArray());
  }

  private static int[] slotsByNumber(long[] ids) {
    OrderTable orders = new OrderTable();
    for (long id : ids) {
      orders.append(id, null);
    }
    orders.beginForwardPass();
    return orders.endForwardPass();
  }

  private static long[] numbers(long[] ids, int[] slots) {
    return Arrays.stream(slots).mapToLong(slot -> ids[slot]).toArray();
  }
}
