package io.booklake.aggregate;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ExactSumTest {
  @Test
  void sumsOfProductsOfAnySizeAreThoseOfBigIntegers() {
    Random random = new Random(7);
    for (int run = 0; run < 2_000; run++) {
      ExactSum sum = new ExactSum();
      BigInteger expected = BigInteger.ZERO;
      int shift = random.nextInt(40);
      for (int i = random.nextInt(20); i >= 0; i--) {
        long a = random.nextLong() >> shift;
        long b = random.nextLong() >> random.nextInt(64);
        sum.addProduct(a, b);
        expected = expected.add(BigInteger.valueOf(a).multiply(BigInteger.valueOf(b)));
      }
      if (expected.bitLength() < 127) {
        long x = (random.nextLong() >>> 1 >>> random.nextInt(63)) | 1;
        long y = (random.nextLong() >>> 1 >>> random.nextInt(63)) | 1;
        BigInteger divisor = BigInteger.valueOf(x).multiply(BigInteger.valueOf(y));
        assertThat(sum.over(x, y)).isEqualTo(rounded(expected, divisor));
        long bound = random.nextLong() >>> 1;
        if (expected.signum() >= 0) {
          assertThat(sum.reaches(bound))
              .isEqualTo(expected.compareTo(BigInteger.valueOf(bound)) >= 0);
        }
      }
    }
  }

  @Test
  void aBoundIsReachedExactly() {
    ExactSum sum = new ExactSum();
    assertThat(sum.reaches(0)).isTrue();
    sum.addProduct(3, 5);
    assertThat(sum.reaches(15)).isTrue();
    assertThat(sum.reaches(16)).isFalse();
    sum.addProduct(Long.MAX_VALUE, 4);
    assertThat(sum.reaches(Long.MAX_VALUE)).isTrue();
    sum.clear();
    assertThat(sum.reaches(1)).isFalse();
  }

  @Test
  void aQuotientBetweenTwoDoublesIsRoundedHalfToEvenAndAnythingMoreUp() {
    long odd = (1L << 53) + 1;
    for (long[] drawn :
        new long[][] {{odd, 1, 1L << 53}, {odd + 2, 1, (1L << 53) + 4}, {odd, -1, -(1L << 53)}}) {
      ExactSum sum = new ExactSum();
      sum.addProduct(drawn[0], drawn[1]);
      assertThat(sum.over(1, 1)).isEqualTo((double) drawn[2]);
    }
    ExactSum more = new ExactSum();
    more.addProduct(odd, 1L << 60);
    more.addProduct(1, 1);
    assertThat(more.over(1L << 60, 1)).isEqualTo((double) ((1L << 53) + 2));
  }

  /** By decimals, of which 1,000 are more than any tie has. */
  private static double rounded(BigInteger dividend, BigInteger divisor) {
    return new BigDecimal(dividend)
        .divide(new BigDecimal(divisor), new MathContext(1_000, RoundingMode.DOWN))
        .doubleValue();
  }
}
