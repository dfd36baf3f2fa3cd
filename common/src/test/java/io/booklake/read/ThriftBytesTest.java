package io.booklake.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ThriftBytesTest {
  private static ThriftBytes of(int... octets) {
    byte[] bytes = new byte[octets.length];
    for (int i = 0; i < octets.length; i++) {
      bytes[i] = (byte) octets[i];
    }
    return new ThriftBytes(bytes, 0, bytes.length);
  }

  /** The octets of a field, in hexadecimal, before one of number 9. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "11", // true
        "12", // false
        "13 7F", // a byte
        "14 FF 01", // 16 bits
        "15 80 80 01", // 32 bits
        "16 FF FF FF FF FF FF FF FF FF 01", // 64 bits
        "17 01 02 03 04 05 06 07 08", // a number with a point
        "18 03 61 62 63", // bytes
        "19 35 01 02 03", // three numbers
        "19 21 01 02", // true and false
        "19 F8 10 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00", // sixteen empty texts
        "1A 1C 15 02 00", // a set of one struct
        "1B 00", // a map with nothing in it
        "1B 02 58 02 01 61 04 00", // a map of numbers to text
        "1B 01 11 01 02", // a map of true to false
        "1C 15 02 1C 11 00 00", // structs in each other
        "1C 05 40 02 00", // a field that tells its number, 32
      })
  void anyValueIsPassedOver(String octets) throws IOException {
    int[] field =
        Arrays.stream(octets.split(" ")).mapToInt(each -> Integer.parseInt(each, 16)).toArray();
    int[] all = Arrays.copyOf(field, field.length + 3);
    all[field.length] = 0x85;
    all[field.length + 1] = 0x0E;
    ThriftBytes in = of(all);

    assertThat(in.field(ThriftBytes.NONE)).isEqualTo(1);
    in.skip();
    assertThat(in.field(1)).isEqualTo(9);
    assertThat(in.integer()).isEqualTo(7);
    assertThat(in.field(9)).isEqualTo(ThriftBytes.NONE);
    for (int length = 0; length < field.length; length++) {
      ThriftBytes cut = of(Arrays.copyOf(field, length));
      assertThatIOException()
          .isThrownBy(
              () -> {
                cut.field(ThriftBytes.NONE);
                cut.skip();
              });
    }
  }

  @ParameterizedTest
  @CsvSource({"13", "1D", "1E", "1F", "10"})
  void aFieldOfNoTypeIsRefused(String head) {
    int octet = Integer.parseInt(head, 16);
    ThriftBytes in = of(octet);

    assertThatIOException()
        .isThrownBy(
            () -> {
              in.field(ThriftBytes.NONE);
              in.skip();
            });
  }

  @Test
  void aFieldOfAnotherTypeIsRefused() {
    assertRefused(ThriftBytes::whole, 0x18, 0);
    assertRefused(ThriftBytes::whole, 0x13, 0);
    assertRefused(ThriftBytes::integer, 0x16, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x01);
    assertRefused(ThriftBytes::truth, 0x15, 2);
    assertRefused(ThriftBytes::text, 0x15, 2);
    assertRefused(ThriftBytes::binary, 0x1C, 0);
    assertRefused(ThriftBytes::truths, 0x15, 2);
    assertRefused(ThriftBytes::truths, 0x19, 0x15, 2);
    assertRefused(in -> in.list(ThriftBytes.STRUCT), 0x15, 2);
    assertRefused(in -> in.list(ThriftBytes.STRUCT), 0x19, 0x15, 2);
    assertRefused(ThriftBytes::struct, 0x15, 2);
    // Numbers of fields that no struct has.
    assertRefused(in -> in.field(0), 0x11, 0x05, 0x00, 0x02);
    assertRefused(in -> in.field(0), 0x11, 0x05, 0x80, 0x80, 0x04);
  }

  private interface Reading {
    void of(ThriftBytes in) throws IOException;
  }

  private static void assertRefused(Reading reading, int... octets) {
    ThriftBytes in = of(octets);
    assertThatIOException()
        .isThrownBy(
            () -> {
              in.field(ThriftBytes.NONE);
              reading.of(in);
            });
  }

  @Test
  void structsWithoutEndAreRefused() {
    int[] deep = new int[10_000];
    Arrays.fill(deep, 0x1C);
    assertRefused(ThriftBytes::skip, deep);
    int[] lists = new int[10_000];
    Arrays.fill(lists, 0x19);
    assertRefused(ThriftBytes::skip, lists);
  }
}
