package io.booklake.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.booklake.format.lobster.EventBatch;
import io.booklake.model.Price;
import io.booklake.model.TickerDay;
import io.booklake.table.TableCatalog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.column.ParquetProperties.WriterVersion;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Events come back as they were, whoever wrote the files and however they are cut. */
class EventReaderTest {
  private static final StoredRows.Layout PLAIN =
      new StoredRows.Layout(WriterVersion.PARQUET_2_0, true, 100);

  @TempDir private Path folder;

  private String messages(String name, List<Map<String, Object>> rows, StoredRows.Layout layout)
      throws IOException {
    return StoredRows.write(folder.resolve(name), TableCatalog.MESSAGES, rows, layout);
  }

  private String depth(
      String name, int levels, List<Map<String, Object>> rows, StoredRows.Layout layout)
      throws IOException {
    return StoredRows.write(folder.resolve(name), TableCatalog.depth(levels), rows, layout);
  }

  private static List<EventBatch> read(
      TickerDay day, List<String> messages, List<String> depth, int levels) throws IOException {
    List<EventBatch> read = new ArrayList<>();
    try (DataFiles files = new DataFiles(new Configuration())) {
      EventReader reader = new EventReader(files, day, messages, depth, levels);
      EventBatch batch = reader.newBatch();
      while (reader.read(batch)) {
        read.add(batch.copy());
      }
    }
    return read;
  }

  /** Events as lines, of as many levels as are wanted. */
  private static List<String> lines(List<EventBatch> batches, int levels) {
    List<String> lines = new ArrayList<>();
    for (EventBatch batch : batches) {
      for (int row = 0; row < batch.rows; row++) {
        StringBuilder line = new StringBuilder();
        line.append(batch.firstIndex + row).append(' ').append(batch.timeNanos[row]);
        line.append(' ').append(batch.type[row]).append(' ').append(batch.size[row]);
        line.append(' ').append(batch.price[row]).append(' ').append(batch.direction[row]);
        for (int level = 0; level < levels; level++) {
          line.append(" | ").append(batch.askPrice[level][row]).append('x');
          line.append(batch.askSize[level][row]).append(' ');
          line.append(batch.bidPrice[level][row]).append('x').append(batch.bidSize[level][row]);
        }
        lines.add(line.toString());
      }
    }
    return lines;
  }

  @ParameterizedTest
  @CsvSource({
    "PARQUET_1_0, true, 100, 1",
    "PARQUET_1_0, false, 7, 3",
    "PARQUET_2_0, true, 100, 2",
    "PARQUET_2_0, false, 5000, 1"
  })
  void eventsComeBackAsTheyWereWhateverTheLayout(
      WriterVersion version, boolean dictionary, int pageRows, int files) throws IOException {
    StoredRows.Layout layout = new StoredRows.Layout(version, dictionary, pageRows);
    TickerDay day = SimulatedDay.of("SIM", 3);
    List<EventBatch> events = SimulatedDay.events(day, 2_500);
    List<Map<String, Object>> messages = StoredRows.messages(day, events);
    List<Map<String, Object>> depth = StoredRows.depth(day, events);
    List<String> messageFiles = new ArrayList<>();
    for (int i = files - 1; i >= 0; i--) {
      int from = messages.size() * i / files;
      int to = messages.size() * (i + 1) / files;
      messageFiles.add(messages("m" + i, messages.subList(from, to), layout));
    }
    String depthFile = depth("d", 3, depth, layout);

    for (int levels : new int[] {0, 1, 3}) {
      assertThat(lines(read(day, messageFiles, List.of(depthFile), levels), levels))
          .hasSize(2_500)
          .isEqualTo(lines(events, levels));
    }
  }

  @ParameterizedTest
  @CsvSource({"AAA, 2", "BBB, 1", "BBB, 3", "CCC, 2"})
  void aTickerDayIsFoundAmongOthersInItsRowGroup(String ticker, int levels) throws IOException {
    List<Map<String, Object>> messages = new ArrayList<>();
    List<Map<String, Object>> depth = new ArrayList<>();
    for (TickerDay each :
        List.of(
            SimulatedDay.of("AAA", 2),
            SimulatedDay.of("BBB", 1),
            SimulatedDay.of("BBB", 3),
            SimulatedDay.of("CCC", 2))) {
      List<EventBatch> events = SimulatedDay.events(each, 700);
      messages.addAll(StoredRows.messages(each, events));
      depth.addAll(StoredRows.depth(each, events));
    }
    // Cut in the middle of two ticker-days of one ticker, and named in the wrong order.
    List<String> messageFiles =
        List.of(
            messages("m3", messages.subList(1_500, messages.size()), PLAIN),
            messages("m2", messages.subList(1_000, 1_500), PLAIN),
            messages("m1", messages.subList(0, 1_000), PLAIN));
    List<String> depthFiles = List.of(depth("d", 3, depth, PLAIN));
    TickerDay day = SimulatedDay.of(ticker, levels);

    assertThat(lines(read(day, messageFiles, depthFiles, levels), levels))
        .hasSize(700)
        .isEqualTo(lines(SimulatedDay.events(day, 700), levels));
    assertThat(read(SimulatedDay.of("ABC", 2), messageFiles, depthFiles, 2)).isEmpty();
  }

  @Test
  void levelsThatAFileDoesNotHaveAreEmpty() throws IOException {
    TickerDay day = SimulatedDay.of("SIM", 1);
    List<EventBatch> events = SimulatedDay.events(day, 50);
    String messages = messages("m", StoredRows.messages(day, events), PLAIN);
    String depth = depth("d", 1, StoredRows.depth(day, events), PLAIN);

    List<EventBatch> read = read(day, List.of(messages), List.of(depth), 2);

    assertThat(lines(read, 1)).isEqualTo(lines(events, 1));
    assertThat(Arrays.copyOf(read.get(0).askPrice[1], 50)).containsOnly(Price.EMPTY_ASK);
    assertThat(Arrays.copyOf(read.get(0).bidPrice[1], 50)).containsOnly(Price.EMPTY_BID);
    assertThat(Arrays.copyOf(read.get(0).bidSize[1], 50)).containsOnly(0);
  }

  @Test
  void anEventThatIsMissingOrThereTwiceIsNamed() throws IOException {
    TickerDay day = SimulatedDay.of("SIM", 1);
    List<EventBatch> events = SimulatedDay.events(day, 50);
    List<Map<String, Object>> whole = StoredRows.messages(day, events);
    List<Map<String, Object>> lost = new ArrayList<>(whole);
    lost.remove(20);
    List<Map<String, Object>> twice = new ArrayList<>(whole);
    twice.add(20, whole.get(20));
    List<String> depth = List.of(depth("d", 1, StoredRows.depth(day, events), PLAIN));
    String sound = messages("sound", whole, PLAIN);

    assertMissing(day, messages("lost", lost, PLAIN), depth, "messages of", "event_index 20");
    assertMissing(day, messages("twice", twice, PLAIN), depth, "messages of", "event_index 21");
    List<Map<String, Object>> short49 = StoredRows.depth(day, events).subList(0, 49);
    assertMissing(day, sound, List.of(depth("short", 1, short49, PLAIN)), "depth of", "index 49");
    List<Map<String, Object>> other = StoredRows.depth(day, events);
    other.set(20, other.get(21));
    assertMissing(day, sound, List.of(depth("other", 1, other, PLAIN)), "depth of", "index 20");
    assertMissing(day, sound, List.of(), "depth of", "event_index 0");
  }

  private static void assertMissing(
      TickerDay day, String messages, List<String> depth, String table, String index) {
    assertThatIOException()
        .isThrownBy(() -> read(day, List.of(messages), depth, 1))
        .withMessageContainingAll(table, index, "booklake verify");
  }

  @Test
  void aFileThatIsNoneIsAnError() throws IOException {
    Path none = Files.writeString(folder.resolve("none"), "PAR1 but not really");
    assertThat(
            org.assertj.core.api.Assertions.catchThrowable(
                () ->
                    read(
                        SimulatedDay.of("SIM", 1), List.of(none.toUri().toString()), List.of(), 0)))
        .hasMessageContaining("none");
  }
}
