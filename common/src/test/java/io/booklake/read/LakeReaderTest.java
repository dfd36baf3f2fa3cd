package io.booklake.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.booklake.format.lobster.EventBatch;
import io.booklake.model.EventType;
import io.booklake.model.TickerDay;
import io.booklake.table.ColumnBatch;
import io.booklake.table.ColumnValues;
import io.booklake.table.Table;
import io.booklake.table.TableCatalog;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.parquet.column.ParquetProperties.WriterVersion;
import org.apache.parquet.internal.column.columnindex.OffsetIndex;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LakeReaderTest {
  private static final int INTERVAL = 50;
  private static final int EVENTS = 700;

  @TempDir private Path folder;

  private LakeReader open() throws IOException {
    return LakeReader.open(folder.toString(), new Configuration());
  }

  /** Rows as lines, one for each, of some columns. */
  private static List<String> lines(ColumnBatch rows, String... columns) {
    return IntStream.range(0, rows.rows)
        .mapToObj(
            row ->
                Stream.of(columns)
                    .map(name -> name + "=" + value(rows.column(name), row))
                    .toList()
                    .toString())
        .toList();
  }

  private static Object value(ColumnValues values, int row) {
    if (values.isNull(row)) {
      return null;
    }
    return switch (values.column.type()) {
      case LONG, TIMESTAMP -> values.longs[row];
      case INT, DATE -> values.ints[row];
      case DOUBLE -> values.doubles[row];
      case BOOLEAN -> values.booleans[row];
      default -> values.strings[row];
    };
  }

  private static List<String> lines(List<Map<String, Object>> rows, String... columns) {
    return rows.stream()
        .map(row -> Stream.of(columns).map(name -> name + "=" + row.get(name)).toList().toString())
        .toList();
  }

  private static List<Map<String, Object>> between(
      List<Map<String, Object>> rows, String column, long first, long last) {
    return rows.stream()
        .filter(row -> (Long) row.get(column) >= first && (Long) row.get(column) <= last)
        .toList();
  }

  @ParameterizedTest
  @CsvSource({
    "PARQUET_1_0, true, 100, 1",
    "PARQUET_1_0, false, 7, 3",
    "PARQUET_2_0, true, 64, 2",
    "PARQUET_2_0, false, 5000, 1"
  })
  void anyRangeOfAnyTableIsItsRowsWhateverTheLayout(
      WriterVersion version, boolean dictionary, int pageRows, int files) throws IOException {
    TickerDay day = SimulatedDay.of("SIM", 3);
    int count = 2_500;
    Map<String, List<Map<String, Object>>> tables =
        WrittenLake.tables(day, SimulatedDay.events(day, count), INTERVAL);
    WrittenLake lake = new WrittenLake(folder);
    StoredRows.Layout layout = new StoredRows.Layout(version, dictionary, pageRows);
    for (Table table : TableCatalog.perEvent(3)) {
      List<Map<String, Object>> rows = tables.get(table.name());
      for (int i = files - 1; rows != null && i >= 0; i--) {
        int from = rows.size() * i / files;
        lake.add(table, day, rows.subList(from, rows.size() * (i + 1) / files), layout);
      }
    }
    lake.publish(day, count, INTERVAL, List.copyOf(tables.keySet()), Map.of());
    DayReader reader = open().day(day);
    Random random = new Random(2012);

    for (int i = 0; i < 40; i++) {
      long first = random.nextInt(count);
      long last = first + random.nextInt(i % 2 == 0 ? 5 : 600);
      assertThat(
              lines(
                  reader.rows(RowQuery.of("messages").between(first, last)),
                  "event_index",
                  "event_type",
                  "order_id",
                  "price",
                  "mpid"))
          .isEqualTo(
              lines(
                  between(tables.get("messages"), "event_index", first, last),
                  "event_index",
                  "event_type",
                  "order_id",
                  "price",
                  "mpid"));
      assertThat(
              lines(
                  reader.rows(
                      RowQuery.of("mbo").between(first, last).columns("order_id", "action")),
                  "event_index",
                  "sequence",
                  "order_id",
                  "action"))
          .isEqualTo(
              lines(
                  between(tables.get("mbo"), "event_index", first, last),
                  "event_index",
                  "sequence",
                  "order_id",
                  "action"));
      assertThat(
              lines(
                  reader.rows(RowQuery.of("depth").between(first, last)),
                  "event_index",
                  "bid_price_3"))
          .isEqualTo(
              lines(
                  between(tables.get("depth"), "event_index", first, last),
                  "event_index",
                  "bid_price_3"));
      assertThat(reader.rows(RowQuery.of("orders").between(first, last)).rows)
          .isEqualTo(
              (int)
                  tables.get("orders").stream()
                      .filter(row -> (Long) row.get("entry_index") <= last)
                      .filter(row -> (Long) row.getOrDefault("exit_index", Long.MAX_VALUE) >= first)
                      .count());
    }
    assertThat(reader.rows(RowQuery.of("messages")).rows).isEqualTo(count);
    assertThat(
            lines(reader.first(RowQuery.of("mbo").between(10, 900), 7), "event_index", "sequence"))
        .isEqualTo(
            lines(
                between(tables.get("mbo"), "event_index", 10, 900).subList(0, 7),
                "event_index",
                "sequence"));
  }

  @Test
  void aLakeOfThisMachineNeedsNoSettingsOfHadoop() throws IOException {
    TickerDay day = SimulatedDay.of("SIM", 2);
    new WrittenLake(folder).take(day, SimulatedDay.events(day, EVENTS), INTERVAL);
    RowQuery query = RowQuery.of("messages").between(150, 480);

    for (String root : List.of(folder.toString(), folder.toUri().toString())) {
      LakeReader lake = LakeReader.open(root);
      assertThat(lake.root()).isEqualTo(open().root());
      assertThat(lake.ledger()).isEqualTo(open().ledger());
      assertThat(lines(lake.day(day).rows(query), "event_index", "price"))
          .hasSize(331)
          .isEqualTo(lines(open().day(day).rows(query), "event_index", "price"));
    }
    assertThatExceptionOfType(NotPublishedException.class)
        .isThrownBy(() -> LakeReader.open(folder.resolve("none").toString()));
    // Hadoop is asked for what lies elsewhere, and knows no such file system.
    assertThatIOException().isThrownBy(() -> LakeReader.open("none://bucket/lake"));
  }

  @ParameterizedTest
  @ValueSource(classes = {LocalFileSystem.class, RawLocalFileSystem.class})
  void hadoopsFileSystemsGiveTheSameAnswersAsTheDisk(Class<?> fileSystem) throws IOException {
    TickerDay day = SimulatedDay.of("SIM", 2);
    List<EventBatch> events = SimulatedDay.events(day, EVENTS);
    new WrittenLake(folder).take(day, events, INTERVAL);
    Configuration configuration = new Configuration();
    configuration.set("fs.file.impl", fileSystem.getName());
    LakeReader lake = LakeReader.open(folder.toString(), configuration);

    assertThat(lake.root()).isEqualTo(open().root());
    assertThat(lake.ledger()).isEqualTo(open().ledger());
    for (String table : List.of("messages", "depth", "mbo")) {
      RowQuery query = RowQuery.of(table).between(150, 480);
      assertThat(lines(lake.day(day).rows(query), "event_index"))
          .isNotEmpty()
          .isEqualTo(lines(open().day(day).rows(query), "event_index"));
    }
    assertThat(lake.bytesRead()).isPositive();
  }

  /** Cut in the middle of a ticker-day. */
  private Map<TickerDay, List<EventBatch>> sharedFiles(boolean namesLaterFirst) throws IOException {
    Map<TickerDay, List<EventBatch>> events = new HashMap<>();
    List<Map<String, Object>> messages = new ArrayList<>();
    List<TickerDay> days =
        List.of(
            SimulatedDay.of("AAA", 2),
            SimulatedDay.of("BBB", 1),
            SimulatedDay.of("BBB", 3),
            SimulatedDay.of("CCC", 2));
    for (TickerDay each : days) {
      events.put(each, SimulatedDay.events(each, EVENTS));
      messages.addAll(StoredRows.messages(each, events.get(each)));
    }
    WrittenLake lake = new WrittenLake(folder);
    List<List<Map<String, Object>>> files =
        new ArrayList<>(
            List.of(messages.subList(0, 1_000), messages.subList(1_000, messages.size())));
    if (namesLaterFirst) {
      Collections.reverse(files);
    }
    for (List<Map<String, Object>> each : files) {
      lake.add(TableCatalog.MESSAGES, days.get(0), each);
    }
    for (TickerDay each : days) {
      lake.publish(each, EVENTS, INTERVAL, List.of("messages"), Map.of());
    }
    return events;
  }

  @ParameterizedTest
  @CsvSource({"AAA, 2, true", "BBB, 1, true", "BBB, 1, false", "BBB, 3, true", "CCC, 2, true"})
  void aTickerDayIsFoundAmongOthersInItsFiles(String ticker, int levels, boolean namesLaterFirst)
      throws IOException {
    TickerDay day = SimulatedDay.of(ticker, levels);
    List<Map<String, Object>> expected =
        StoredRows.messages(day, sharedFiles(namesLaterFirst).get(day));
    DayReader reader = open().day(day);

    assertThat(
            lines(reader.rows(RowQuery.of("messages")), "ticker", "levels", "event_index", "price"))
        .isEqualTo(lines(expected, "ticker", "levels", "event_index", "price"));
    assertThat(lines(reader.first(RowQuery.of("messages").between(298, 400), 5), "event_index"))
        .isEqualTo(lines(expected.subList(298, 303), "event_index"));
    assertThat(
            reader.rows(RowQuery.of("messages").columns("trade_date")).column("trade_date").ints[0])
        .isEqualTo((int) SimulatedDay.DATE.toEpochDay());
  }

  @Test
  void timesAndTypesLeadToEvents() throws IOException {
    TickerDay day = SimulatedDay.of("SIM", 1);
    List<EventBatch> events = SimulatedDay.events(day, 2_000);
    new WrittenLake(folder).take(day, events, INTERVAL);
    DayReader reader = open().day(day);
    long[] times = new long[2_000];
    byte[] types = new byte[2_000];
    for (EventBatch batch : events) {
      System.arraycopy(batch.timeNanos, 0, times, (int) batch.firstIndex, batch.rows);
      System.arraycopy(batch.type, 0, types, (int) batch.firstIndex, batch.rows);
    }
    Random random = new Random(7);

    for (int i = 0; i < 60; i++) {
      int at = random.nextInt(2_000);
      long time = times[at] + i % 3 - 1;
      assertThat(reader.firstIndexAt(time))
          .isEqualTo(LongStream.range(0, 2_000).filter(k -> times[(int) k] >= time).findFirst());
      assertThat(reader.lastIndexAt(time))
          .isEqualTo(
              LongStream.range(0, 2_000).filter(k -> times[(int) k] <= time).reduce((a, b) -> b));
      byte type = (byte) (1 + i % 7);
      assertThat(reader.next(type, at))
          .isEqualTo(
              LongStream.range(at + 1, 2_000).filter(k -> types[(int) k] == type).findFirst());
      assertThat(reader.previous(type, at))
          .isEqualTo(
              LongStream.range(0, at).filter(k -> types[(int) k] == type).reduce((a, b) -> b));
    }
    assertThat(reader.firstIndexAt(0)).hasValue(0);
    assertThat(reader.firstIndexAt(Long.MAX_VALUE)).isEmpty();
    assertThat(reader.lastIndexAt(0)).isEmpty();
    assertThat(reader.next(EventType.NEW_ORDER, -1)).isPresent();
    assertThat(reader.next(EventType.NEW_ORDER, 1_999)).isEqualTo(OptionalLong.empty());
    assertThat(reader.previous(EventType.NEW_ORDER, 0)).isEqualTo(OptionalLong.empty());
  }

  @Test
  void theEdgesOfADayAreItsFirstAndLastEvent() throws IOException {
    TickerDay day = SimulatedDay.of("SIM", 1);
    new WrittenLake(folder).take(day, SimulatedDay.events(day, EVENTS), INTERVAL);
    DayReader reader = open().day(day);

    assertThat(reader.events()).isEqualTo(EVENTS);
    assertThat(reader.tables()).contains("messages", "depth", "mbo");
    assertThat(lines(reader.rows(RowQuery.of("messages").between(0, 0)), "event_index"))
        .containsExactly("[event_index=0]");
    assertThat(
            lines(reader.rows(RowQuery.of("messages").between(EVENTS - 1, 9_999)), "event_index"))
        .containsExactly("[event_index=699]");
    assertThat(reader.rows(RowQuery.of("messages").between(EVENTS, EVENTS + 5)).rows).isZero();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RowQuery.of("messages").between(5, 4))
        .withMessageContaining("5 to 4");
    assertThatIllegalArgumentException().isThrownBy(() -> RowQuery.of("messages").between(-1, 4));
    for (long outside : new long[] {-1, EVENTS, Long.MAX_VALUE}) {
      assertThatExceptionOfType(IndexOutOfBoundsException.class)
          .isThrownBy(() -> reader.book(outside))
          .withMessageContainingAll(String.valueOf(outside), "SIM", "0 to 699");
    }
    long order = reader.rows(RowQuery.of("orders")).column("order_id").longs[3];
    assertThat(lines(reader.order(order), "order_id")).containsExactly("[order_id=" + order + "]");
    assertThat(reader.order(Long.MAX_VALUE).rows).isZero();
  }

  @Test
  void barsAreReadByTheirNameAndAnyPartOfThem() throws IOException {
    TickerDay day = SimulatedDay.of("SIM", 1);
    List<Map<String, Object>> bars = new ArrayList<>();
    for (String spec : List.of("events:10", "time:1m")) {
      for (long i = 0; i < 20; i++) {
        Map<String, Object> bar = new HashMap<>();
        bar.put("ticker", "SIM");
        bar.put("levels", 1);
        bar.put("bar_spec", spec);
        bar.put("bar_index", i);
        if (!(spec.equals("time:1m") && i == 7)) {
          bar.put("start_index", i * 10);
          bar.put("end_index", i * 10 + 9);
          bar.put("open", i / 2.0);
        }
        bar.put("is_complete", i < 19);
        bars.add(bar);
      }
    }
    WrittenLake lake = new WrittenLake(folder);
    lake.add(TableCatalog.CANDLES, day, bars.subList(5, 30));
    lake.add(
        TableCatalog.CANDLES,
        day,
        Stream.concat(bars.subList(0, 5).stream(), bars.subList(30, 40).stream()).toList());
    lake.publish(
        day, 200, INTERVAL, List.of("candles"), Map.of("candles", "events:10,time:1m+empty"));
    DayReader reader = open().day(day);
    RowQuery minutes = RowQuery.of("candles").spec("time:1m");

    assertThat(reader.specs("candles")).containsExactly("events:10", "time:1m");
    assertThat(reader.specs("depth_metrics")).isEmpty();
    assertThat(reader.ledgerEntry()).containsEntry("ticker", "SIM");
    RowPage page = reader.page(RowQuery.of("candles").spec("events:10").columns("open"), 8);
    assertThat(lines(page.rows(), "start_index", "open"))
        .isEqualTo(lines(bars.subList(0, 8), "start_index", "open"));
    assertThat(page.next()).hasValue(80);
    assertThatIllegalArgumentException().isThrownBy(() -> reader.page(RowQuery.of("orders"), 8));
    assertThat(lines(reader.rows(minutes.between(59, 80)), "bar_index", "open", "is_complete"))
        .containsExactly(
            "[bar_index=5, open=2.5, is_complete=true]",
            "[bar_index=6, open=3.0, is_complete=true]",
            "[bar_index=8, open=4.0, is_complete=true]");
    assertThat(lines(reader.rows(minutes), "bar_spec", "bar_index"))
        .isEqualTo(lines(bars.subList(20, 40), "bar_spec", "bar_index"));
    // The files overlap: what is in order in each is put in order together.
    assertThat(lines(reader.rows(RowQuery.of("candles")), "bar_spec", "bar_index", "start_index"))
        .isEqualTo(lines(bars, "bar_spec", "bar_index", "start_index"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> reader.rows(RowQuery.of("messages").spec("time:1m")))
        .withMessageContaining("messages");
  }

  @Test
  void whatIsNotPublishedIsNamed() throws IOException {
    assertThatExceptionOfType(NotPublishedException.class)
        .isThrownBy(this::open)
        .withMessageContaining("ticker_days");
    TickerDay day = SimulatedDay.of("SIM", 1);
    WrittenLake written = new WrittenLake(folder);
    written.add(TableCatalog.MESSAGES, day, StoredRows.messages(day, SimulatedDay.events(day, 10)));
    written.publish(day, 10, INTERVAL, List.of("messages"), Map.of());
    LakeReader lake = open();

    assertThat(lake.tickerDays()).containsExactly(day);
    assertThat(lake.ledger()).hasSize(1);
    assertThat(lake.root()).startsWith("file:");
    assertThatExceptionOfType(NotPublishedException.class)
        .isThrownBy(() -> lake.day(SimulatedDay.of("SIM", 2)))
        .withMessageContainingAll("SIM 2012-06-21 (2 levels)", "show ticker-days");
    assertThatExceptionOfType(NotPublishedException.class)
        .isThrownBy(() -> lake.day(day).rows(RowQuery.of("candles")))
        .withMessageContainingAll("SIM", "candles");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> lake.day(day).rows(RowQuery.of("mesages")))
        .withMessageContainingAll("no table 'mesages'", "SIM 2012-06-21 (1 level) has [messages]");
    Map<String, Object> rejected = new HashMap<>();
    rejected.put("trade_date", (int) SimulatedDay.DATE.toEpochDay());
    rejected.put("ticker", "BAD");
    rejected.put("levels", 1);
    rejected.put("reason", "ROW_COUNTS_DIFFER");
    rejected.put("message", "one file is longer");
    written.add(TableCatalog.QUARANTINE, day, List.of(rejected));
    assertThatExceptionOfType(NotPublishedException.class)
        .isThrownBy(() -> lake.day(SimulatedDay.of("BAD", 1)))
        .withMessageContainingAll("quarantined", "ROW_COUNTS_DIFFER", "one file is longer");
  }

  @Test
  void aRootIsWrittenAsItIsAndOneThatIsPercentEncodedIsToldSo() throws IOException {
    Path root = folder.resolve("my lake é");
    TickerDay day = SimulatedDay.of("SIM", 1);
    WrittenLake written = new WrittenLake(root);
    written.add(TableCatalog.MESSAGES, day, StoredRows.messages(day, SimulatedDay.events(day, 10)));
    written.publish(day, 10, INTERVAL, List.of("messages"), Map.of());

    assertThat(LakeReader.open("file:" + root).tickerDays()).containsExactly(day);
    assertThatExceptionOfType(NotPublishedException.class)
        .isThrownBy(() -> LakeReader.open(root.toUri().toString()))
        .withMessageContaining("percent-encoded");
  }

  @Test
  void aRootThatIsNoFolderIsSaidToBeNone() throws IOException {
    Path file = Files.createFile(folder.resolve("lake.parquet"));

    assertThatExceptionOfType(NotPublishedException.class)
        .isThrownBy(() -> LakeReader.open(file.toString()))
        .withMessageContainingAll("found a file", "lake.parquet", "expected the folder of a lake");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> LakeReader.open(""))
        .withMessageContaining("expected its folder or URI");
  }

  @Test
  void aDayStaysInItsStateUntilTheReaderIsRefreshed() throws IOException {
    TickerDay day = SimulatedDay.of("SIM", 1);
    WrittenLake lake = new WrittenLake(folder);
    List<Map<String, Object>> old = StoredRows.messages(day, SimulatedDay.events(day, 300));
    List<Map<String, Object>> newer = StoredRows.messages(day, SimulatedDay.events(day, 200));
    lake.add(TableCatalog.MESSAGES, day, old);
    lake.publish(day, 300, INTERVAL, List.of("messages"), Map.of());
    LakeReader reader = open();
    DayReader before = reader.day(day);
    lake.clear(TableCatalog.MESSAGES);
    lake.add(TableCatalog.MESSAGES, day, newer);

    assertThat(reader.refresh()).isFalse();
    lake.publish(day, 200, INTERVAL, List.of("messages"), Map.of());
    assertThat(reader.day(day).rows(RowQuery.of("messages")).rows).isEqualTo(300);
    assertThat(reader.refresh()).isTrue();
    assertThat(before.rows(RowQuery.of("messages")).rows).isEqualTo(300);
    assertThat(reader.day(day).rows(RowQuery.of("messages")).rows).isEqualTo(200);
  }

  @Test
  void aVersionThatWasVacuumedSaysSo() throws IOException {
    TickerDay day = SimulatedDay.of("SIM", 1);
    WrittenLake lake = new WrittenLake(folder);
    lake.add(TableCatalog.MESSAGES, day, StoredRows.messages(day, SimulatedDay.events(day, 300)));
    lake.add(TableCatalog.TRADES, day, List.of());
    lake.publish(day, 300, INTERVAL, List.of("messages", "trades"), Map.of());
    DayReader reader = open().day(day);
    DayReader without = open().day(day);
    reader.rows(RowQuery.of("messages").between(0, 5));
    try (Stream<Path> files = Files.walk(lake.path("messages"))) {
      for (Path file : files.filter(each -> each.toString().contains("part-")).toList()) {
        Files.delete(file);
      }
    }
    Files.delete(lake.path("trades").resolve("_delta_log/%020d.json".formatted(0)));

    // What is in memory still serves.
    assertThat(reader.rows(RowQuery.of("messages").between(0, 5)).rows).isEqualTo(6);
    assertThatExceptionOfType(VersionGoneException.class)
        .isThrownBy(() -> reader.rows(RowQuery.of("messages").between(290, 295)))
        .withMessageContainingAll("messages", "refresh()");
    assertThatExceptionOfType(VersionGoneException.class)
        .isThrownBy(() -> without.rows(RowQuery.of("messages").between(0, 5)));
    assertThatExceptionOfType(VersionGoneException.class)
        .isThrownBy(() -> without.rows(RowQuery.of("trades")))
        .withMessageContainingAll("trades", "refresh()");
  }

  @Test
  void aLakeMadeAnewAtTheSamePlaceIsAnotherLakeThoughItsVersionsHaveTheSameNumbers()
      throws IOException {
    TickerDay day = SimulatedDay.of("SIM", 1);
    List<Map<String, Object>> rows = StoredRows.messages(day, SimulatedDay.events(day, 300));
    WrittenLake old = new WrittenLake(folder);
    old.add(TableCatalog.MESSAGES, day, rows);
    old.add(TableCatalog.TRADES, day, List.of());
    old.publish(day, 300, INTERVAL, List.of("messages", "trades"), Map.of());
    LakeReader reader = open();
    DayReader before = reader.day(day);
    assertThat(before.rows(RowQuery.of("messages")).rows).isEqualTo(300);
    deleteAll(folder);
    WrittenLake anew = new WrittenLake(folder);
    anew.add(TableCatalog.MESSAGES, day, rows.subList(0, 200));
    anew.add(TableCatalog.TRADES, day, List.of());
    anew.publish(day, 200, INTERVAL, List.of("messages", "trades"), Map.of());

    assertThat(reader.refresh()).isTrue();
    assertThat(reader.day(day).events()).isEqualTo(200);
    assertThat(reader.day(day).rows(RowQuery.of("messages")).rows).isEqualTo(200);
    assertThat(reader.refresh()).isFalse();
    // What the older reader has not in memory would be the other lake's.
    assertThatExceptionOfType(VersionGoneException.class)
        .isThrownBy(() -> before.rows(RowQuery.of("trades")))
        .withMessageContainingAll("trades", "refresh()");
  }

  @Test
  void aLakeThatLostItsLedgerIsNotTakenForOneInWhichAllWasRejected() throws IOException {
    TickerDay day = SimulatedDay.of("SIM", 1);
    WrittenLake lake = new WrittenLake(folder);
    lake.add(TableCatalog.QUARANTINE, day, List.of());
    lake.publish(day, 1, INTERVAL, List.of(), Map.of());
    LakeReader reader = open();
    deleteAll(lake.path("ticker_days"));

    assertThatExceptionOfType(NotPublishedException.class).isThrownBy(reader::refresh);
    assertThat(reader.tickerDays()).containsExactly(day);
    assertThat(open().tickerDays()).isEmpty();
  }

  private static void deleteAll(Path root) throws IOException {
    try (Stream<Path> all = Files.walk(root)) {
      for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
        if (!each.equals(root)) {
          Files.delete(each);
        }
      }
    }
  }

  /** The file that has them. */
  private Path publishMessages(TickerDay day) throws IOException {
    WrittenLake lake = new WrittenLake(folder);
    lake.add(TableCatalog.MESSAGES, day, StoredRows.messages(day, SimulatedDay.events(day, 300)));
    lake.publish(day, 300, INTERVAL, List.of("messages"), Map.of());
    return lake.path("messages").resolve("trade_date=2012-06-21/part-0.parquet");
  }

  @Test
  void aDamagedFileIsNamed() throws IOException {
    TickerDay day = SimulatedDay.of("SIM", 1);
    Path file = publishMessages(day);
    byte[] sound = Files.readAllBytes(file);

    byte[] flipped = sound.clone();
    for (int i = 40; i < flipped.length / 2; i += 20) {
      flipped[i] ^= 1;
    }
    Files.write(file, flipped);
    assertThatIOException()
        .isThrownBy(() -> open().day(day).rows(RowQuery.of("messages")))
        .withMessageContainingAll("part-0.parquet", "damaged", "booklake verify");

    byte[] noEnd = sound.clone();
    noEnd[noEnd.length - 1] = 'X';
    byte[] longFooter = sound.clone();
    ByteBuffer.wrap(longFooter).putInt(longFooter.length - 8, -1);
    byte[] longerThanAll = sound.clone();
    ByteBuffer.wrap(longerThanAll)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putInt(sound.length - 8, sound.length);
    byte[] noFooter = sound.clone();
    java.util.Arrays.fill(noFooter, noFooter.length - 400, noFooter.length - 8, (byte) 0xff);
    for (byte[] broken : List.of(noEnd, longFooter, longerThanAll, noFooter)) {
      Files.write(file, broken);
      assertThatIOException()
          .isThrownBy(() -> open().day(day).rows(RowQuery.of("messages")))
          .withMessageContainingAll("part-0.parquet", "no Parquet file");
    }
  }

  /** Its bytes still make values, but perhaps others. */
  @Test
  void aPageThatDoesNotHaveItsChecksumIsNotRead() throws IOException {
    TickerDay day = SimulatedDay.of("SIM", 1);
    Path path = publishMessages(day);
    byte[] bytes = Files.readAllBytes(path);
    NotedParts parts = new NotedParts(bytes);
    IndexedFile file = IndexedFile.read(path.toString(), bytes.length, parts, new Room());
    OffsetIndex places = file.index(0, parts, new Room()).places(file.column("price"));
    bytes[(int) places.getOffset(0) + places.getCompressedPageSize(0) - 1] ^= 1;
    Files.write(path, bytes);
    RowQuery query = RowQuery.of("messages");

    assertThat(open().day(day).rows(query.columns("size")).rows).isEqualTo(300);
    assertThatIOException()
        .isThrownBy(() -> open().day(day).rows(query.columns("price")))
        .withMessageContainingAll("part-0.parquet", "column price", "damaged")
        .withStackTraceContaining("checksum");
  }

  @Test
  void aFileTooShortToBeOneIsNamed() throws IOException {
    TickerDay day = SimulatedDay.of("SIM", 1);
    WrittenLake lake = new WrittenLake(folder);
    Path file = lake.path("messages").resolve("trade_date=2012-06-21/short.parquet");
    Files.createDirectories(file.getParent());
    Files.writeString(file, "PAR1", StandardCharsets.US_ASCII, StandardOpenOption.CREATE);
    lake.name(TableCatalog.MESSAGES, "trade_date=2012-06-21/short.parquet", day);
    lake.publish(day, 1, INTERVAL, List.of("messages"), Map.of());

    assertThatIOException()
        .isThrownBy(() -> open().day(day).rows(RowQuery.of("messages")))
        .withMessageContainingAll("short.parquet", "no Parquet file");
  }

  @ParameterizedTest
  @CsvSource({"../../secret.parquet", "/etc/secret.parquet", "a/../../../secret.parquet"})
  void aLogThatNamesAFileElsewhereIsNotFollowed(String name) throws IOException {
    TickerDay day = SimulatedDay.of("SIM", 1);
    WrittenLake lake = new WrittenLake(folder);
    lake.name(TableCatalog.MESSAGES, name, day);
    lake.publish(day, 1, INTERVAL, List.of("messages"), Map.of());

    assertThatIOException()
        .isThrownBy(() -> open().day(day).rows(RowQuery.of("messages")))
        .withMessageContainingAll("secret.parquet", "not in this folder");
  }

  @Test
  void aFileOfWhichTheLogTellsNoDateIsNamed() throws IOException {
    TickerDay day = SimulatedDay.of("SIM", 1);
    WrittenLake lake = new WrittenLake(folder);
    lake.name(TableCatalog.MESSAGES, "dateless.parquet", day);
    lake.publish(day, 1, INTERVAL, List.of("messages"), Map.of());
    Path log = lake.path("messages").resolve("_delta_log/%020d.json".formatted(0));
    Files.writeString(log, Files.readString(log).replace("\"2012-06-21\"", "null"));

    assertThatIOException()
        .isThrownBy(() -> open().day(day).rows(RowQuery.of("messages")))
        .withMessageContainingAll("dateless.parquet", "of which date");
  }

  @Test
  void aFileFromBeforeAColumnWasAddedHoldsNoRowsWithAValueInIt() throws IOException {
    TickerDay day = SimulatedDay.of("SIM", 1);
    Map<String, Object> bin = new HashMap<>();
    bin.put("ticker", "SIM");
    bin.put("levels", 1);
    bin.put("window_spec", "session");
    bin.put("window_index", 0L);
    bin.put("bin_size", 0.01);
    bin.put("start_index", 0L);
    bin.put("end_index", 9L);
    bin.put("price", 585.33);
    WrittenLake lake = new WrittenLake(folder);
    lake.add(TableCatalog.VOLUME_PROFILE, day, List.of(bin));
    List<String> columns = new ArrayList<>(TableCatalog.VOLUME_PROFILE.columnNames());
    columns.removeAll(List.of("bin_size", "trade_date"));
    String older = "trade_date=2012-06-21/older.parquet";
    StoredRows.write(
        lake.path("volume_profile").resolve(older),
        TableCatalog.VOLUME_PROFILE.of(columns),
        List.of(bin),
        WrittenLake.LAYOUT);
    lake.name(TableCatalog.VOLUME_PROFILE, older, day);
    lake.publish(
        day,
        10,
        INTERVAL,
        List.of("volume_profile"),
        Map.of("volume_profile", "session@0.01,session@0.05"));
    DayReader reader = open().day(day);
    RowQuery query = RowQuery.of("volume_profile");

    assertThat(lines(reader.rows(query), "bin_size"))
        .containsExactlyInAnyOrder("[bin_size=0.01]", "[bin_size=null]");
    assertThat(lines(reader.rows(query.spec("session@0.01")), "bin_size"))
        .containsExactly("[bin_size=0.01]");
    assertThat(reader.rows(query.spec("session@0.05")).rows).isZero();
  }

  @Test
  void manyThreadsReadWhileFilesAreReplaced() throws Exception {
    TickerDay day = SimulatedDay.of("SIM", 2);
    List<EventBatch> events = SimulatedDay.events(day, EVENTS);
    WrittenLake lake = new WrittenLake(folder);
    lake.take(day, events, INTERVAL);
    // So small that pages come and go all the time.
    LakeReader reader = LakeReader.open(folder.toString(), new Configuration(), 200_000);
    List<String> expected =
        lines(StoredRows.messages(day, events), "event_index", "price", "order_id");
    AtomicBoolean done = new AtomicBoolean();
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      List<Future<Integer>> readers = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        Random random = new Random(i);
        Callable<Integer> reading =
            () -> {
              int reads = 0;
              while (!done.get() || reads < 20) {
                DayReader one = reader.day(day);
                int first = random.nextInt(EVENTS);
                int last = Math.min(EVENTS - 1, first + random.nextInt(300));
                assertThat(
                        lines(
                            one.rows(RowQuery.of("messages").between(first, last)),
                            "event_index",
                            "price",
                            "order_id"))
                    .isEqualTo(expected.subList(first, last + 1));
                assertThat(one.book(first).book().eventIndex()).isEqualTo(first);
                reads++;
              }
              return reads;
            };
        readers.add(threads.submit(reading));
      }
      for (int i = 0; i < 15; i++) {
        for (Table table : TableCatalog.perEvent(2)) {
          if (!table.equals(TableCatalog.TRADES)) {
            lake.clear(table);
          }
        }
        lake.take(day, events, INTERVAL);
        assertThat(reader.refresh()).isTrue();
      }
      done.set(true);
      for (Future<Integer> each : readers) {
        assertThat(each.get()).isGreaterThanOrEqualTo(20);
      }
    } finally {
      done.set(true);
      threads.shutdownNow();
    }
    assertThat(reader.bytesRead()).isPositive();
  }

  @Test
  void whatScrubbingComesToNextIsInMemoryAlready() throws Exception {
    TickerDay day = SimulatedDay.of("SIM", 1);
    WrittenLake written = new WrittenLake(folder);
    List<EventBatch> events = SimulatedDay.events(day, EVENTS);
    written.add(TableCatalog.MESSAGES, day, StoredRows.messages(day, events));
    written.publish(day, EVENTS, INTERVAL, List.of("messages"), Map.of());
    LakeReader lake = open();
    DayReader reader = lake.day(day);
    RowQuery query = RowQuery.of("messages");

    reader.rows(query.between(0, 99));
    reader.rows(query.between(100, 199));
    lake.readAhead().settle();
    long before = lake.bytesRead();
    assertThat(reader.rows(query.between(200, 299)).rows).isEqualTo(100);
    lake.readAhead().settle();
    // What was read meanwhile is the range behind it, and no more than that.
    assertThat(lake.bytesRead() - before).isPositive();
    Files.delete(lake(written));
    assertThat(reader.rows(query.between(300, 399)).rows).isEqualTo(100);
  }

  private static Path lake(WrittenLake written) throws IOException {
    try (Stream<Path> files = Files.walk(written.path("messages"))) {
      return files
          .filter(each -> each.toString().endsWith("part-0.parquet"))
          .findFirst()
          .orElseThrow();
    }
  }

  @Test
  void aRangeLeadsOnToItsNeighbourOnTheSameSide() {
    RowQuery query = RowQuery.of("messages");

    assertThat(query.between(10, 19).next(query.between(0, 9), 100))
        .contains(query.between(20, 29));
    assertThat(query.between(10, 19).next(query.between(20, 29), 100))
        .contains(query.between(0, 9));
    assertThat(query.between(5, 14).next(query.between(8, 17), 100)).contains(query.between(0, 4));
    assertThat(query.between(90, 95).next(query.between(85, 90), 100))
        .contains(query.between(96, 99));
    assertThat(query.between(50, 59).next(query.between(0, 9), 100)).isEmpty();
    assertThat(query.between(0, 9).next(query.between(50, 59), 100)).isEmpty();
    assertThat(query.between(0, 9).next(query.between(0, 9), 100)).isEmpty();
    assertThat(query.between(0, 9).next(query.between(10, 19), 100)).isEmpty();
    assertThat(query.between(90, 99).next(query.between(80, 89), 100)).isEmpty();
    assertThat(query.between(90, 100).next(query.between(80, 89), 100)).isEmpty();
    assertThat(query.between(90, 99).next(query.between(80, 100), 100)).isEmpty();
  }
}
