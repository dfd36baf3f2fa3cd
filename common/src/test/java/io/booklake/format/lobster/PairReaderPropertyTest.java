package io.booklake.format.lobster;

import static org.assertj.core.api.Assertions.assertThat;

import io.booklake.format.lobster.PairReader.Projection;
import io.booklake.model.TickerDay;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The parser against its slow, obvious twin: split and BigDecimal. */
class PairReaderPropertyTest {
  /** What a fresh {@link LineBuffer} takes in at once. */
  private static final int BUFFER_BYTES = (1 << 18) - 1;

  @Property(tries = 300, seed = "1")
  void everyFieldOfASoundPairIsReadHoweverItsBytesArrive(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 4000) int longestPart)
      throws IOException {
    Random random = new Random(seed);
    RandomPair pair = new RandomPair(seed, 1 + random.nextInt(60));
    Projection projection = Projection.all(pair.tickerDay);
    try (PairReader reader =
        new PairReader(
            pair.tickerDay,
            projection,
            "message",
            TextPair.inParts(pair.messageText(), longestPart, random),
            "orderbook",
            TextPair.inParts(pair.orderbookText(), longestPart, random))) {
      assertThat(rows(reader, new EventBatch(pair.tickerDay.levels(), 7), projection))
          .isEqualTo(twin(pair, projection, 0));
    }
  }

  @Property(tries = 200, seed = "6")
  void whatTheReaderSaysDidNotChangeIsAsInTheRowBefore(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 5) int read) throws IOException {
    Random random = new Random(seed);
    int levels = 5;
    TickerDay day = new TickerDay(LocalDate.of(2012, 6, 21), "SIMA", levels);
    long[] sizes = random.longs(2L * levels, 1, 200).toArray();
    int shift = 0;
    StringBuilder text = new StringBuilder();
    // More than one buffer, so that it is filled again in between.
    int rows = 4_000;
    for (int row = 0; row < rows; row++) {
      switch (random.nextInt(4)) {
        case 0 -> shift += random.nextInt(3) - 1;
        case 1, 2 -> sizes[random.nextInt(sizes.length)] = 1L + random.nextInt(200);
        default -> {}
      }
      for (int level = 0; level < levels; level++) {
        long ask = 1_000_000 + 100L * (shift + level);
        long bid = 900_000L - 100L * level;
        text.append(ask).append(',').append(sizes[2 * level]).append(',').append(bid);
        text.append(',').append(sizes[2 * level + 1]).append(level < levels - 1 ? ',' : '\n');
      }
    }
    String messages = "34200.1,5,0,10,1000250,1\n".repeat(rows);
    long narrow = 0;
    try (PairReader reader =
        TextPair.reader(day, new Projection(true, read, false), messages, text.toString())) {
      EventBatch batch = reader.newBatch();
      long[][] before = new long[read][4];
      while (reader.read(batch)) {
        for (int row = 0; row < batch.rows; row++) {
          narrow += batch.changedTo[row] - batch.changedFrom[row] <= 1 ? 1 : 0;
          for (int level = 0; level < read; level++) {
            long[] now = {
              batch.askPrice[level][row],
              batch.askSize[level][row],
              batch.bidPrice[level][row],
              batch.bidSize[level][row]
            };
            if (level < batch.changedFrom[row] || level >= batch.changedTo[row]) {
              assertThat(now).isEqualTo(before[level]);
            }
            before[level] = now;
          }
        }
      }
    }
    assertThat(narrow)
        .as("rows of which it says that one level changed, or none")
        .isGreaterThan(rows / 2);
  }

  @Property(tries = 300, seed = "2")
  void aProjectionReadsItsColumnsAndSkippingLeavesOutTheFirstRows(
      @ForAll long seed,
      @ForAll boolean messages,
      @ForAll @IntRange(max = 5) int levels,
      @ForAll @IntRange(max = 70) int skipped)
      throws IOException {
    RandomPair pair = new RandomPair(seed, 50);
    Projection projection = new Projection(messages || levels == 0, levels, false);
    try (PairReader reader =
        TextPair.reader(pair.tickerDay, projection, pair.messageText(), pair.orderbookText())) {
      reader.skip(skipped);
      assertThat(rows(reader, reader.newBatch(), projection))
          .isEqualTo(twin(pair, projection, skipped));
    }
  }

  @Property(tries = 25, seed = "3")
  void aRowMayLieAnywhereAcrossTheEndOfTheBuffer(
      @ForAll long seed, @ForAll @IntRange(min = -40, max = 40) int beyond) throws IOException {
    RandomPair pair = new RandomPair(seed, 9_000);
    keep(pair, BUFFER_BYTES + beyond);
    Projection projection = new Projection(true, 1, false);
    try (PairReader reader =
        TextPair.reader(pair.tickerDay, projection, pair.messageText(), pair.orderbookText())) {
      assertThat(rows(reader, reader.newBatch(), projection)).isEqualTo(twin(pair, projection, 0));
    }
  }

  @ParameterizedTest
  @MethodSource("lengthsAroundThatOfTheBuffer")
  void theLastNumberMayEndWithTheBuffer(int length) throws IOException {
    String row = "34200,1,11,100,1000000,1\n";
    int before = length / row.length() - 1;
    int zeros = length - before * row.length() - row.length() + 1;
    int ofOrderId = Math.min(zeros, 16);
    String last =
        "34200,1,%s11,%s100,1000000,1"
            .formatted("0".repeat(ofOrderId), "0".repeat(zeros - ofOrderId));
    String messages = row.repeat(before) + last;
    assertThat(messages).hasSize(length);
    TickerDay day = new TickerDay(LocalDate.of(2012, 6, 21), "LAST", 1);
    List<Long> directions = new ArrayList<>();
    try (PairReader reader =
        TextPair.reader(
            day, messages, "1000500,50,1000000,100\n".repeat(before) + "1000500,50,1000000,100")) {
      EventBatch batch = reader.newBatch();
      while (reader.read(batch)) {
        for (int i = 0; i < batch.rows; i++) {
          directions.add((long) batch.direction[i]);
        }
      }
    }
    assertThat(directions).hasSize(before + 1).containsOnly(1L);
  }

  static IntStream lengthsAroundThatOfTheBuffer() {
    return IntStream.rangeClosed(BUFFER_BYTES - 12, BUFFER_BYTES + 3);
  }

  /** Leaves so many rows that the message file is about so long, its last line whole. */
  private static void keep(RandomPair pair, int bytes) {
    int rows = 0;
    for (int length = 0; length < bytes && rows < pair.messages.size(); rows++) {
      length += pair.messages.get(rows).length() + 1;
    }
    assertThat(rows).isLessThan(pair.messages.size());
    pair.messages.subList(rows, pair.messages.size()).clear();
    pair.books.subList(rows, pair.books.size()).clear();
  }

  @Property(tries = 2000, seed = "4")
  void oneWrongByteIsEitherHarmlessOrNamedByItsFileAndLine(@ForAll long seed) {
    Random random = new Random(seed);
    RandomPair pair = new RandomPair(seed, 1 + random.nextInt(20));
    boolean inMessage = random.nextBoolean();
    String message = pair.messageText();
    String orderbook = pair.orderbookText();
    Inspection inspection =
        inspect(
            pair.tickerDay,
            inMessage ? damaged(message, random) : message,
            inMessage ? orderbook : damaged(orderbook, random));
    Rejection rejection = inspection.rejection();
    if (rejection == null) {
      assertThat(inspection.quality().rows()).isPositive();
    } else {
      assertThat(rejection.file()).isIn("message", "orderbook");
      assertThat(rejection.line()).isBetween(0L, pair.messages.size() + 1L);
    }
  }

  @Property(tries = 100, seed = "5")
  void theReasonOfALongLineDoesNotHangOnItsPlaceInTheFile(
      @ForAll long seed, @ForAll @IntRange(max = 9000) int row) {
    Random random = new Random(seed);
    boolean tooLong = random.nextBoolean();
    int length = LineBuffer.LONGEST_LINE + (tooLong ? random.nextInt(200_000) : -1);
    String sound = "34200.1,5,0,10,1000250,1\n";
    String text = sound.repeat(row) + "9".repeat(length) + "\n" + sound;
    Inspection inspection =
        inspect(
            new TickerDay(LocalDate.of(2012, 6, 21), "LONG", 1), text, "2,1,1,1\n".repeat(row + 2));
    assertThat(inspection.rejection().reason())
        .isEqualTo(tooLong ? Reason.LINE_TOO_LONG : Reason.COLUMN_COUNT);
    assertThat(inspection.rejection().line()).isEqualTo(row + 1);
  }

  private static String damaged(String text, Random random) {
    char[] bytes = text.toCharArray();
    String likely = "0123456789-.,\n\r\0 +eN";
    bytes[random.nextInt(bytes.length)] =
        random.nextInt(4) == 0
            ? (char) random.nextInt(256)
            : likely.charAt(random.nextInt(likely.length()));
    return new String(bytes);
  }

  private static Inspection inspect(TickerDay tickerDay, String message, String orderbook) {
    SourceFile messageFile = new SourceFile("message", null, message.length(), 0);
    SourceFile orderbookFile = new SourceFile("orderbook", null, orderbook.length(), 0);
    return Inspection.of(
        new Pair(tickerDay, 0, FileName.MILLIS_PER_DAY, messageFile, orderbookFile),
        file -> TextPair.stream(file.equals(messageFile) ? message : orderbook),
        new Inspection.Limits(1, 1),
        null,
        Inspection.EventSink.NONE);
  }

  private static List<String> rows(PairReader reader, EventBatch batch, Projection projection)
      throws IOException {
    List<String> rows = new ArrayList<>();
    while (reader.read(batch)) {
      for (int row = 0; row < batch.rows; row++) {
        rows.add((batch.firstIndex + row) + ": " + row(batch, row, projection));
      }
    }
    assertThat(batch.rows).isZero();
    return rows;
  }

  private static String row(EventBatch batch, int row, Projection projection) {
    StringBuilder text = new StringBuilder();
    if (projection.messages()) {
      text.append(batch.timeNanos[row])
          .append(' ')
          .append(batch.type[row])
          .append(' ')
          .append(batch.orderId[row])
          .append(' ')
          .append(batch.size[row])
          .append(' ')
          .append(batch.price[row])
          .append(' ')
          .append(batch.direction[row])
          .append(' ')
          .append(batch.mpid[row]);
    }
    for (int level = 0; level < Math.min(projection.levels(), batch.levels); level++) {
      text.append(" | ")
          .append(batch.askPrice[level][row])
          .append(' ')
          .append(batch.askSize[level][row])
          .append(' ')
          .append(batch.bidPrice[level][row])
          .append(' ')
          .append(batch.bidSize[level][row]);
    }
    return text.toString();
  }

  /** The same rows by the slow and obvious way. */
  private static List<String> twin(RandomPair pair, Projection projection, int from) {
    List<String> rows = new ArrayList<>();
    for (int row = from; row < pair.messages.size(); row++) {
      StringBuilder text = new StringBuilder();
      if (projection.messages()) {
        text.append(twinMessage(pair.messages.get(row).split(",", -1)));
      }
      String[] book = pair.books.get(row).split(",", -1);
      for (int column = 0; column < book.length && column < 4 * projection.levels(); column++) {
        text.append(column % 4 == 0 ? " | " : " ").append(new BigDecimal(book[column]));
      }
      rows.add(row + ": " + text);
    }
    return rows;
  }

  private static String twinMessage(String[] fields) {
    StringBuilder text = new StringBuilder();
    text.append(new BigDecimal(fields[0]).setScale(9, RoundingMode.HALF_UP).unscaledValue());
    for (int column = 1; column < 6; column++) {
      text.append(' ').append(new BigDecimal(fields[column]));
    }
    String participant = fields.length == 7 ? fields[6] : "null";
    return text.append(' ').append(participant).toString();
  }
}
