package io.booklake.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Random;
import org.apache.parquet.bytes.HeapByteBufferAllocator;
import org.apache.parquet.column.values.rle.RunLengthBitPackingHybridEncoder;
import org.apache.parquet.io.ParquetDecodingException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs that parquet-java made. */
class HybridRunsTest {

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7, 8, 9, 12, 17, 31})
  void numbersOfAnyWidthInRunsAndInGroupsAreDecoded(int width) throws IOException {
    Random random = new Random(width);
    for (int longestRun : new int[] {1, 9, 700}) {
      int[] values = new int[2_000];
      try (RunLengthBitPackingHybridEncoder encoder =
          new RunLengthBitPackingHybridEncoder(
              width, 64, 1 << 20, HeapByteBufferAllocator.getInstance())) {
        for (int i = 0; i < values.length; ) {
          int value = random.nextInt() & (int) ((1L << width) - 1);
          for (int run = 1 + random.nextInt(longestRun); run > 0 && i < values.length; run--) {
            values[i++] = value;
            encoder.writeInt(value);
          }
        }
        HybridRuns runs = new HybridRuns(width, encoder.toBytes().toInputStream());
        for (int value : values) {
          assertThat(runs.next()).isEqualTo(value);
        }
      }
    }
  }

  @Test
  void numbersWithoutBitsAreZero() throws IOException {
    assertThat(runs(0, 6).next()).isZero();
  }

  @Test
  void runsThatEndTooEarlyAreDamaged() throws IOException {
    for (int[] damaged : new int[][] {{}, {0}, {1}, {0x80}, {6}, {3, 1}}) {
      HybridRuns runs = runs(9, damaged);
      assertThatExceptionOfType(ParquetDecodingException.class).isThrownBy(runs::next);
    }
  }

  private static HybridRuns runs(int width, int... octets) throws IOException {
    byte[] bytes = new byte[octets.length];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) octets[i];
    }
    return new HybridRuns(width, new ByteArrayInputStream(bytes));
  }
}
