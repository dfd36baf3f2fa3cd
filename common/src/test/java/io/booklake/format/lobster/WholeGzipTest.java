package io.booklake.format.lobster;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipException;
import org.junit.jupiter.params.ParameterizedTest;
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
  @ValueSource(ints = {64, 512, 1 << 16})
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

  private static String read(byte[] bytes, int buffer) throws IOException {
    try (WholeGzip in = new WholeGzip(new ByteArrayInputStream(bytes), buffer)) {
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
