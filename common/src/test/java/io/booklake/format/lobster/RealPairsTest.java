package io.booklake.format.lobster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RealPairsTest {
  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "AAPL_2012-06-21_1, 118497, 54818, 252, 28437, 23658, 11332",
    "AMZN_2012-06-21_5, 155935, 77381, 450, 66685, 8974, 2445",
    "GOOG_2012-06-21_10, 147916, 71258, 19, 64961, 7765, 3913"
  })
  void everyFieldOfAFullDayIsReadInPlaceFromItsArchiveAndEveryRowFollowsFromTheOneBefore(
      String name,
      long rows,
      long submissions,
      long cancels,
      long deletes,
      long executions,
      long hidden)
      throws Exception {
    Pair pair = only(RealData.archive(name));
    RealData.unpack(name, folder);
    PairQuality quality = new PairQuality(pair.tickerDay().levels());
    try (PairReader reader = open(pair);
        BufferedReader messages = Files.newBufferedReader(only(folder, "*_message_*"));
        BufferedReader books = Files.newBufferedReader(only(folder, "*_orderbook_*"))) {
      EventBatch batch = reader.newBatch();
      while (reader.read(batch)) {
        quality.add(batch);
        for (int row = 0; row < batch.rows; row++) {
          assertThat(message(batch, row)).isEqualTo(withNanos(messages.readLine()));
          assertThat(book(batch, row)).isEqualTo(books.readLine());
        }
      }
      assertThat(messages.readLine()).isNull();
    }
    assertThat(quality.rows()).isEqualTo(rows);
    assertThat(List.of(1, 2, 3, 4, 5).stream().map(type -> quality.events(type.byteValue())))
        .containsExactly(submissions, cancels, deletes, executions, hidden);
    assertThat(quality.brokenTransitions()).isZero();
    assertThat(quality.crossedRows()).isZero();
  }

  @Test
  void theOpeningCrossOfTheTeslaSliceLeavesTheBookAsItWas() throws Exception {
    Pair pair = only(RealData.folder().resolve("LOBSTER_SampleFile_TSLA_2015-01-07_10"));
    PairQuality quality = new PairQuality(10);
    try (PairReader reader = open(pair)) {
      EventBatch batch = reader.newBatch();
      while (reader.read(batch)) {
        quality.add(batch);
      }
    }
    assertThat(quality.rows()).isEqualTo(50);
    assertThat(quality.events((byte) 6)).isEqualTo(1);
    assertThat(quality.brokenTransitions()).isZero();
  }

  @Test
  void aMessageFileWithoutItsOrderbookFileIsReported() throws Exception {
    PairDiscovery.Found found =
        PairDiscovery.find(
            new Configuration(), List.of(RealData.folder().resolve("unpaired").toString()));
    assertThat(found.pairs()).isEmpty();
    assertThat(found.rejected())
        .singleElement()
        .satisfies(
            rejected -> {
              assertThat(rejected.rejection().reason()).isEqualTo(Reason.MISSING_ORDERBOOK_FILE);
              assertThat(rejected.name().tickerDay().ticker()).isEqualTo("AMZN");
            });
  }

  private static Pair only(Path place) throws Exception {
    PairDiscovery.Found found = PairDiscovery.find(new Configuration(), List.of(place.toString()));
    assertThat(found.rejected()).isEmpty();
    assertThat(found.pairs()).hasSize(1);
    return found.pairs().get(0);
  }

  private static Path only(Path folder, String glob) throws Exception {
    try (var matches = Files.newDirectoryStream(folder, glob)) {
      return matches.iterator().next();
    }
  }

  private static PairReader open(Pair pair) throws Exception {
    return PairReader.open(
        pair, new HadoopSource(new Configuration()), PairReader.Projection.all(pair.tickerDay()));
  }

  private static String message(EventBatch batch, int row) {
    return batch.timeNanos[row]
        + ","
        + batch.type[row]
        + ","
        + batch.orderId[row]
        + ","
        + batch.size[row]
        + ","
        + batch.price[row]
        + ","
        + batch.direction[row];
  }

  /** The line with its time replaced by nanoseconds, by the slow and obvious way. */
  private static String withNanos(String line) {
    int comma = line.indexOf(',');
    return new BigDecimal(line.substring(0, comma))
            .setScale(9, RoundingMode.HALF_UP)
            .unscaledValue()
        + line.substring(comma);
  }

  private static String book(EventBatch batch, int row) {
    StringBuilder line = new StringBuilder();
    for (int level = 0; level < batch.levels; level++) {
      line.append(level == 0 ? "" : ",")
          .append(batch.askPrice[level][row])
          .append(',')
          .append(batch.askSize[level][row])
          .append(',')
          .append(batch.bidPrice[level][row])
          .append(',')
          .append(batch.bidSize[level][row]);
    }
    return line.toString();
  }
}
