package io.booklake.format.lobster;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.booklake.model.Price;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LobsterWriterTest {
  @TempDir Path folder;

  private final ByteArrayOutputStream messages = new ByteArrayOutputStream();
  private final ByteArrayOutputStream books = new ByteArrayOutputStream();

  @Test
  void aRowIsWrittenAsLobsterWritesIt() throws Exception {
    EventBatch batch = batch(2, 34_200_015_105_074L);
    batch.askPrice[1][0] = Price.EMPTY_ASK;
    batch.bidPrice[1][0] = Price.EMPTY_BID;
    write(batch);
    assertThat(messages).hasToString("34200.015105074,4,15818974,4,5794000,-1\n");
    assertThat(books).hasToString("5798900,25,5794000,471,9999999999,0,-9999999999,0\n");
  }

  @ParameterizedTest
  @CsvSource({
    "34200000000000, 34200.000",
    "34200100000000, 34200.100",
    "34200123000000, 34200.123",
    "34200123400000, 34200.1234",
    "34200000000001, 34200.000000001",
    "34200189607670, 34200.18960767",
    "86400000000000, 86400.000",
    "1000000, 0.001"
  })
  void trailingZerosOfATimeAreStrippedDownToThreeDecimals(long timeNanos, String expected)
      throws Exception {
    write(batch(1, timeNanos));
    assertThat(messages.toString(US_ASCII)).startsWith(expected + ",4,");
  }

  @ParameterizedTest
  @ValueSource(
      longs = {
        0,
        9,
        10,
        99,
        100,
        101,
        999,
        1000,
        12_345,
        6_000_000_000L,
        9_999_999_998L,
        999_999_999_999_999_999L,
        1_000_000_000_000_000_000L,
        Long.MAX_VALUE,
        -1,
        -10,
        -Long.MAX_VALUE
      })
  void numbersOfEveryLengthAreWrittenWhole(long number) throws Exception {
    EventBatch batch = batch(2, 0);
    batch.orderId[0] = number;
    batch.askPrice[0][0] = number;
    batch.askSize[0][0] = number;
    batch.bidPrice[0][0] = number;
    batch.bidSize[0][0] = number;
    write(batch);
    assertThat(messages).hasToString("0.000,4," + number + ",4,5794000,-1\n");
    assertThat(books)
        .hasToString(number + "," + number + "," + number + "," + number + ",0,0,0,0\n");
  }

  @Test
  void aLevelThatChangesInOneNumberOnlyIsWrittenAnew() throws Exception {
    EventBatch batch = batch(1, 0);
    batch.rows = 3;
    long[] askPrices = {100, 100, 200};
    long[] askSizes = {1, 2, 2};
    for (int row = 0; row < 3; row++) {
      batch.askPrice[0][row] = askPrices[row];
      batch.askSize[0][row] = askSizes[row];
      batch.bidPrice[0][row] = 50;
      batch.bidSize[0][row] = 7;
    }
    write(batch);
    assertThat(books.toString(US_ASCII).lines())
        .containsExactly("100,1,50,7", "100,2,50,7", "200,2,50,7");
  }

  @Test
  void moreRowsThanTheBuffersHoldComeOutWhole() throws Exception {
    try (LobsterWriter writer = new LobsterWriter(messages, books, 3)) {
      for (int i = 0; i < 10_000; i++) {
        EventBatch batch = batch(3, i);
        batch.askSize[2][0] = i;
        writer.write(batch);
      }
    }
    List<String> messageLines = messages.toString(US_ASCII).lines().toList();
    List<String> bookLines = books.toString(US_ASCII).lines().toList();
    assertThat(messageLines).hasSize(10_000);
    assertThat(bookLines).hasSize(10_000);
    for (int i = 0; i < 10_000; i++) {
      assertThat(messageLines.get(i)).endsWith(",4,15818974,4,5794000,-1");
      assertThat(bookLines.get(i)).isEqualTo("5798900,25,5794000,471,0,0,0,0,0," + i + ",0,0");
    }
  }

  @Test
  void aBatchOfOtherLevelsIsRefused() throws Exception {
    try (LobsterWriter writer = new LobsterWriter(messages, books, 3)) {
      assertThatThrownBy(() -> writer.write(batch(2, 0)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("the pair has 3 levels, the batch 2");
    }
  }

  @Test
  void filesThatCannotBeCreatedAreReported() {
    Path nowhere = folder.resolve("missing/file");
    assertThatThrownBy(() -> LobsterWriter.create(nowhere, folder.resolve("books"), 1))
        .isInstanceOf(NoSuchFileException.class);
    assertThatThrownBy(() -> LobsterWriter.create(folder.resolve("messages"), nowhere, 1))
        .isInstanceOf(NoSuchFileException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"AAPL_2012-06-21_1", "GOOG_2012-06-21_10"})
  void aRealDayReadAndWrittenAgainIsTheSameText(String name) throws Exception {
    String archive = RealData.archive(name).toString();
    RealData.unpack(name, folder);
    Pair pair = PairDiscovery.find(new Configuration(), List.of(archive)).pairs().get(0);
    Path writtenMessages = folder.resolve("messages");
    Path writtenBooks = folder.resolve("books");
    try (PairReader reader =
            PairReader.open(
                pair,
                new HadoopSource(new Configuration()),
                PairReader.Projection.all(pair.tickerDay()));
        LobsterWriter writer =
            LobsterWriter.create(writtenMessages, writtenBooks, pair.tickerDay().levels())) {
      EventBatch batch = reader.newBatch();
      while (reader.read(batch)) {
        writer.write(batch);
      }
    }
    assertThat(Files.readAllLines(writtenMessages)).isEqualTo(lines("message"));
    assertThat(Files.readAllLines(writtenBooks)).isEqualTo(lines("orderbook"));
  }

  private List<String> lines(String kind) throws IOException {
    try (var matches = Files.newDirectoryStream(folder, "*_" + kind + "_*")) {
      return Files.readAllLines(matches.iterator().next());
    }
  }

  private void write(EventBatch batch) throws IOException {
    try (LobsterWriter writer = new LobsterWriter(messages, books, batch.levels)) {
      writer.write(batch);
    }
  }

  private static EventBatch batch(int levels, long timeNanos) {
    EventBatch batch = new EventBatch(levels, 3);
    batch.rows = 1;
    batch.timeNanos[0] = timeNanos;
    batch.type[0] = 4;
    batch.orderId[0] = 15_818_974;
    batch.size[0] = 4;
    batch.price[0] = 5_794_000;
    batch.direction[0] = -1;
    batch.askPrice[0][0] = 5_798_900;
    batch.askSize[0][0] = 25;
    batch.bidPrice[0][0] = 5_794_000;
    batch.bidSize[0][0] = 471;
    return batch;
  }
}
