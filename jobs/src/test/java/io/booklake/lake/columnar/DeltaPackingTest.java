package io.booklake.lake.columnar;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Random;
import org.apache.parquet.bytes.ByteBufferInputStream;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.bytes.HeapByteBufferAllocator;
import org.apache.parquet.column.values.delta.DeltaBinaryPackingValuesReader;
import org.apache.parquet.column.values.delta.DeltaBinaryPackingValuesWriterForInteger;
import org.apache.parquet.column.values.delta.DeltaBinaryPackingValuesWriterForLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Packed pages, as parquet-java reads them and as its own writer packs them. */
class DeltaPackingTest {
  private static final int[] COUNTS = {0, 1, 2, 32, 33, 127, 128, 129, 130, 257, 2047, 2048, 5000};

  private final DeltaPacking packing = new DeltaPacking(false);
  private final DeltaPacking ints = new DeltaPacking(true);

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 7, 8, 31, 32, 33, 62, 63, 64})
  void valuesOfAnyWidthAreReadBackAndTakeNoMoreBytesThanOfItsTwin(int bits) throws IOException {
    Random random = new Random(bits);
    for (int count : COUNTS) {
      long[] values = new long[count];
      for (int i = 0; i < count; i++) {
        values[i] = bits == 0 ? 42 : random.nextLong() >> (Long.SIZE - bits);
      }
      assertReadBack(values, count);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void valuesAtTheEndsOfTheTypeAreReadBack(long seed) throws IOException {
    long[] ends = {Long.MIN_VALUE, Long.MAX_VALUE, 0, -1, 1, Long.MIN_VALUE + 1};
    long[] values = new Random(seed).ints(1000, 0, ends.length).mapToLong(i -> ends[i]).toArray();
    assertReadBack(values, values.length);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 10})
  void whatLiesBehindTheCountIsNotPacked(int count) throws IOException {
    long[] values = new Random(1).longs(300).toArray();
    assertReadBack(values, count);
  }

  /** Differences of 32 bits overflow as such: a reader may refuse miniblocks of 33. */
  @Test
  void wholeNumbersOf32BitsArePackedAsByTheirTwin() throws IOException {
    Random random = new Random(32);
    int[] ends = {Integer.MIN_VALUE, Integer.MAX_VALUE, 0, -1, 1};
    for (int count : new int[] {1, 129, 257, 1025}) {
      long[] values = new long[count];
      try (DeltaBinaryPackingValuesWriterForInteger twin =
          new DeltaBinaryPackingValuesWriterForInteger(
              1024, 1024, HeapByteBufferAllocator.getInstance())) {
        for (int i = 0; i < count; i++) {
          int value = i % 3 == 0 ? ends[random.nextInt(ends.length)] : random.nextInt();
          values[i] = value;
          twin.writeInteger(value);
        }
        assertThat(ints.pack(values, count).copy().bytes).isEqualTo(bytes(twin.getBytes()));
      }
    }
  }

  private void assertReadBack(long[] values, int count) throws IOException {
    byte[] packed = packing.pack(values, count).copy().bytes;
    if (count > 0) {
      DeltaBinaryPackingValuesReader reader = new DeltaBinaryPackingValuesReader();
      reader.initFromPage(count, ByteBufferInputStream.wrap(ByteBuffer.wrap(packed)));
      for (int i = 0; i < count; i++) {
        assertThat(reader.readLong()).isEqualTo(values[i]);
      }
    }
    try (DeltaBinaryPackingValuesWriterForLong twin =
        new DeltaBinaryPackingValuesWriterForLong(
            1024, 1024, HeapByteBufferAllocator.getInstance())) {
      for (int i = 0; i < count; i++) {
        twin.writeLong(values[i]);
      }
      byte[] expected = bytes(twin.getBytes());
      assertThat(packed).hasSameSizeAs(expected);
      if (count % 128 == 1) {
        // Elsewhere the twin packs what was left behind its last value.
        assertThat(packed).isEqualTo(expected);
      }
    }
  }

  private static byte[] bytes(BytesInput input) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    input.writeAllTo(bytes);
    return bytes.toByteArray();
  }
}
