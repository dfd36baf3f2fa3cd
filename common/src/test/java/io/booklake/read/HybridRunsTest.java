package io.booklake.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.util.Arrays;
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
  @ValueSource(ints = {0, 1, 2, 3, 7, 8, 9, 12, 17, 31})
  void numbersOfAnyWidthInRunsAndInGroupsAreDecodedOrPassedOver(int width) throws IOException {
    Random random = new Random(width);
    for (int longestRun : new int[] {1, 9, 700}) {
      long[] values = new long[2_000];
      byte[] bytes;
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
        bytes = encoder.toBytes().toInputStream().readAllBytes();
      }
      HybridRuns one = runs(width, bytes);
      for (long value : values) {
        assertThat(one.next()).isEqualTo((int) value);
      }
      long[] read = new long[values.length];
      runs(width, bytes).read(read, 0, read.length);
      assertThat(read).isEqualTo(values);
      assertStepsOfAnyKindGoOnFromOneAnother(runs(width, bytes), values, random);
    }
  }

  private static void assertStepsOfAnyKindGoOnFromOneAnother(
      HybridRuns runs, long[] values, Random random) {
    long[] read = new long[values.length];
    int from = 0;
    while (from < values.length) {
      int to = Math.min(values.length, from + random.nextInt(90));
      switch (random.nextInt(3)) {
        case 0 -> {
          runs.read(read, from, to);
          assertThat(Arrays.copyOfRange(read, from, to))
              .isEqualTo(Arrays.copyOfRange(values, from, to));
        }
        case 1 -> runs.skip(to - from);
        default -> {
          long wanted = values[from];
          assertThat(runs.skip(to - from, (int) wanted))
              .isEqualTo((int) Arrays.stream(values, from, to).filter(n -> n == wanted).count());
        }
      }
      from = to;
    }
  }

  @Test
  void numbersWithoutBitsAreZero() {
    assertThat(runs(0, new byte[] {6}).next()).isZero();
  }

  @Test
  void runsThatEndTooEarlyAreDamaged() {
    byte[][] all = {{}, {0}, {1}, {(byte) 0x80}, {6}, {3, 1}};
    for (byte[] damaged : all) {
      assertThatExceptionOfType(ParquetDecodingException.class)
          .isThrownBy(() -> runs(9, damaged).read(new long[8], 0, 8));
      assertThatExceptionOfType(ParquetDecodingException.class)
          .isThrownBy(() -> runs(9, damaged).skip(8));
      assertThatExceptionOfType(ParquetDecodingException.class)
          .isThrownBy(() -> runs(9, damaged).skip(8, 1));
    }
  }

  private static HybridRuns runs(int width, byte[] bytes) {
    byte[] withSlack = Arrays.copyOf(bytes, bytes.length + PackedBits.SLACK_BYTES);
    return new HybridRuns(width, withSlack, 0, bytes.length);
  }
}
