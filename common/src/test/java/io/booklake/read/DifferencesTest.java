package io.booklake.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.bytes.HeapByteBufferAllocator;
import org.apache.parquet.column.values.delta.DeltaBinaryPackingValuesWriterForInteger;
import org.apache.parquet.column.values.delta.DeltaBinaryPackingValuesWriterForLong;
import org.apache.parquet.io.ParquetDecodingException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Differences that parquet-java packed. */
class DifferencesTest {
  private static final int[] COUNTS = {0, 1, 2, 8, 9, 32, 33, 128, 129, 130, 1999, 5000};

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 3, 7, 8, 31, 32, 33, 55, 56, 57, 58, 59, 60, 61, 62, 63, 64})
  void numbersOfAnyWidthAreDecodedOrPassedOver(int bits) throws IOException {
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
        byte[] bytes = bytes(writer.getBytes());
        assertThat(read(differences(bytes), count)).isEqualTo(values);
        int from = random.nextInt(count + 1);
        Differences later = differences(bytes);
        later.skip(from);
        assertThat(read(later, count - from)).isEqualTo(Arrays.copyOfRange(values, from, count));
      }
    }
  }

  @Test
  void numbersOf32BitsThatOverflowAreDecoded() throws IOException {
    int[] ends = {Integer.MIN_VALUE, Integer.MAX_VALUE, 0, -1, 1};
    Random random = new Random(32);
    int[] values = random.ints(1000).map(i -> i % 2 == 0 ? i : ends[Math.abs(i % 5)]).toArray();
    try (DeltaBinaryPackingValuesWriterForInteger writer =
        new DeltaBinaryPackingValuesWriterForInteger(
            1024, 1024, HeapByteBufferAllocator.getInstance())) {
      for (int value : values) {
        writer.writeInteger(value);
      }
      long[] read = read(differences(bytes(writer.getBytes())), values.length);
      assertThat(Arrays.stream(read).mapToInt(value -> (int) value).toArray()).isEqualTo(values);
    }
  }

  @Test
  void aPageThatEndsBeforeItsNumbersIsDamaged() {
    byte[] bytes = {(byte) 0x80, 1, 4, 9, 0, 0, 8, 8, 8, 8};
    assertThatExceptionOfType(ParquetDecodingException.class)
        .isThrownBy(() -> read(differences(bytes), 9));
    byte[] one = {(byte) 0x80, 1, 4, 1, 0};
    assertThatExceptionOfType(ParquetDecodingException.class)
        .isThrownBy(() -> differences(one).skip(2));
  }

  private static byte[] bytes(BytesInput bytes) throws IOException {
    return bytes.toInputStream().readAllBytes();
  }

  private static Differences differences(byte[] bytes) {
    byte[] withSlack = Arrays.copyOf(bytes, bytes.length + PackedBits.SLACK_BYTES);
    return new Differences(withSlack, 0, bytes.length);
  }

  private static long[] read(Differences differences, int count) {
    long[] read = new long[count];
    differences.read(read, 0, count);
    return read;
  }
}
