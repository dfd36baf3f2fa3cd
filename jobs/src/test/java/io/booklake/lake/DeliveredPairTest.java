package io.booklake.lake;

import static org.assertj.core.api.Assertions.assertThat;

import io.booklake.format.lobster.Pair;
import io.booklake.format.lobster.SourceFile;
import io.booklake.lake.DeliveredPair.DeliveredFile;
import io.booklake.model.TickerDay;
import java.time.Instant;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A pair is passed over unread only where each of its files is in all respects as it was. */
class DeliveredPairTest {
  private static final Instant WRITTEN = Instant.parse("2024-03-05T01:02:05Z");
  private static final DeliveredFile MESSAGE = new DeliveredFile("a.csv", 90, 30L, WRITTEN);
  private static final DeliveredFile BOOK = new DeliveredFile("b.csv", 80, 40L, WRITTEN);

  @ParameterizedTest
  @CsvSource({
    "a.csv, 30,  0, b.csv, 40,  0, true",
    "c.csv, 30,  0, b.csv, 40,  0, false",
    "a.csv, 31,  0, b.csv, 40,  0, false",
    "a.csv, 30,  1, b.csv, 40,  0, false",
    "a.csv, 30, -1, b.csv, 40,  0, false",
    "a.csv, 30,  0, c.csv, 40,  0, false",
    "a.csv, 30,  0, b.csv, 30,  0, false",
    "a.csv, 30,  0, b.csv, 40,  1, false"
  })
  void anotherPlaceSizeOrTimeOfEitherFileMakesAnotherPair(
      String message,
      long messageBytes,
      long messageMillis,
      String book,
      long bookBytes,
      long bookMillis,
      boolean isSame) {
    assertThat(
            new DeliveredPair(MESSAGE, BOOK)
                .isOf(
                    pair(
                        file(message, messageBytes, messageMillis),
                        file(book, bookBytes, bookMillis))))
        .isEqualTo(isSame);
  }

  @Test
  void aFileOfWhichSizeOrTimeIsNotKnownIsNeverTheSame() {
    Pair pair = pair(file("a.csv", 30, 0), file("b.csv", 40, 0));

    assertThat(new DeliveredPair(new DeliveredFile("a.csv", 30, null, WRITTEN), BOOK).isOf(pair))
        .isFalse();
    assertThat(new DeliveredPair(MESSAGE, new DeliveredFile("b.csv", 40, 40L, null)).isOf(pair))
        .isFalse();
  }

  private static SourceFile file(String name, long bytes, long millisLater) {
    return new SourceFile(name, null, bytes, WRITTEN.plusMillis(millisLater).toEpochMilli());
  }

  private static Pair pair(SourceFile message, SourceFile book) {
    return new Pair(new TickerDay(LocalDate.of(2012, 6, 21), "ABCD", 1), 0, 1, message, book);
  }
}
