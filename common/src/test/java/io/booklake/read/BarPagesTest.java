package io.booklake.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.booklake.model.TickerDay;
import io.booklake.table.ColumnBatch;
import io.booklake.table.TableCatalog;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Bars and windows are asked for by their names, and come in pages without loss. */
class BarPagesTest {
  private static final TickerDay DAY = SimulatedDay.of("SIM", 1);
  private static final int WINDOWS = 30;
  private static final int BINS = 4;

  @TempDir private Path folder;
  private DayReader reader;

  /** Half hours with two widths of price bins, the session with one; minutes, every third empty. */
  @BeforeEach
  void publish() throws IOException {
    WrittenLake lake = new WrittenLake(folder);
    List<Map<String, Object>> profile = new ArrayList<>();
    bins(profile, "session", 0.01, 1);
    bins(profile, "time:30m", 0.0001, WINDOWS);
    bins(profile, "time:30m", 0.05, WINDOWS);
    lake.add(TableCatalog.VOLUME_PROFILE, DAY, profile);
    List<Map<String, Object>> bars = new ArrayList<>();
    for (long i = 0; i < WINDOWS; i++) {
      Map<String, Object> bar = row("bar_spec", "time:1m", "bar_index", i);
      if (i % 3 != 0) {
        bar.put("start_index", i * 10);
        bar.put("end_index", i * 10 + 9);
      }
      bars.add(bar);
    }
    lake.add(TableCatalog.CANDLES, DAY, bars);
    lake.publish(
        DAY,
        WINDOWS * 10,
        50,
        List.of("candles", "volume_profile"),
        Map.of(
            "candles",
            "time:1m+empty",
            "volume_profile",
            "session@0.01,time:30m@0.05,time:30m@1.0E-4"));
    reader = LakeReader.open(folder.toString()).day(DAY);
  }

  private static void bins(
      List<Map<String, Object>> rows, String window, double width, int windows) {
    for (long i = 0; i < windows; i++) {
      for (int bin = 0; bin < BINS; bin++) {
        Map<String, Object> row = row("window_spec", window, "window_index", i);
        row.put("bin_size", width);
        row.put("start_index", i * 10);
        row.put("end_index", i * 10 + 9);
        row.put("price", 100 + bin * width);
        rows.add(row);
      }
    }
  }

  private static Map<String, Object> row(String spec, String name, String index, long number) {
    Map<String, Object> row = new HashMap<>();
    row.put("ticker", DAY.ticker());
    row.put("levels", DAY.levels());
    row.put(spec, name);
    row.put(index, number);
    return row;
  }

  @Test
  void aWidthIsPartOfTheNameWhereAWindowHasSeveral() {
    assertThat(reader.specs("volume_profile"))
        .containsExactly("session", "time:30m@0.05", "time:30m@0.0001");
  }

  @ParameterizedTest
  @CsvSource({
    "session, 4, 0.01",
    "session@0.01, 4, 0.01",
    "time:30m@0.05, 120, 0.05",
    "time:1800s@0.050, 120, 0.05",
    "time:30m@0.0001, 120, 1.0E-4",
    "time:30m@1.0E-4, 120, 1.0E-4"
  })
  void aWindowIsReadInOneWidth(String spec, int rows, double width) throws IOException {
    ColumnBatch found = reader.rows(RowQuery.of("volume_profile").spec(spec));

    assertThat(found.rows).isEqualTo(rows);
    assertThat(found.column("bin_size").doubles).startsWith(width);
    assertThat(IntStream.range(0, rows).mapToObj(row -> found.column("bin_size").doubles[row]))
        .containsOnly(width);
  }

  @Test
  void aWindowWithSeveralWidthsIsRefusedUnlessOneIsNamed() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> reader.rows(RowQuery.of("volume_profile").spec("time:30m")))
        .withMessageContainingAll("time:30m@0.05", "time:30m@0.0001");
  }

  @ParameterizedTest
  @CsvSource({
    "candles, time:3m, time:1m",
    "candles, time:1m@0.01, time:1m",
    "candles, nonsense, time:1m",
    "volume_profile, session@0.05, session",
    "volume_profile, session@wide, session",
    "depth_metrics, time:1s, nothing yet"
  })
  void aBarThatIsNotHeldIsNotPublishedAndThoseThatAreAreNamed(
      String table, String spec, String held) {
    assertThatExceptionOfType(NotPublishedException.class)
        .isThrownBy(() -> reader.rows(RowQuery.of(table).spec(spec)))
        .withMessageContainingAll(table, "SIM", "does not hold " + spec, held);
  }

  @Test
  void aBarIsFoundUnderAnySpelling() throws IOException {
    assertThat(reader.rows(RowQuery.of("candles").spec("time:60s")).rows).isEqualTo(WINDOWS);
  }

  @ParameterizedTest
  @CsvSource({
    "candles, time:1m, bar_index, 2",
    "candles, time:1m, bar_index, 7",
    "candles, time:1m, bar_index, 30",
    "volume_profile, time:30m@0.05, window_index, 4",
    "volume_profile, time:30m@0.0001, window_index, 10",
    "volume_profile, time:30m@0.05, window_index, 2147483647"
  })
  void pagesHoldEveryRowOnce(String table, String spec, String number, int limit)
      throws IOException {
    RowQuery query = RowQuery.of(table).spec(spec);
    List<Long> paged = new ArrayList<>();
    for (OptionalLong next = OptionalLong.of(0); next.isPresent(); ) {
      RowPage page = reader.page(query.between(next.getAsLong(), Long.MAX_VALUE), limit);
      paged.addAll(numbers(page.rows(), number));
      next = page.next();
    }

    assertThat(paged).isEqualTo(numbers(reader.rows(query), number)).isNotEmpty();
  }

  private static List<Long> numbers(ColumnBatch rows, String number) {
    return IntStream.range(0, rows.rows).mapToObj(row -> rows.column(number).longs[row]).toList();
  }

  @Test
  void behindTheLastBarThereIsNothing() throws IOException {
    RowQuery query = RowQuery.of("candles").spec("time:1m");

    assertThat(reader.rows(query.between(WINDOWS * 10, Long.MAX_VALUE)).rows).isZero();
  }

  @Test
  void pagesAreOfOneBar() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> reader.page(RowQuery.of("volume_profile"), 10))
        .withMessageContainingAll("session", "name one");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1, Integer.MIN_VALUE})
  void aPageHasRoomForARow(int limit) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> reader.page(RowQuery.of("candles").spec("time:1m"), limit))
        .withMessage("found the limit " + limit + ", expected 1 or more");
  }

  @Test
  void aLimitIsNotNegative() throws IOException {
    RowQuery query = RowQuery.of("candles").spec("time:1m");

    assertThat(reader.first(query, 0).rows).isZero();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> reader.first(query, -1))
        .withMessage("found the limit -1, expected 0 or more");
  }
}
