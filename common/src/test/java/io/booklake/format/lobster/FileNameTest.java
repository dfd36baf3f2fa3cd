package io.booklake.format.lobster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import io.booklake.model.TickerDay;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FileNameTest {
  private static final String GOOG = "GOOG_2012-06-21_34200000_57600000_message_10.csv";
  private static final TickerDay DAY = new TickerDay(LocalDate.of(2012, 6, 21), "GOOG", 10);

  @ParameterizedTest
  @ValueSource(strings = {GOOG, GOOG + ".gz"})
  void aNameSaysTickerDateSessionKindAndLevels(String name) {
    assertThat(FileName.parse(name))
        .hasValue(new FileName(DAY, 34_200_000, 57_600_000, FileName.Kind.MESSAGE));
  }

  @Test
  void theOtherHalfDiffersInItsKindAlone() {
    FileName message = FileName.parse(GOOG).orElseThrow();
    assertThat(message).hasToString(GOOG);
    assertThat(message.other()).hasToString(GOOG.replace("message", "orderbook"));
    assertThat(message.other().other()).isEqualTo(message);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "LOBSTER_SampleFiles_ReadMe.txt",
        "GOOG_2012-06-21_34200000_57600000_message_10",
        "GOOG_2012-06-21_34200000_57600000_message_10.csv.zip",
        "GOOG_2012-06-21_34200000_57600000_messages_10.csv",
        "GOOG_2012-06-21_34200000_57600000_Message_10.csv",
        "GOOG_2012-06-21_34200000_57600000_message_10.CSV",
        "GOOG_2012-06-31_34200000_57600000_message_10.csv",
        "GOOG_2012-02-30_34200000_57600000_message_10.csv",
        "GOOG_0000-01-03_34200000_57600000_message_10.csv",
        "GOOG_1969-12-31_34200000_57600000_message_10.csv",
        "goog_2012-06-21_34200000_57600000_message_10.csv",
        "GO OG_2012-06-21_34200000_57600000_message_10.csv",
        "GOOG_2012-06-21_34200000_34200000_message_10.csv",
        "GOOG_2012-06-21_34200000_99999999_message_10.csv",
        "GOOG_2012-06-21_34200000_57600000_message_0.csv",
        "GOOG_2012-06-21_34200000_57600000_message_201.csv",
        "GOOG_2012-06-21_34200000_57600000_message_99999.csv",
        "a/GOOG_2012-06-21_34200000_57600000_message_10.csv"
      })
  void aNameThatIsWrongInAnyPartSaysNothing(String name) {
    assertThat(FileName.parse(name)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "GOOG_2012-06-31_34200000_57600000_message_10.csv|found 2012-06-31, expected a trade date",
        "GOOG_0000-01-03_34200000_57600000_message_10.csv|found 0000-01-03, expected a trade date",
        "goog_2012-06-21_34200000_57600000_message_10.csv|not a ticker: 'goog', expected 1 to 16 of",
        "GOOG_2012-06-21_34200000_34200000_message_10.csv|start before end, found 34200000, 34200000",
        "GOOG_2012-06-21_34200000_57600000_message_201.csv|levels must be 1 to 200, found 201",
      })
  void whatIsSaidOfANameThatCannotBeReadNamesThePartThatIsWrong(String name, String part) {
    assertThat(FileName.expected(name))
        .startsWith("a name like " + GOOG + "; in this one: ")
        .contains(part);
  }

  @Test
  void whatIsSaidOfANameOfAnotherShapeIsAnExample() {
    assertThat(FileName.expected(GOOG.replace("message", "messages")))
        .isEqualTo("a name like " + GOOG);
  }

  @ParameterizedTest
  @CsvSource({
    "GOOG_message_10.csv, true",
    "GOOG_2012_orderbook_.csv.gz, true",
    "GOOG_message.csv, false",
    "message_10.csv, false",
    "GOOG_message_10.txt, false",
    "GOOG_2012-06-21_34200000_57600000_message_10.CSV, true",
    "GOOG_2012-06-21_34200000_57600000_Message_10.csv, true",
    "GOOG_2012-06-21_34200000_57600000_message_10.txt, true",
    "GOOG_2012-06-21_34200000_57600000_message.csv, true",
    "GOOG_2012-06-21_34200000_57600000_orderbook_10.csv.zst, true",
    "GOOG_2012-06-21_34200000_57600000_orderbook_10.csv.md5, false",
    "GOOG_2012-06-21_message_readme.txt, false",
    "GOOG_2012-06-21_34200000_57600000_orderbook_10.csv.part, false",
    "ReadMe.txt, false"
  })
  void aNameMayBeMeantThoughItIsWrong(String name, boolean meant) {
    assertThat(FileName.looksMeant(name)).isEqualTo(meant);
  }

  @ParameterizedTest
  @CsvSource({
    "GOOG_2012-06-21_34200000_57600000_10.7z, true",
    "GOOG_2012-06-21.tar.gz, true",
    "orderbook.RAR, true",
    "GOOG_2012-06-21_34200000_57600000_message_10.csv.zip, true",
    "photos.zip, false",
    "GOOG_2012-06-21.tar.gz.md5, false",
    "GOOG_2012-06-21_34200000_57600000_message_10.csv.gz, false",
  })
  void anArchiveIsMeantIfItsNameHasADateOrAKind(String name, boolean meant) {
    assertThat(FileName.looksLikeAnArchive(name)).isEqualTo(meant);
  }

  @ParameterizedTest
  @CsvSource({"-1, 5", "5, 5", "6, 5", "0, 86400001"})
  void aSessionLiesWithinADay(int start, int end) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new FileName(DAY, start, end, FileName.Kind.MESSAGE))
        .withMessage(
            "start and end must be milliseconds after midnight, start before end, found "
                + start
                + ", "
                + end);
  }

  @Test
  void aWholeDayIsASession() {
    assertThat(new FileName(DAY, 0, FileName.MILLIS_PER_DAY, FileName.Kind.ORDERBOOK))
        .hasToString("GOOG_2012-06-21_0_86400000_orderbook_10.csv");
  }

  @Test
  void nothingMayBeMissing() {
    assertThatNullPointerException()
        .isThrownBy(() -> new FileName(null, 0, 1, FileName.Kind.MESSAGE))
        .withMessage("tickerDay");
    assertThatNullPointerException()
        .isThrownBy(() -> new FileName(DAY, 0, 1, null))
        .withMessage("kind");
  }
}
