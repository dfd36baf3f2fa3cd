package io.booklake.format.lobster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.ByteArrayInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;

class GuardedInflationTest {
  private static final byte[] TEXT = {'1', '2', (byte) 0xfe};

  @Test
  void whatUnpacksToOverFourHundredTimesItsSizeIsRefusedOnceItIsLarge() {
    long stored = GuardedInflation.ALWAYS_ALLOWED / GuardedInflation.LARGEST_RATIO - 1;
    RejectedException rejected =
        catchThrowableOfType(
            RejectedException.class, () -> drain(new GuardedInflation(file(stored), zeros())));
    assertThat(rejected.rejection().reason()).isEqualTo(Reason.INFLATES_TOO_MUCH);
    assertThat(rejected.rejection().found())
        .startsWith("over " + (GuardedInflation.ALWAYS_ALLOWED + 1))
        .endsWith(" bytes out of " + stored);
  }

  @Test
  void whatUnpacksToFourHundredTimesItsSizeIsLeftAlone() throws Exception {
    long stored = GuardedInflation.ALWAYS_ALLOWED / GuardedInflation.LARGEST_RATIO + 1;
    assertThat(drain(new GuardedInflation(file(stored), zeros())))
        .isEqualTo(GuardedInflation.ALWAYS_ALLOWED + 1);
  }

  @Test
  void singleBytesAreCountedAndCheckedToo() throws Exception {
    CRC32 crc = new CRC32();
    crc.update(TEXT);
    InputStream in =
        new GuardedInflation(
            file(3), new ByteArrayInputStream(TEXT), () -> {}, TEXT.length, crc.getValue());
    assertThat(List.of(in.read(), in.read(), in.read(), in.read()))
        .containsExactly((int) '1', (int) '2', 0xfe, -1);
    InputStream wrong =
        new GuardedInflation(
            file(3), new ByteArrayInputStream(TEXT), () -> {}, TEXT.length, 1 + crc.getValue());
    assertThatThrownBy(() -> drainByByte(wrong)).hasMessageStartingWith("CORRUPT_ARCHIVE");
  }

  @Test
  void theArchiveIsClosedEvenWhereItsEntryCannotBe() {
    List<String> closed = new ArrayList<>();
    InputStream entry =
        new ByteArrayInputStream(TEXT) {
          @Override
          public void close() throws IOException {
            closed.add("entry");
            throw new IOException("entry");
          }
        };
    Closeable archive = () -> closed.add("archive");
    assertThatThrownBy(() -> new GuardedInflation(file(1), entry, archive, 3, 0).close())
        .hasMessage("entry");
    assertThat(closed).containsExactly("entry", "archive");
  }

  private static SourceFile file(long storedBytes) {
    return new SourceFile("file", null, storedBytes, 0);
  }

  /** One byte more than is always allowed. */
  private static InputStream zeros() {
    return new InputStream() {
      private long left = GuardedInflation.ALWAYS_ALLOWED + 1;

      @Override
      public int read() {
        return left-- > 0 ? 0 : -1;
      }

      @Override
      public int read(byte[] target, int offset, int length) {
        int count = (int) Math.min(left, length);
        left -= count;
        return count > 0 ? count : -1;
      }
    };
  }

  private static long drain(InputStream in) throws IOException {
    byte[] target = new byte[1 << 16];
    long total = 0;
    for (int count = in.read(target, 0, target.length);
        count >= 0;
        count = in.read(target, 0, target.length)) {
      total += count;
    }
    return total;
  }

  private static void drainByByte(InputStream in) throws IOException {
    while (in.read() >= 0) {
      // Only the end is of interest.
    }
  }
}
