package io.booklake.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.booklake.lake.Lake;
import io.booklake.lake.TaskSpark;
import io.booklake.simulate.Market;
import io.booklake.table.Column;
import io.booklake.table.Table;
import io.booklake.table.TableCatalog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What comes of several tasks and several nights. */
class IngestJobTest {
  private static final LocalDate MONDAY = LocalDate.of(2024, 3, 4);

  @RegisterExtension private static final TaskSpark SPARK = new TaskSpark();

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({"4, 1", "3, 2", "1, 4"})
  void tickerDaysOfSeveralDatesAndDepthsComeWholeWithOneCommitOrMore(int together, long commits)
      throws IOException {
    write(MONDAY, 3);
    write(MONDAY.plusDays(1), 2);
    Lake lake = lake();
    Path conf =
        Files.writeString(
            folder.resolve("conf.yaml"), "ingest: {ticker-days-per-commit: " + together + "}");

    assertThat(new IngestJob(run(lake, conf), false).execute().partlyFailed()).isFalse();

    Map<String, Long> events = new TreeMap<>();
    lake.ledger()
        .entries()
        .forEach((day, entry) -> events.put(day.ticker() + " " + day.levels(), entry.rows()));
    assertThat(events).hasSize(4);
    Table depth = TableCatalog.depth(3);
    for (Table table : List.of(TableCatalog.MESSAGES, depth)) {
      assertThat(lake.version(table.name())).isEqualTo(commits);
      assertThat(rows(lake, table)).isEqualTo(events);
    }
    assertThat(lake.columns(depth)).extracting(Column::name).contains("ask_price_3");
    assertThat(lake.rows(depth))
        .allSatisfy(
            row ->
                assertThat(row.containsKey("ask_price_3")).isEqualTo((int) row.get("levels") == 3));
  }

  @ParameterizedTest
  @ValueSource(strings = {"message", "orderbook"})
  void aRejectedPairOfWhichOneFileComesAgainIsNotedAgain(String which) throws IOException {
    write(MONDAY, 2);
    Lake lake = lake();
    for (int delivery = 1; delivery <= 2; delivery++) {
      Path file = file("SIMA", which);
      Files.writeString(file, "no number\n", StandardOpenOption.APPEND);
      for (int night = 1; night <= 2; night++) {
        assertThat(new IngestJob(run(lake, null), false).execute().partlyFailed()).isTrue();
        assertThat(lake.rows(TableCatalog.QUARANTINE)).hasSize(delivery);
      }
    }
    assertThat(lake.ledger().entries()).hasSize(1);
  }

  private Path file(String ticker, String kind) throws IOException {
    try (Stream<Path> all = Files.list(folder.resolve("landing"))) {
      return all.filter(file -> file.toString().contains(kind))
          .filter(file -> file.getFileName().toString().startsWith(ticker))
          .findFirst()
          .orElseThrow();
    }
  }

  private static Map<String, Long> rows(Lake lake, Table table) {
    return lake.rows(table).stream()
        .collect(
            Collectors.groupingBy(
                row -> row.get("ticker") + " " + row.get("levels"),
                TreeMap::new,
                Collectors.counting()));
  }

  private Lake lake() {
    return SPARK.lake(folder.resolve("lake"));
  }

  private Run run(Lake lake, Path conf) {
    Settings settings =
        Settings.load(conf).withLanding(List.of(folder.resolve("landing").toString()));
    return TestRuns.of(SPARK, lake, settings, Selection.ALL);
  }

  private void write(LocalDate date, int levels) throws IOException {
    SimulatedDeliveries.write(
        folder.resolve("landing"), Market.of(levels, 2, List.of(levels), 200), date);
  }
}
