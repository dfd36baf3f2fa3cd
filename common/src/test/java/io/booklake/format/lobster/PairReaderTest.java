package io.booklake.format.lobster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.booklake.format.lobster.PairReader.Projection;
import io.booklake.model.TickerDay;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PairReaderTest {
  private static final TickerDay DAY = new TickerDay(LocalDate.of(2012, 6, 21), "ABCD", 1);
  private static final String HIDDEN = "34200.1,5,0,10,1000250,1\n";
  private static final String BOOK = "3,1,1,1\n";
  private static final String WIDE = "1".repeat(LineBuffer.LONGEST_LINE) + "\n";

  private final List<String> closed = new ArrayList<>();

  @Test
  void aProjectionOfNothingIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Projection(false, 0, true))
        .withMessage("nothing to read: neither messages nor levels");
  }

  @Test
  void aDigestIsKnownAtTheEndOnly() throws Exception {
    try (PairReader reader =
        TextPair.reader(DAY, Projection.traced(DAY), HIDDEN.repeat(2000), BOOK.repeat(2000))) {
      EventBatch batch = reader.newBatch();
      assertThat(reader.read(batch)).isTrue();
      assertThatIllegalStateException().isThrownBy(reader::messageTrace);
      assertThat(reader.read(batch)).isTrue();
      assertThat(reader.read(batch)).isFalse();
      assertThat(reader.read(batch)).isFalse();
      assertThat(reader.messageTrace().bytes()).isEqualTo(2000L * HIDDEN.length());
      assertThat(reader.orderbookTrace().bytes()).isEqualTo(2000L * BOOK.length());
    }
  }

  @Test
  void aPairThatFillsItsLastBatchEndsWithAnEmptyOne() throws Exception {
    try (PairReader reader = TextPair.reader(DAY, HIDDEN.repeat(6), BOOK.repeat(6))) {
      EventBatch batch = new EventBatch(1, 3);
      assertThat(reader.read(batch)).isTrue();
      assertThat(reader.read(batch)).isTrue();
      assertThat(batch.firstIndex).isEqualTo(3);
      assertThat(batch.rows).isEqualTo(3);
      assertThat(reader.read(batch)).isFalse();
      assertThat(batch.rows).isZero();
    }
  }

  @Test
  void aLineThatIsTooLongIsRefusedWhereItIsPassedOverToo() throws Exception {
    assertThat(skipping(HIDDEN + WIDE, BOOK.repeat(2)).file()).isEqualTo("message");
    assertThat(skipping(HIDDEN.repeat(2), BOOK + WIDE).file()).isEqualTo("orderbook");
  }

  private static Rejection skipping(String message, String orderbook) throws IOException {
    try (PairReader reader = TextPair.reader(DAY, message, orderbook)) {
      Rejection rejection =
          catchThrowableOfType(RejectedException.class, () -> reader.skip(2)).rejection();
      assertThat(rejection.reason()).isEqualTo(Reason.LINE_TOO_LONG);
      assertThat(rejection.line()).isEqualTo(2);
      return rejection;
    }
  }

  @Test
  void aLevelThatIsNotAskedForIsNotParsed() throws Exception {
    TickerDay day = new TickerDay(DAY.tradeDate(), "ABCD", 2);
    Projection best = new Projection(false, 1, false);
    try (PairReader reader = TextPair.reader(day, best, "", "3,1,1,1,5,1,0,1\n3,1,1,1,x\n")) {
      EventBatch batch = reader.newBatch();
      assertThat(reader.read(batch)).isTrue();
      assertThat(batch.rows).isEqualTo(2);
    }
    assertThat(only(day, best, "3,1,1,1\n").reason()).isEqualTo(Reason.LEVELS_DISAGREE);
    assertThat(only(day, best, "3,1,1,1,5,1,0,1\n3,1,1,1\n").reason())
        .isEqualTo(Reason.COLUMN_COUNT);
    assertThat(only(day, best, "3,1,1,1,5,1,0,1\n3,1,1,1," + WIDE).reason())
        .isEqualTo(Reason.LINE_TOO_LONG);
  }

  @Test
  void aLastRowThatIsShorterThanTheOneBeforeMayEndWithTheBuffer() throws Exception {
    // As much as is taken in at once, so that the end of the file is met with it.
    int buffer = (1 << 18) - 2;
    String last = "1000500,1,1000000,1,1000600,1,999900,1";
    String row = "1000500,2147483647,1000000,2147483647,1000600,2147483647,999900,2147483647\n";
    int rows = (buffer - last.length()) / row.length();
    int zeros = (buffer - last.length()) % row.length();
    // Zeros in front fill what is left, as many in each number as it may have.
    StringBuilder first = new StringBuilder();
    for (String number : row.split(",", -1)) {
      int most = Math.min(zeros, 18 - number.strip().length());
      first.append(first.isEmpty() ? "" : ",").append("0".repeat(most)).append(number);
      zeros -= most;
    }
    String text = first + row.repeat(rows - 1) + last;
    assertThat(text).hasSize(buffer);
    TickerDay day = new TickerDay(DAY.tradeDate(), "ABCD", 2);
    long read = 0;
    try (PairReader reader = TextPair.reader(day, new Projection(false, 2, false), "", text)) {
      for (EventBatch batch = reader.newBatch(); reader.read(batch); ) {
        read += batch.rows;
      }
    }
    assertThat(read).isEqualTo(rows + 1);
  }

  @Test
  void anEventInTheOrderbookFileIsNamedEvenWhereTheMessagesAreNotRead() {
    Projection best = new Projection(false, 1, false);
    assertThat(only(DAY, best, HIDDEN).reason()).isEqualTo(Reason.SWAPPED_FILES);
    assertThat(only(DAY, best, HIDDEN.replace("\n", ",null\n")).reason())
        .isEqualTo(Reason.SWAPPED_FILES);
  }

  private static Rejection only(TickerDay day, Projection projection, String orderbook) {
    return catchThrowableOfType(
            RejectedException.class,
            () -> {
              try (PairReader reader = TextPair.reader(day, projection, "", orderbook)) {
                reader.read(reader.newBatch());
              }
            })
        .rejection();
  }

  @Test
  void bothFilesAreClosedWithTheReader() throws Exception {
    SourceFile message = new SourceFile("message", null, 0, 0);
    SourceFile orderbook = new SourceFile("orderbook", null, 0, 0);
    Pair pair = new Pair(DAY, 0, 1, message, orderbook);
    SourceOpener files = file -> closing(file.uri(), file.equals(message) ? HIDDEN : BOOK, null);
    PairReader.open(pair, files, Projection.all(DAY)).close();
    assertThat(closed).containsExactly("message", "orderbook");
    closed.clear();
    PairReader.open(pair, files, new Projection(true, 0, false)).close();
    assertThat(closed).containsExactly("message");
    closed.clear();
    PairReader.open(pair, files, new Projection(false, 1, false)).close();
    assertThat(closed).containsExactly("orderbook");
  }

  @Test
  void theMessageFileIsClosedWhereTheOrderbookFileCannotBeOpened() {
    SourceFile message = new SourceFile("message", null, 0, 0);
    SourceFile orderbook = new SourceFile("orderbook", null, 0, 0);
    Pair pair = new Pair(DAY, 0, 1, message, orderbook);
    SourceOpener files =
        file -> {
          if (file.equals(orderbook)) {
            throw new IOException("locked");
          }
          return closing("message", HIDDEN, null);
        };
    assertThatThrownBy(() -> PairReader.open(pair, files, Projection.all(DAY)))
        .hasMessage("locked");
    assertThat(closed).containsExactly("message");
    assertThatThrownBy(() -> PairReader.open(pair, files, new Projection(false, 1, false)))
        .hasMessage("locked");
  }

  @Test
  void bothFilesAreClosedWhereTheFirstRowsAreWrongAndWhatFailsThenIsKept() {
    assertThatThrownBy(
            () ->
                new PairReader(
                    DAY,
                    Projection.all(DAY),
                    "message",
                    closing("message", "", new IOException("stuck")),
                    "orderbook",
                    closing("orderbook", BOOK, null)))
        .isInstanceOf(RejectedException.class)
        .hasMessageStartingWith("EMPTY_FILE: message: found an empty file")
        .satisfies(failure -> assertThat(failure.getSuppressed()[0]).hasMessage("stuck"));
    assertThat(closed).containsExactly("message", "orderbook");
  }

  private InputStream closing(String name, String text, IOException failure) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.US_ASCII)) {
      @Override
      public void close() throws IOException {
        closed.add(name);
        if (failure != null) {
          throw failure;
        }
      }
    };
  }
}
