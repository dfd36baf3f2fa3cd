package io.booklake.format.lobster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Lines of a source file are found with the bytes that they stand at. */
class SourceLinesTest {
  private static final String TEXT = "ab\ncdef\n\nghi\n";
  private static final SourceFile FILE = new SourceFile("file:/landing/a.csv", null, 13, 0);

  @Test
  void linesAreCountedFromEventZeroAndBytesWithTheLineEnds() throws IOException {
    SourceLines lines = read(TEXT, 1, 3, 10);

    assertThat(lines.firstByte()).isEqualTo(3);
    assertThat(lines.endByte()).isEqualTo(13);
    assertThat(lines.texts()).containsExactly("cdef", "", "ghi");
  }

  @Test
  void theTraceIsThatOfTheWholeFileWhateverIsAskedOfIt() throws Exception {
    String digest =
        HexFormat.of()
            .formatHex(
                MessageDigest.getInstance("SHA-256")
                    .digest(TEXT.getBytes(StandardCharsets.ISO_8859_1)));

    assertThat(read(TEXT, 0, 0, 1).trace()).isEqualTo(new PairReader.Trace(digest, 13));
    assertThat(read(TEXT, 9, 9, 1).trace()).isEqualTo(new PairReader.Trace(digest, 13));
  }

  @Test
  void aLastLineWithoutItsEndEndsWithTheFile() throws IOException {
    SourceLines lines = read("ab\ncd", 1, 1, 1);

    assertThat(lines.firstByte()).isEqualTo(3);
    assertThat(lines.endByte()).isEqualTo(5);
    assertThat(lines.texts()).containsExactly("cd");
  }

  @Test
  void aRangeBeyondTheEndIsCutAndOneBehindItIsEmpty() throws IOException {
    assertThat(read(TEXT, 3, 8, 10))
        .returns(9L, SourceLines::firstByte)
        .returns(13L, SourceLines::endByte)
        .returns(List.of("ghi"), SourceLines::texts);
    assertThat(read(TEXT, 4, 8, 10))
        .returns(13L, SourceLines::firstByte)
        .returns(13L, SourceLines::endByte)
        .returns(List.of(), SourceLines::texts);
  }

  @Test
  void noMoreTextsAreKeptThanAskedFor() throws IOException {
    assertThat(read(TEXT, 0, 3, 2))
        .returns(List.of("ab", "cdef"), SourceLines::texts)
        .returns(13L, SourceLines::endByte);
  }

  @Test
  void linesOfAFileLongerThanTheWindowStandWhereTheyStand() throws IOException {
    String line = "x".repeat(99) + "\n";
    String text = line.repeat(10_000) + "needle\n" + line.repeat(10);

    SourceLines lines = read(text, 10_000, 10_000, 1);

    assertThat(lines.texts()).containsExactly("needle");
    assertThat(lines.firstByte()).isEqualTo(1_000_000);
    assertThat(lines.endByte()).isEqualTo(1_000_007);
    assertThat(lines.trace().bytes()).isEqualTo(text.length());
  }

  @Test
  void aLineTooLongForAnyRowEndsTheSearchAndNotTheDigest() throws IOException {
    String text = "ab\n" + "y".repeat(2 * LineBuffer.LONGEST_LINE) + "\ncd\n";

    SourceLines lines = read(text, 2, 2, 1);

    assertThat(lines.texts()).isEmpty();
    assertThat(lines.trace().bytes()).isEqualTo(text.length());
  }

  private static SourceLines read(String text, long first, long last, int most) throws IOException {
    return SourceLines.read(FILE, file -> TextPair.stream(text), first, last, most);
  }
}
