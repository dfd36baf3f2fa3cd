package io.booklake.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.bytes.HeapByteBufferAllocator;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.values.delta.DeltaBinaryPackingValuesWriterForInteger;
import org.apache.parquet.column.values.delta.DeltaBinaryPackingValuesWriterForLong;
import org.apache.parquet.column.values.rle.RunLengthBitPackingHybridEncoder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Pages that parquet-java packed. */
class NumberPageTest {
  private static final int[] COUNTS = {0, 1, 2, 8, 9, 32, 33, 128, 129, 130, 1999, 5000};

  private final NumberPage page = new NumberPage();

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 3, 7, 8, 31, 32, 33, 55, 56, 57, 58, 59, 60, 61, 62, 63, 64})
  void differencesOfAnyWidthAreDecoded(int bits) throws IOException {
    Random random = new Random(bits);
    for (int count : COUNTS) {
      long[] values = new long[count];
      try (DeltaBinaryPackingValuesWriterForLong writer =
          new DeltaBinaryPackingValuesWriterForLong(
              1024, 1024, HeapByteBufferAllocator.getInstance())) {
        for (int i = 0; i < count; i++) {
          values[i] = bits == 0 ? -42 : random.nextLong() >> (Long.SIZE - bits);
          writer.writeLong(values[i]);
        }
        page.decode(Encoding.DELTA_BINARY_PACKED, writer.getBytes(), count, null);
      }
      assertThat(Arrays.copyOf(page.values, count)).isEqualTo(values);
    }
  }

  @Test
  void differencesOf32BitsThatOverflowAreDecoded() throws IOException {
    int[] ends = {Integer.MIN_VALUE, Integer.MAX_VALUE, 0, -1, 1};
    Random random = new Random(32);
    int[] values = random.ints(1000).map(i -> i % 2 == 0 ? i : ends[Math.abs(i % 5)]).toArray();
    try (DeltaBinaryPackingValuesWriterForInteger writer =
        new DeltaBinaryPackingValuesWriterForInteger(
            1024, 1024, HeapByteBufferAllocator.getInstance())) {
      for (int value : values) {
        writer.writeInteger(value);
      }
      page.decode(Encoding.DELTA_BINARY_PACKED, writer.getBytes(), values.length, null);
    }
    assertThat(Arrays.stream(page.values, 0, values.length).mapToInt(value -> (int) value))
        .containsExactly(Arrays.stream(values).boxed().toArray(Integer[]::new));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 7, 8, 9, 12, 15})
  void referencesInRunsAndInGroupsAreDecoded(int width) throws IOException {
    Random random = new Random(width);
    long[] dictionary = random.longs(1L << width).toArray();
    for (int count : COUNTS) {
      for (int longestRun : new int[] {1, 9, 700}) {
        long[] values = new long[count];
        try (RunLengthBitPackingHybridEncoder encoder =
            new RunLengthBitPackingHybridEncoder(
                width, 64, 1 << 20, HeapByteBufferAllocator.getInstance())) {
          for (int i = 0; i < count; ) {
            int reference = random.nextInt(1 << width);
            for (int run = 1 + random.nextInt(longestRun); run > 0 && i < count; run--) {
              values[i++] = dictionary[reference];
              encoder.writeInt(reference);
            }
          }
          BytesInput bytes =
              BytesInput.concat(BytesInput.from(new byte[] {(byte) width}), encoder.toBytes());
          page.decode(Encoding.RLE_DICTIONARY, bytes, count, dictionary);
        }
        assertThat(Arrays.copyOf(page.values, count)).isEqualTo(values);
      }
    }
  }

  @Test
  void aPageThatEndsBeforeItsValuesIsRefused() {
    BytesInput references = BytesInput.from(new byte[] {3, 5, 1, 2, 3});
    assertThatThrownBy(() -> page.decode(Encoding.RLE_DICTIONARY, references, 500, new long[8]))
        .isInstanceOf(RuntimeException.class);
    BytesInput differences = BytesInput.from(new byte[] {(byte) 0x80, 1, 4, 9, 0, 0, 8, 8, 8, 8});
    assertThatThrownBy(() -> page.decode(Encoding.DELTA_BINARY_PACKED, differences, 9, null))
        .isInstanceOf(RuntimeException.class);
    assertThatThrownBy(() -> page.decode(Encoding.DELTA_BINARY_PACKED, differences, 8, null))
        .isInstanceOf(RuntimeException.class)
        .hasMessageContaining("as many values");
  }
}
