package io.booklake.format.lobster;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class WholeGzipTest {
  private static final String FIRST = "first member ".repeat(50);
  private static final String SECOND = "second member ".repeat(50);

  @ParameterizedTest
  @ValueSource(ints = {16, 64, 512, 1 << 16})
  void membersFollowOneAnotherAndMayBePadded(int buffer) throws Exception {
    assertThat(read(join(zipped(FIRST), zipped(SECOND)), buffer)).isEqualTo(FIRST + SECOND);
    for (int zeros : new int[] {1, 7, 20, 1000}) {
      assertThat(read(join(zipped(FIRST), new byte[zeros]), buffer)).isEqualTo(FIRST);
    }
  }

  @ParameterizedTest
  @MethodSource("buffers")
  void aMemberThatIsCutOrDamagedAnywhereIsNoEnd(int buffer) throws Exception {
    byte[] second = zipped(SECOND);
    for (int cut = 1; cut < second.length; cut++) {
      byte[] bytes = join(zipped(FIRST), Arrays.copyOf(second, cut));
      assertThatExceptionOfType(IOException.class)
          .as("cut after %d bytes", cut)
          .isThrownBy(() -> read(bytes, buffer));
    }
    byte[] damaged = second.clone();
    damaged[0] ^= 1;
    assertThatExceptionOfType(ZipException.class)
        .isThrownBy(() -> read(join(zipped(FIRST), damaged), buffer));
  }

  /** So that the first member ends before, at and behind the end of a buffer. */
  static IntStream buffers() throws IOException {
    int first = zipped(FIRST).length;
    return IntStream.concat(
        IntStream.rangeClosed(first - 20, first + 20), IntStream.of(64, 1 << 16));
  }

  @ParameterizedTest
  @MethodSource("buffers")
  void aStreamThatSaysNothingIsAvailableIsReadToItsEnd(int part) throws Exception {
    byte[] bytes = join(zipped(FIRST), zipped(SECOND));
    InputStream ranged =
        new ByteArrayInputStream(bytes) {
          @Override
          public int available() {
            return 0;
          }

          @Override
          public int read(byte[] target, int offset, int length) {
            return super.read(target, offset, Math.min(length, part));
          }
        };
    assertThat(read(ranged, 1 << 16)).isEqualTo(FIRST + SECOND);
  }

  @Test
  void anEmptyMemberIsOne() throws Exception {
    assertThat(read(zipped(""), 64)).isEmpty();
    assertThat(read(join(zipped(FIRST), zipped("")), 64)).isEqualTo(FIRST);
  }

  private static String read(byte[] bytes, int buffer) throws IOException {
    return read(new ByteArrayInputStream(bytes), buffer);
  }

  private static String read(InputStream stored, int buffer) throws IOException {
    try (WholeGzip in = new WholeGzip(stored, buffer)) {
      return new String(in.readAllBytes(), US_ASCII);
    }
  }

  private static byte[] zipped(String text) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream zip = new GZIPOutputStream(out)) {
      zip.write(text.getBytes(US_ASCII));
    }
    return out.toByteArray();
  }

  private static byte[] join(byte[] first, byte[] second) {
    byte[] both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }
}
