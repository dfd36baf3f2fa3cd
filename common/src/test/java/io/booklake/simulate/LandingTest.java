package io.booklake.simulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.booklake.format.lobster.FileName;
import io.booklake.format.lobster.PairDiscovery;
import io.booklake.simulate.Landing.Packing;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LandingTest {
  private static final String MESSAGES = "TEST_2012-06-21_34200000_57600000_message_10.csv";
  private static final String BOOKS = "TEST_2012-06-21_34200000_57600000_orderbook_10.csv";

  @TempDir Path folder;

  private final DayPlan plan = Plans.everything(Activity.NORMAL, 1).withLevels(10);

  @Test
  void plainPairsHoldTheDay() throws Exception {
    Path landing = folder.resolve("new/landing");
    List<Path> written = new Landing(landing, Packing.PLAIN).write(plan);
    assertThat(written).containsExactly(landing.resolve(BOOKS), landing.resolve(MESSAGES));
    assertDay(Files.readAllBytes(written.get(1)), Files.readAllBytes(written.get(0)));
  }

  @Test
  void gzippedPairsHoldTheDay() throws Exception {
    List<Path> written = new Landing(folder, Packing.GZIP).write(plan);
    assertThat(written)
        .containsExactly(folder.resolve(BOOKS + ".gz"), folder.resolve(MESSAGES + ".gz"));
    try (InputStream books = new GZIPInputStream(Files.newInputStream(written.get(0)));
        InputStream messages = new GZIPInputStream(Files.newInputStream(written.get(1)))) {
      assertDay(messages.readAllBytes(), books.readAllBytes());
    }
  }

  @Test
  void archivesHoldTheDayAndAReadMe() throws Exception {
    List<Path> written = new Landing(folder, Packing.ZIP).write(plan);
    assertThat(written).containsExactly(folder.resolve("TEST_2012-06-21_34200000_57600000_10.zip"));
    try (ZipFile archive = new ZipFile(written.get(0).toFile())) {
      assertThat(archive.stream().map(ZipEntry::getName))
          .containsExactly(BOOKS, MESSAGES, "ReadMe.txt");
      assertDay(entry(archive, MESSAGES), entry(archive, BOOKS));
      assertThat(new String(entry(archive, "ReadMe.txt"), java.nio.charset.StandardCharsets.UTF_8))
          .contains("Simulated by booklake");
    }
  }

  @ParameterizedTest
  @EnumSource
  void onlyWholePairsOfEveryDepthAreLeftBehind(Packing packing) throws Exception {
    new Landing(folder, packing).write(plan.withLevels(10, 1));
    PairDiscovery.Found found = PairDiscovery.find(new Configuration(), List.of(folder.toString()));
    assertThat(found.rejected()).isEmpty();
    assertThat(found.pairs()).extracting(pair -> pair.tickerDay().levels()).containsExactly(1, 10);
    assertThat(files()).hasSize(packing == Packing.ZIP ? 2 : 4);
  }

  @ParameterizedTest
  @EnumSource
  void writingAgainGivesTheSameBytes(Packing packing) throws Exception {
    Landing landing = new Landing(folder, packing);
    landing.write(plan);
    Map<String, byte[]> first = files();
    landing.write(plan);
    Map<String, byte[]> second = files();
    assertThat(second.keySet()).isEqualTo(first.keySet());
    second.forEach((name, bytes) -> assertThat(bytes).as(name).isEqualTo(first.get(name)));
  }

  @Test
  void daysWrittenByManyThreadsInAnyOrderAreTheSame() throws Exception {
    List<DayPlan> plans = new ArrayList<>(Market.of(5, 4, List.of(5), 4000).plans(day(), 3));
    Landing oneByOne = new Landing(folder.resolve("one"), Packing.PLAIN);
    for (DayPlan each : plans) {
      oneByOne.write(each);
    }
    java.util.Collections.reverse(plans);
    Landing together = new Landing(folder.resolve("many"), Packing.PLAIN);
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      List<Future<List<Path>>> writing = new ArrayList<>();
      for (DayPlan each : plans) {
        writing.add(threads.submit(() -> together.write(each)));
      }
      for (Future<List<Path>> each : writing) {
        for (Path file : each.get()) {
          assertThat(file)
              .hasSameBinaryContentAs(folder.resolve("one").resolve(file.getFileName()));
        }
      }
    } finally {
      threads.shutdown();
    }
  }

  @Test
  void aFolderThatCannotBeWrittenIsReportedAndNothingIsLeft() throws Exception {
    Path file = Files.createFile(folder.resolve("file"));
    assertThatThrownBy(() -> new Landing(file, Packing.PLAIN).write(plan))
        .isInstanceOf(IOException.class);
    Files.createDirectories(folder.resolve("landing").resolve(MESSAGES).resolve("in the way"));
    assertThatThrownBy(() -> new Landing(folder.resolve("landing"), Packing.PLAIN).write(plan))
        .isInstanceOf(IOException.class);
    try (var left = Files.list(folder.resolve("landing"))) {
      assertThat(left).noneMatch(path -> path.getFileName().toString().contains("unfinished"));
    }
  }

  private static LocalDate day() {
    return LocalDate.of(2026, 1, 9);
  }

  private void assertDay(byte[] messages, byte[] books) throws IOException {
    WrittenDay day = WrittenDay.of(plan);
    assertThat(messages).isEqualTo(day.messageBytes(10));
    assertThat(books).isEqualTo(day.bookBytes(10));
    assertThat(plan.fileName(10, FileName.Kind.MESSAGE)).hasToString(MESSAGES);
  }

  private static byte[] entry(ZipFile archive, String name) throws IOException {
    try (InputStream in = archive.getInputStream(archive.getEntry(name))) {
      return in.readAllBytes();
    }
  }

  private Map<String, byte[]> files() throws IOException {
    Map<String, byte[]> files = new TreeMap<>();
    try (var all = Files.list(folder)) {
      for (Path file : all.toList()) {
        files.put(file.getFileName().toString(), Files.readAllBytes(file));
      }
    }
    return files;
  }
}
