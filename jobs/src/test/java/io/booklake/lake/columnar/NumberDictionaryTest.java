package io.booklake.lake.columnar;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Against a map of Java's. */
class NumberDictionaryTest {
  private static final int KINDS = 4;

  private final NumberDictionary dictionary = new NumberDictionary();
  private final Runs references = new Runs();

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 63, 64, 65, 128, 129, 1000, NumberDictionary.MOST_ENTRIES})
  void everyDifferentNumberHasOneEntryInTheOrderOfItsFirstRow(int different) {
    Random random = new Random(different);
    // A row group for each kind, whose dictionary knows nothing of the one before.
    for (int kind = 0; kind < KINDS; kind++) {
      long[] numbers = numbers(kind, random, different);
      Map<Long, Integer> twin = new LinkedHashMap<>();
      assertNumbered(page(LongStream.of(numbers).limit(1)), twin);
      for (int page = 0; page < 10; page++) {
        assertNumbered(page(random.ints(2048, 0, different).mapToLong(i -> numbers[i])), twin);
      }
      assertNumbered(page(LongStream.of(numbers)), twin);
      assertThat(twin).hasSize(different);
      assertThat(entries(dictionary.end(false))).containsExactlyElementsOf(twin.keySet());
    }
  }

  /** Of the kinds that a careless hash sends to one place. */
  private static long[] numbers(int kind, Random random, int count) {
    return LongStream.range(0, count)
        .map(
            i ->
                switch (kind) {
                  case 0 -> i * 100;
                  case 1 -> -i;
                  case 2 -> (i << 50) | 7;
                  default -> random.nextLong();
                })
        .toArray();
  }

  @Test
  void aPageWithTooManyIsRefusedAndLeavesNoEntry() {
    int most = NumberDictionary.MOST_ENTRIES;
    Map<Long, Integer> twin = new LinkedHashMap<>();
    assertNumbered(page(LongStream.of(5)), twin);
    assertNumbered(page(LongStream.range(0, most - 10).map(i -> 3 * i + 1_000)), twin);
    Runs refused = page(LongStream.range(0, 20).map(i -> -i - 1));
    assertThat(dictionary.number(refused, true, references)).isFalse();
    assertThat(dictionary.isOpen()).isFalse();
    assertThat(dictionary.number(page(LongStream.of(5)), true, references)).isFalse();
    assertThat(entries(dictionary.end(false))).containsExactlyElementsOf(twin.keySet());
    assertThat(dictionary.isOpen()).isTrue();
  }

  private void assertNumbered(Runs page, Map<Long, Integer> twin) {
    // As a page that is one of many: so that the first one's share does not matter.
    Runs padded = page;
    if (twin.isEmpty()) {
      padded = new Runs();
      padded.add(page.values[0], 2048);
    }
    assertThat(dictionary.number(padded, true, references)).isTrue();
    assertThat(references.count).isEqualTo(padded.count);
    assertThat(references.length()).isEqualTo(padded.length());
    for (int run = 0; run < padded.count; run++) {
      int expected = twin.computeIfAbsent(padded.values[run], value -> twin.size());
      assertThat(references.values[run]).isEqualTo(expected);
      assertThat(references.ends[run]).isEqualTo(padded.ends[run]);
    }
    assertThat(1L << dictionary.width()).isGreaterThanOrEqualTo(twin.size());
  }

  private static Runs page(LongStream values) {
    Runs page = new Runs();
    values.forEach(value -> page.add(value, 1));
    return page;
  }

  private static List<Long> entries(Dictionary dictionary) {
    ByteBuffer plain =
        ByteBuffer.wrap(dictionary.plain().bytes, 0, dictionary.plain().length)
            .order(ByteOrder.LITTLE_ENDIAN);
    List<Long> entries = new ArrayList<>();
    while (plain.hasRemaining()) {
      entries.add(plain.getLong());
    }
    assertThat(dictionary.entries()).isEqualTo(entries.size());
    return entries;
  }
}
