package io.booklake.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.junit.jupiter.api.Test;

class DictionaryValuesTest {
  private static final byte[] WORDS =
      "\3\0\0\0bid\0\0\0\0\3\0\0\0ask".getBytes(StandardCharsets.US_ASCII);

  @Test
  void valuesAreObjectsOfTheirColumnsType() {
    DictionaryValues words = DictionaryValues.of(PrimitiveTypeName.BINARY, WORDS, 3);
    assertThat(words.words).containsExactly("bid", "", "ask");
    assertThat(words.get(2)).isEqualTo("ask");
    byte[] one = {1, 0, 0, 0, 0, 0, 0, 0};
    assertThat(DictionaryValues.of(PrimitiveTypeName.INT64, one, 1).get(0)).isEqualTo(1L);
    assertThat(DictionaryValues.of(PrimitiveTypeName.INT32, one, 2).longs).containsExactly(1, 0);
    assertThat(DictionaryValues.of(PrimitiveTypeName.DOUBLE, one, 1).get(0))
        .isEqualTo(Double.MIN_VALUE);
  }

  @Test
  void whatHoldsMoreWeighsMore() {
    assertThat(DictionaryValues.of(PrimitiveTypeName.BINARY, WORDS, 3).weight())
        .isGreaterThan(DictionaryValues.of(PrimitiveTypeName.INT32, WORDS, 3).weight());
  }

  @Test
  void aDictionaryThatEndsTooEarlyOrIsOfAnotherTypeIsRefused() {
    for (PrimitiveTypeName type : PrimitiveTypeName.values()) {
      assertThatThrownBy(() -> DictionaryValues.of(type, WORDS, 9))
          .isInstanceOf(RuntimeException.class);
    }
  }
}
