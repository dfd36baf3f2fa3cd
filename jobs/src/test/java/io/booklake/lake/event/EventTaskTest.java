package io.booklake.lake.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.booklake.format.lobster.Inspection;
import io.booklake.format.lobster.Pair;
import io.booklake.format.lobster.PairDiscovery;
import io.booklake.format.lobster.Reason;
import io.booklake.format.lobster.SourceFile;
import io.booklake.model.TickerDay;
import io.booklake.simulate.Activity;
import io.booklake.simulate.DayPlan;
import io.booklake.simulate.Feature;
import io.booklake.simulate.Landing;
import io.booklake.simulate.Listing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A pair that all others wait for is read and written by several threads. */
class EventTaskTest {
  private static final LocalDate DATE = LocalDate.of(2024, 3, 4);
  private static final int EVENTS = 20_000;

  @TempDir private Path folder;
  private Pair pair;

  @BeforeEach
  void simulate() throws IOException {
    DayPlan plan =
        DayPlan.of(Listing.of("ABCD", 1_000_000, Activity.QUIET), DATE, 5)
            .withLevels(5)
            .withEvents(EVENTS)
            .withFeatures(Feature.values());
    new Landing(folder.resolve("landing"), Landing.Packing.PLAIN).write(plan);
    pair = discover();
  }

  private Pair discover() throws IOException {
    return PairDiscovery.find(
            new Configuration(), List.of(folder.resolve("landing").toUri().toString()))
        .pairs()
        .get(0);
  }

  @ParameterizedTest
  @EnumSource
  void severalThreadsWriteTheBytesThatOneWrites(EventTask.Tables tables) throws IOException {
    TakenDay byOne = take("one", tables, false);
    TakenDay bySeveral = take("several", tables, true);

    assertThat(byOne.isTaken()).isTrue();
    assertThat(bySeveral.book()).isEqualTo(byOne.book());
    assertThat(bySeveral.inspection().orderbook()).isEqualTo(byOne.inspection().orderbook());
    assertThat(bySeveral.inspection().quality().rows()).isEqualTo(EVENTS);
    assertThat(files("one")).isNotEmpty().isEqualTo(files("several"));
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aBadRowBehindGoodOnesRejectsThePairAndLeavesNoFile(boolean isWaitedFor) throws Exception {
    Path book = Path.of(java.net.URI.create(pair.orderbook().uri()));
    String text = Files.readString(book);
    Files.writeString(book, text.substring(0, text.length() - 5) + "oops\n");
    pair = discover();

    TakenDay day = take("lake", EventTask.Tables.ALL, isWaitedFor);

    assertThat(day.inspection().rejection().line()).isEqualTo(EVENTS);
    assertThat(files("lake")).isEmpty();
    assertThat(threads()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"messages", "mbo"})
  void aTableThatCannotBeWrittenFailsTheTaskAndEndsItsThreads(String table) throws Exception {
    Files.createDirectories(folder.resolve("lake"));
    Files.writeString(folder.resolve("lake").resolve(table), "no folder");

    assertThatThrownBy(() -> take("lake", EventTask.Tables.ALL, true))
        .hasStackTraceContaining("lake/" + table);

    assertThat(threads()).isEmpty();
    Files.delete(folder.resolve("lake").resolve(table));
    assertThat(files("lake")).isEmpty();
  }

  @Test
  void aPairThatChangesWhileItIsReadIsRejectedByTheThreadOfTheBook() throws IOException {
    Path message = Path.of(java.net.URI.create(pair.message().uri()));
    Files.writeString(message, "34200.0,1,1,1,1,1\n", StandardOpenOption.APPEND);

    TakenDay day = take("lake", EventTask.Tables.ALL, true);

    assertThat(day.inspection().rejection().reason()).isEqualTo(Reason.CHANGED_WHILE_READ);
    assertThat(files("lake")).isEmpty();
  }

  @Test
  void onlyABinThatIsMoreThanACoresShareIsWaitedFor() {
    List<EventBin.Candidate> pairs = List.of(sized("A", 60), sized("B", 30), sized("C", 20));

    assertThat(EventBin.pack(pairs, 10, 2))
        .extracting(EventBin::isWaitedFor)
        .containsExactly(true, false, false);
    assertThat(EventBin.pack(pairs, 10, 1)).noneMatch(EventBin::isWaitedFor);
    assertThat(EventBin.pack(pairs.subList(1, 2), 10, 2)).allMatch(EventBin::isWaitedFor);
  }

  private static EventBin.Candidate sized(String ticker, long bytes) {
    SourceFile message = new SourceFile("message-" + ticker, null, bytes / 10, 0);
    SourceFile book = new SourceFile("orderbook-" + ticker, null, bytes - bytes / 10, 0);
    return new EventBin.Candidate(
        new Pair(new TickerDay(DATE, ticker, 5), 0, 1, message, book), null);
  }

  private TakenDay take(String lake, EventTask.Tables tables, boolean isWaitedFor)
      throws IOException {
    EventTask.Target target =
        new EventTask.Target(folder.resolve(lake).toUri().toString(), "run", 1000, tables);
    Inspection.Known known = tables == EventTask.Tables.SNAPSHOTS ? published() : null;
    return new EventTask(target, new Inspection.Limits(0, 0), List.of())
        .take(
            new EventBin(0, List.of(new EventBin.Candidate(pair, known)), isWaitedFor),
            new Configuration(),
            day -> {})
        .days()
        .get(0);
  }

  private Inspection.Known published() throws IOException {
    Inspection inspection = take("published", EventTask.Tables.WITHOUT_ORDERS, false).inspection();
    return new Inspection.Known(inspection.message().sha256(), inspection.orderbook().sha256());
  }

  /** Contents of all files of a lake, by table. */
  private Map<String, String> files(String lake) throws IOException {
    Map<String, String> files = new TreeMap<>();
    Path root = folder.resolve(lake);
    if (Files.exists(root)) {
      try (Stream<Path> all = Files.walk(root)) {
        for (Path file : all.filter(Files::isRegularFile).toList()) {
          if (file.toString().endsWith(".parquet")) {
            files.put(
                root.relativize(file).getName(0).toString(),
                HexFormat.of().formatHex(Files.readAllBytes(file)));
          }
        }
      }
    }
    return files;
  }

  /**
   * Those that do not end by themselves: one that has done its work may still be on its way out.
   */
  private static List<String> threads() throws InterruptedException {
    List<String> alive = new ArrayList<>();
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      if (Set.of("booklake-book", "booklake-read-ahead").contains(thread.getName())) {
        thread.join(TimeUnit.SECONDS.toMillis(10));
        if (thread.isAlive()) {
          alive.add(thread.getName());
        }
      }
    }
    return alive;
  }
}
