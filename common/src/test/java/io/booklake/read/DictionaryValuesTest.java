package io.booklake.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DictionaryValuesTest {
  private static final byte[] WORDS =
      "\3\0\0\0bid\0\0\0\0\3\0\0\0ask".getBytes(StandardCharsets.US_ASCII);

  /** With what was left there by others. */
  private static Room used() {
    Room room = new Room();
    Arrays.fill(room.numbers(5), -7);
    return room;
  }

  private static DictionaryValues of(PrimitiveTypeName type, byte[] page, int count) {
    return DictionaryValues.of(type, ByteBuffer.wrap(page), count, used());
  }

  @Test
  void valuesAreObjectsOfTheirColumnsType() {
    DictionaryValues words = of(PrimitiveTypeName.BINARY, WORDS, 3);
    assertThat(words.words).containsExactly("bid", "", "ask");
    assertThat(words.get(2)).isEqualTo("ask");
    byte[] one = {1, 0, 0, 0, 0, 0, 0, 0};
    assertThat(of(PrimitiveTypeName.INT64, one, 1).get(0)).isEqualTo(1L);
    assertThat(of(PrimitiveTypeName.INT32, one, 2).get(0)).isEqualTo(1L);
    assertThat(of(PrimitiveTypeName.DOUBLE, one, 1).get(0)).isEqualTo(Double.MIN_VALUE);
  }

  @ParameterizedTest
  @CsvSource({
    "-32768, 32767",
    "-32769, 5",
    "0, 32768",
    "-2147483648, 2147483647",
    "-2147483649, 0",
    "7, 2147483648",
    "-9223372036854775808, 9223372036854775807"
  })
  void wholeNumbersOfAnySizeAreLookedUp(long first, long third) {
    ByteBuffer page = ByteBuffer.allocate(32).order(ByteOrder.LITTLE_ENDIAN);
    page.putLong(first).putLong(-1).putLong(third).putLong(3).flip();
    Room room = used();
    DictionaryValues values = DictionaryValues.of(PrimitiveTypeName.INT64, page, 4, room);
    // Others use it before the values are looked up.
    Arrays.fill(room.numbers(4), -7);
    long[] references = {2, 9, 2, 1, 0, 9};

    values.replace(references, 2, 5);

    assertThat(references).containsExactly(2, 9, third, -1, first, 9);
    assertThat(values.get(2)).isEqualTo(third);
  }

  /** As Spark writes them, when somebody has it change a table. */
  @Test
  void instantsOf96BitsAreMicrosecondsSince1970() {
    ByteBuffer page = ByteBuffer.allocate(36).order(ByteOrder.LITTLE_ENDIAN);
    page.putLong(0).putInt(2_440_588);
    page.putLong(86_399_999_999_999L).putInt(2_440_587);
    page.putLong(34_200_000_001_000L).putInt(2_456_100); // 2012-06-21, 09:30
    page.flip();
    long morning = 15_512L * 86_400_000_000L + 34_200_000_001L;

    DictionaryValues values =
        DictionaryValues.of(PrimitiveTypeName.INT96, page.duplicate(), 3, used());
    assertThat(values.get(0)).isEqualTo(0L);
    assertThat(values.get(1)).isEqualTo(-1L);
    assertThat(values.get(2)).isEqualTo(morning);

    PlainValues plain = new PlainValues(PrimitiveTypeName.INT96, page.duplicate());
    plain.skip(1);
    assertThat(plain.next()).isEqualTo(-1L);
    long[] rest = new long[2];
    plain.read(rest, 1, 2);
    assertThat(rest).containsExactly(0, morning);
    assertThatThrownBy(() -> plain.read(rest, 0, 1)).hasMessageContaining("ends before");
  }

  @Test
  void whatHoldsMoreWeighsMore() {
    assertThat(of(PrimitiveTypeName.BINARY, WORDS, 3).weight())
        .isGreaterThan(of(PrimitiveTypeName.INT32, WORDS, 3).weight());
  }

  @Test
  void aDictionaryThatEndsTooEarlyOrIsOfAnotherTypeIsRefused() {
    for (PrimitiveTypeName type : PrimitiveTypeName.values()) {
      assertThatThrownBy(() -> of(type, WORDS, 9)).isInstanceOf(RuntimeException.class);
    }
  }
}
