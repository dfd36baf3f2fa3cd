package io.booklake.aggregate;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
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
        assertThat(sum.nearest()).isEqualTo(expected.doubleValue());
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
}
