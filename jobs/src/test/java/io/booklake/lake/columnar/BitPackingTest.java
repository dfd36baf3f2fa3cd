package io.booklake.lake.columnar;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class BitPackingTest {
  @ParameterizedTest
  @MethodSource("everyWidth")
  void valuesLieOneBehindTheOtherAsOneLargeNumberAndNotPastTheSlack(int width) {
    Random random = new Random(width);
    for (int count = 8; count <= 40; count += 8) {
      long[] values = new long[count + 3];
      BigInteger all = BigInteger.ZERO;
      for (int i = 0; i < count; i++) {
        BigInteger value = i % 5 == 0 ? largest(width) : new BigInteger(width, random);
        values[3 + i] = value.longValue();
        all = all.or(value.shiftLeft(i * width));
      }
      int bytes = count * width / 8;
      byte[] packed = new byte[2 + bytes + BitPacking.SLACK_BYTES];
      BitPacking.pack(values, 3, count, width, packed, 2);
      assertThat(new BigInteger(1, reversed(packed, 2, 2 + bytes))).isEqualTo(all);
      assertThat(packed).startsWith(0, 0);
    }
  }

  static IntStream everyWidth() {
    return IntStream.rangeClosed(1, Long.SIZE);
  }

  private static BigInteger largest(int width) {
    return BigInteger.ONE.shiftLeft(width).subtract(BigInteger.ONE);
  }

  private static byte[] reversed(byte[] bytes, int from, int to) {
    byte[] reversed = Arrays.copyOfRange(bytes, from, to);
    for (int i = 0; i < reversed.length / 2; i++) {
      byte held = reversed[i];
      reversed[i] = reversed[reversed.length - 1 - i];
      reversed[reversed.length - 1 - i] = held;
    }
    return reversed;
  }
}
