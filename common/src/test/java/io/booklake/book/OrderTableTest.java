package io.booklake.book;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Orders are found by their numbers, and their lives are told in the order of these, whatever the
 * order in which the file names them.
 */
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

  /** Also of the kinds that a careless hash sends to one place; more than the first arrays hold. */
  @ParameterizedTest
  @ValueSource(strings = {"rising", "falling", "far apart", "of equal low bits", "any"})
  void everyOrderIsFoundByItsNumberAndNoOtherIs(String kind) {
    Random random = new Random(8);
    long[] ids =
        LongStream.range(0, 20_000)
            .map(
                i ->
                    switch (kind) {
                      case "rising" -> 3 * i;
                      case "falling" -> -3 * i;
                      case "far apart" -> 1_000_003 * i;
                      case "of equal low bits" -> (i << 40) | 7;
                      default -> random.nextLong() & ~1;
                    })
            .distinct()
            .toArray();
    ids[5_000] = Long.MAX_VALUE;
    ids[6_000] = Long.MIN_VALUE;
    OrderTable orders = new OrderTable();

    for (int slot = 0; slot < ids.length; slot++) {
      assertThat(orders.find(ids[slot])).isEqualTo(OrderTable.NONE);
      assertThat(orders.append(ids[slot], null)).isEqualTo(slot);
      assertThat(orders.find(ids[slot])).isEqualTo(slot);
    }
    for (int slot = 0; slot < ids.length; slot++) {
      assertThat(orders.find(ids[slot])).isEqualTo(slot);
      assertThat(orders.find(ids[slot] ^ 1)).isEqualTo(OrderTable.NONE);
    }
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
