package io.booklake.format.lobster;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

class EightBytesTest {
  @Test
  void digitsEndAtTheFirstByteThatIsNoneWhateverItIsAndWhateverFollows() {
    Random random = new Random(1);
    for (int digits = 0; digits <= EightBytes.COUNT; digits++) {
      for (int other = Byte.MIN_VALUE; other <= Byte.MAX_VALUE; other++) {
        byte[] bytes = new byte[20];
        random.nextBytes(bytes);
        int at = random.nextInt(12);
        for (int i = 0; i < digits; i++) {
          bytes[at + i] = (byte) ('0' + random.nextInt(10));
        }
        boolean isDigit = other >= '0' && other <= '9';
        if (!isDigit && digits < EightBytes.COUNT) {
          bytes[at + digits] = (byte) other;
          assertThat(EightBytes.digits(EightBytes.at(bytes, at)))
              .as("%d digits, then byte %d", digits, other)
              .isEqualTo(digits);
        } else if (digits == EightBytes.COUNT) {
          assertThat(EightBytes.digits(EightBytes.at(bytes, at))).isEqualTo(digits);
        }
      }
    }
  }

  @Test
  void theNumberIsWhatJavaReads() {
    Random random = new Random(2);
    for (int round = 0; round < 100_000; round++) {
      int digits = 1 + random.nextInt(EightBytes.COUNT);
      // The largest, the smallest, and others with zeros in front.
      String text =
          switch (round % 3) {
            case 0 -> "9".repeat(digits);
            case 1 -> "0".repeat(digits - 1) + random.nextInt(10);
            default ->
                random.ints(digits, 0, 10).mapToObj(Integer::toString).reduce("", String::concat);
          };
      byte[] bytes = (text + ",7654321\n").getBytes(StandardCharsets.US_ASCII);
      assertThat(EightBytes.number(EightBytes.at(bytes, 0), digits))
          .isEqualTo(Long.parseLong(text));
    }
  }
}
