package io.booklake.format.lobster;

import static org.assertj.core.api.Assertions.assertThat;

import io.booklake.model.TickerDay;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.LocalDate;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InspectionTest {
  private static final TickerDay DAY = new TickerDay(LocalDate.of(2012, 6, 21), "ABCD", 1);
  private static final SourceFile MESSAGE = new SourceFile("m.zip", "message", 1, 1);
  private static final SourceFile ORDERBOOK = new SourceFile("orderbook", null, 1, 1);
  private static final Pair PAIR = new Pair(DAY, 0, 1, MESSAGE, ORDERBOOK);
  private static final Inspection.Limits STRICT = new Inspection.Limits(0, 0);
  private static final String HIDDEN = "34200.1,5,0,10,1000250,1\n";
  private static final String BOOK = "3,1,1,1\n";

  @Test
  void aSoundPairComesWithItsFiguresAndTheDigestsOfItsText() throws Exception {
    Inspection inspection = inspect(HIDDEN.repeat(3), BOOK.repeat(3), STRICT, null);
    assertThat(inspection.rejection()).isNull();
    assertThat(inspection.isUnchanged()).isFalse();
    assertThat(inspection.pair()).isEqualTo(PAIR);
    assertThat(inspection.quality().rows()).isEqualTo(3);
    assertThat(inspection.message())
        .isEqualTo(new PairReader.Trace(sha256(HIDDEN.repeat(3)), 3L * HIDDEN.length()));
    assertThat(inspection.orderbook())
        .isEqualTo(new PairReader.Trace(sha256(BOOK.repeat(3)), 3L * BOOK.length()));
  }

  @Test
  void aPairWhoseBytesAreKnownIsUnchangedAndIsNotParsed() throws Exception {
    Inspection.Known known = new Inspection.Known(sha256("no row"), sha256("no book"));
    Inspection inspection = inspect("no row", "no book", STRICT, known);
    assertThat(inspection.isUnchanged()).isTrue();
    assertThat(inspection.message().bytes()).isEqualTo(6);
    assertThat(inspection.orderbook().sha256()).isEqualTo(known.orderbook());
  }

  @ParameterizedTest
  @CsvSource({"true, false", "false, true", "false, false"})
  void aPairOfWhichEitherFileIsNewIsRead(boolean messageKnown, boolean orderbookKnown)
      throws Exception {
    Inspection.Known known =
        new Inspection.Known(
            messageKnown ? sha256(HIDDEN) : "old", orderbookKnown ? sha256(BOOK) : "old");
    Inspection inspection = inspect(HIDDEN, BOOK, STRICT, known);
    assertThat(inspection.isUnchanged()).isFalse();
    assertThat(inspection.quality().rows()).isEqualTo(1);
  }

  @Test
  void brokenTransitionsAreLetThroughUpToTheConfiguredShare() {
    String books = BOOK.repeat(9) + "4,1,1,1\n";
    assertThat(inspect(HIDDEN.repeat(10), books, new Inspection.Limits(0.1, 0), null))
        .satisfies(
            at -> {
              assertThat(at.rejection()).isNull();
              assertThat(at.quality().brokenTransitions()).isEqualTo(1);
            });
    Rejection above =
        inspect(HIDDEN.repeat(10), books, new Inspection.Limits(0.0999, 0), null).rejection();
    assertThat(above.reason()).isEqualTo(Reason.BROKEN_TRANSITIONS);
    assertThat(above.line()).isEqualTo(10);
    assertThat(above.expected()).isEqualTo("at most a share of 0.0999");
  }

  @Test
  void crossedRowsAreLetThroughUpToTheConfiguredShare() {
    String crossed = "3,1,3,1\n";
    String books = crossed.repeat(2) + BOOK.repeat(6);
    Inspection at = inspect(HIDDEN.repeat(8), books, new Inspection.Limits(1, 0.25), null);
    assertThat(at.rejection()).isNull();
    assertThat(at.quality().crossedRows()).isEqualTo(2);
    Rejection above =
        inspect(HIDDEN.repeat(8), books, new Inspection.Limits(1, 0.2499), null).rejection();
    assertThat(above.reason()).isEqualTo(Reason.CROSSED_BOOK);
    assertThat(above.found()).isEqualTo("2 of 8 rows with a bid at or above the ask");
  }

  @Test
  void aReadThatFailsHalfwayIsUnreadableAndNamesItsFile() {
    Inspection inspection =
        Inspection.of(
            PAIR,
            file -> file.equals(MESSAGE) ? failing(HIDDEN) : TextPair.stream(BOOK),
            STRICT,
            null,
            Inspection.EventSink.NONE);
    assertThat(inspection.rejection().reason()).isEqualTo(Reason.UNREADABLE);
    assertThat(inspection.rejection().file()).isEqualTo("m.zip!/message");
    assertThat(inspection.rejection().found())
        .isEqualTo("java.io.IOException: cable pulled after " + HIDDEN.length() + " bytes");
  }

  @Test
  void aFileSystemThatFailsIsUnreadable() {
    Inspection inspection =
        Inspection.of(
            PAIR,
            file -> {
              throw new IOException("no network");
            },
            STRICT,
            null,
            Inspection.EventSink.NONE);
    assertThat(inspection.rejection().reason()).isEqualTo(Reason.UNREADABLE);
    assertThat(inspection.rejection().found()).isEqualTo("java.io.IOException: no network");
    assertThat(inspection.isUnchanged()).isFalse();
  }

  private static InputStream failing(String text) {
    return new FilterInputStream(TextPair.stream(text)) {
      @Override
      public int read(byte[] target, int offset, int length) throws IOException {
        int count = super.read(target, offset, length);
        if (count < 0) {
          throw new IOException("cable pulled");
        }
        return count;
      }
    };
  }

  private static Inspection inspect(
      String message, String orderbook, Inspection.Limits limits, Inspection.Known known) {
    return Inspection.of(
        PAIR,
        file -> TextPair.stream(file.equals(MESSAGE) ? message : orderbook),
        limits,
        known,
        Inspection.EventSink.NONE);
  }

  private static String sha256(String text) throws Exception {
    return HexFormat.of()
        .formatHex(
            MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.US_ASCII)));
  }
}
