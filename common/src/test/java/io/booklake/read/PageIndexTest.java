package io.booklake.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.util.List;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where the index of a row group lies in a file. */
class PageIndexTest {
  private static final int NONE = (int) StoredChunk.NONE;
  private static final int LENGTH = 1_000;

  private static StoredChunk chunk(long ranges, int rangesBytes, long places, int placesBytes) {
    return new StoredChunk(
        CompressionCodecName.ZSTD, NONE, 4, 100, ranges, rangesBytes, places, placesBytes, null);
  }

  @Test
  void itIsTwoPiecesThatHoldEveryColumn() throws IOException {
    List<StoredChunk> chunks =
        List.of(chunk(500, 30, 700, 10), chunk(NONE, 0, 710, 20), chunk(530, 7, 730, 5));

    assertThat(PageIndex.spans(chunks, LENGTH))
        .containsExactly(new FileParts.Span(700, 35), new FileParts.Span(500, 37));
  }

  @Test
  void itIsOnePieceWhereTheFileDoesNotSayWhatPagesHold() throws IOException {
    List<StoredChunk> chunks = List.of(chunk(NONE, 0, 700, 10), chunk(NONE, 0, 710, 20));

    assertThat(PageIndex.spans(chunks, LENGTH)).containsExactly(new FileParts.Span(700, 30));
  }

  @Test
  void aFileThatDoesNotSayWherePagesLieIsRefused() {
    List<StoredChunk> chunks = List.of(chunk(500, 30, 700, 10), chunk(530, 30, NONE, 0));

    assertThatIOException()
        .isThrownBy(() -> PageIndex.spans(chunks, LENGTH))
        .withMessageContaining("no page index");
  }

  @ParameterizedTest
  @CsvSource({
    // In front of the file; behind it; of no bytes, or fewer; where no number of 64 bits reaches.
    "-2, 10",
    "995, 10",
    "700, 0",
    "700, -3",
    "9223372036854775800, 100",
  })
  void aPlaceThatIsNotInTheFileIsRefused(long offset, int length) {
    StoredChunk sound = chunk(500, 30, 720, 10);
    assertThatIOException()
        .isThrownBy(() -> PageIndex.spans(List.of(sound, chunk(NONE, 0, offset, length)), LENGTH))
        .withMessageContaining("damaged");
    assertThatIOException()
        .isThrownBy(() -> PageIndex.spans(List.of(sound, chunk(offset, length, 730, 10)), LENGTH))
        .withMessageContaining("damaged");
  }

  @Test
  void aPieceLongerThanAnyArrayIsRefused() {
    List<StoredChunk> chunks = List.of(chunk(NONE, 0, 0, 10), chunk(NONE, 0, 3L << 30, 10));

    assertThatIOException()
        .isThrownBy(() -> PageIndex.spans(chunks, 4L << 30))
        .withMessageContaining("damaged");
  }
}
