package io.booklake.verify;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.booklake.format.lobster.EventBatch;
import io.booklake.format.lobster.HadoopSource;
import io.booklake.format.lobster.Inspection;
import io.booklake.format.lobster.PairReader;
import io.booklake.model.TickerDay;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Events as the lake has them, held against the files that they came from. */
class SourceCheckTest {
  private static final TickerDay DAY = new TickerDay(LocalDate.of(2012, 6, 21), "SIM", 1);
  private static final String MESSAGES =
      """
      34200.000000001,1,11,100,1000000,1
      34200.000000002,1,12,200,1000100,-1
      34200.000000003,5,0,50,1000000,1
      """;
  private static final String BOOKS =
      """
      9999999999,0,1000000,100
      1000100,200,1000000,100
      1000100,200,1000000,100
      """;

  @TempDir Path folder;
  private final HadoopSource files = new HadoopSource(new Configuration(false));
  private Path message;
  private Path orderbook;
  private Published published;

  @BeforeEach
  void deliver() throws IOException {
    message = Files.writeString(folder.resolve("message.csv"), MESSAGES);
    orderbook = Files.writeString(folder.resolve("orderbook.csv"), BOOKS);
    published = publish();
  }

  private Published publish() throws IOException {
    return new Published(
        DAY,
        Map.of("start_time_ns", 34_200_000_000_000L, "end_time_ns", 57_600_000_000_000L),
        new SourceFiles(
            message.toString(), sha256(message), orderbook.toString(), sha256(orderbook)),
        Set.of(),
        Map.of());
  }

  private String sha256(Path file) throws IOException {
    return Inspection.digest(files.find(file.toString()).orElseThrow(), files).sha256();
  }

  private static EventBatch events() throws IOException {
    try (PairReader reader =
        new PairReader(
            DAY,
            PairReader.Projection.all(DAY),
            "message",
            new ByteArrayInputStream(MESSAGES.getBytes(UTF_8)),
            "orderbook",
            new ByteArrayInputStream(BOOKS.getBytes(UTF_8)))) {
      EventBatch events = reader.newBatch();
      reader.read(events);
      return events;
    }
  }

  /** What it says of the hashes, and of the rows. */
  private List<CheckResult> check(EventBatch events, boolean isWhole) throws IOException {
    try (SourceCheck check = new SourceCheck(published, files)) {
      check.open();
      check.add(events);
      return check.results(isWhole);
    }
  }

  @Test
  void theSameEventsPass() throws IOException {
    assertThat(check(events(), true))
        .allSatisfy(each -> assertThat(each.state()).isEqualTo(CheckResult.State.OK))
        .extracting(CheckResult::rows)
        .containsExactly(2L, 3L);
  }

  static Stream<Arguments> harms() {
    return Stream.of(
        harm("messages, event_index 1: time_ns", events -> events.timeNanos[1]++),
        harm("messages, event_index 2: event_type", events -> events.type[2] = 4),
        harm("messages, event_index 0: order_id", events -> events.orderId[0]++),
        harm("messages, event_index 1: size", events -> events.size[1]++),
        harm("messages, event_index 1: price", events -> events.price[1]++),
        harm("messages, event_index 2: direction", events -> events.direction[2] = -1),
        harm("messages, event_index 2: mpid", events -> events.mpid[2] = "MPID"),
        harm("depth, event_index 0: ask_price_1", events -> events.askPrice[0][0] = 1),
        harm("depth, event_index 1: ask_size_1", events -> events.askSize[0][1]++),
        harm("depth, event_index 2: bid_price_1", events -> events.bidPrice[0][2]++),
        harm("depth, event_index 2: bid_size_1", events -> events.bidSize[0][2]++));
  }

  private static Arguments harm(String words, Consumer<EventBatch> harm) {
    return Arguments.of(words, harm);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("harms")
  void aFalseValueOfAnyColumnIsNamedAsTheFirstRowThatDiffers(
      String words, Consumer<EventBatch> harm) throws IOException {
    EventBatch events = events();
    harm.accept(events);
    // An earlier column of a later event comes first for whoever compares by columns.
    if (!words.contains("event_index 2")) {
      events.timeNanos[2]++;
    }

    CheckResult rows = check(events, true).get(1);

    assertThat(rows.state()).isEqualTo(CheckResult.State.FAILED);
    assertThat(rows.note()).startsWith(words + " found").endsWith("as in the source");
  }

  @Test
  void eventsThatAreMissingAtTheEndOrTooManyAreFound() throws IOException {
    EventBatch fewer = events();
    fewer.rows = 2;
    EventBatch more = events();
    more.rows = 4;

    assertThat(check(fewer, true).get(1).note())
        .isEqualTo("messages, event_index 2: no more events, but the source has more");
    assertThat(check(more, true).get(1).note())
        .isEqualTo("messages, event_index 3: an event, but the source has ended before it");
  }

  @Test
  void noEventAtAllIsFoundAndAStreamThatBrokeOffIsSkipped() throws IOException {
    try (SourceCheck check = new SourceCheck(published, files)) {
      check.open();
      assertThat(check.results(true).get(1).note())
          .isEqualTo("messages, event_index 0: no more events, but the source has more");
    }
    try (SourceCheck check = new SourceCheck(published, files)) {
      check.open();
      List<CheckResult> results = check.results(false);
      assertThat(results.get(0).state()).isEqualTo(CheckResult.State.OK);
      assertThat(results.get(1).note()).isEqualTo(RowCheck.NOT_WHOLE);
    }
  }

  @Test
  void otherFilesThanThoseThatWereTakenInFailTheirHashAndNoRow() throws IOException {
    Files.writeString(message, "34200.000000001,1,11,101,1000000,1\nno event\n");

    List<CheckResult> results = check(events(), true);

    assertThat(results.get(0).note()).startsWith(message + ": SHA-256 found ");
    assertThat(results.get(1).state()).isEqualTo(CheckResult.State.SKIPPED);
    assertThat(results.get(1).note())
        .isEqualTo("the files are not those that it was taken in from");
  }

  @Test
  void aFileThatIsGoneSkipsBothAndTheOtherIsHashedAllTheSame() throws IOException {
    Files.delete(message);
    assertThat(check(events(), true))
        .allSatisfy(each -> assertThat(each.state()).isEqualTo(CheckResult.State.SKIPPED))
        .allSatisfy(each -> assertThat(each.note()).endsWith("not there any more: " + message));

    Files.writeString(orderbook, "1,1,1,1\n");
    assertThat(check(events(), true).get(0).note()).startsWith(orderbook + ": SHA-256 found ");
  }

  @Test
  void theRightBytesThatAreNoEventsFailTheRows() throws IOException {
    Files.writeString(message, MESSAGES.replace("34200.000000003,5", "34200.000000003,9"));
    published = publish();

    List<CheckResult> results = check(events(), true);

    assertThat(results.get(0).state()).isEqualTo(CheckResult.State.OK);
    assertThat(results.get(1).state()).isEqualTo(CheckResult.State.FAILED);
    assertThat(results.get(1).note()).contains("message.csv");
  }
}
