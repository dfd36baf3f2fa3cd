package io.booklake.lake.columnar;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Random;
import org.apache.parquet.bytes.ByteBufferInputStream;
import org.apache.parquet.column.values.rle.RunLengthBitPackingHybridDecoder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs and groups, as parquet-java reads them. */
class RunLengthPackingTest {
  private static final int[] COUNTS = {1, 7, 8, 9, 15, 16, 17, 64, 2047, 2048, 5003};

  private final RunLengthPacking packing = new RunLengthPacking();

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 7, 8, 9, 12, 15, 16, 17, 31, 32})
  void valuesOfAnyWidthWithAndWithoutRunsAreReadBack(int width) throws IOException {
    Random random = new Random(width);
    for (int count : COUNTS) {
      for (int longestRun : new int[] {1, 7, 8, 9, 30, 600}) {
        long[] values = new long[count];
        for (int i = 0; i < count; ) {
          long value = random.nextLong() & ((1L << width) - 1);
          for (int run = 1 + random.nextInt(longestRun); run > 0 && i < count; run--) {
            values[i++] = value;
          }
        }
        assertReadBack(values, width);
      }
    }
  }

  @Test
  void aRunTakesAFewBytesHoweverLongItIs() throws IOException {
    long[] values = new long[1_000_000];
    Arrays.fill(values, 5);
    assertThat(bytes(values, 3)).hasSizeLessThan(8);
  }

  @Test
  void truthsBeginWithTheNumberOfBytesThatFollow() throws IOException {
    long[] values = new Random(1).longs(1000, 0, 2).toArray();
    Runs runs = new Runs();
    runs.add(values, 0, values.length);
    ByteBuffer packed =
        ByteBuffer.wrap(packing.packBooleans(runs).copy().bytes).order(ByteOrder.LITTLE_ENDIAN);

    assertThat(packed.getInt()).isEqualTo(packed.remaining());
    RunLengthBitPackingHybridDecoder decoder =
        new RunLengthBitPackingHybridDecoder(1, ByteBufferInputStream.wrap(packed));
    for (long value : values) {
      assertThat(decoder.readInt()).isEqualTo((int) value);
    }
  }

  private void assertReadBack(long[] values, int width) throws IOException {
    byte[] packed = bytes(values, width);
    assertThat(packed[0]).isEqualTo((byte) width);
    RunLengthBitPackingHybridDecoder decoder =
        new RunLengthBitPackingHybridDecoder(
            width, new ByteArrayInputStream(packed, 1, packed.length - 1));
    for (long value : values) {
      assertThat(decoder.readInt()).isEqualTo((int) value);
    }
  }

  private byte[] bytes(long[] values, int width) {
    Runs runs = new Runs();
    runs.add(values, 0, values.length);
    return packing.packReferences(runs, width).copy().bytes;
  }
}
