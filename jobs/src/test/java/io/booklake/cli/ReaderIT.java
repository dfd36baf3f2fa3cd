package io.booklake.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.booklake.book.BookReplay;
import io.booklake.book.FullReplay;
import io.booklake.format.lobster.EventBatch;
import io.booklake.format.lobster.HadoopSource;
import io.booklake.format.lobster.Pair;
import io.booklake.format.lobster.PairDiscovery;
import io.booklake.format.lobster.PairReader;
import io.booklake.format.lobster.RealData;
import io.booklake.model.TickerDay;
import io.booklake.read.DayReader;
import io.booklake.read.LakeReader;
import io.booklake.read.OrderBook;
import io.booklake.read.RowQuery;
import io.booklake.table.ColumnBatch;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Lakes that the real command line wrote, read without Spark. */
class ReaderIT {
  private static final int BOOKS = 1_000;

  private static final int THREADS = 32;

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({
    "GOOG_2012-06-21_10.zip, 2012-06-21, GOOG, 10",
    "AMZN_2012-06-21_5.zip, 2012-06-21, AMZN, 5",
    "AAPL_2012-06-21_1.zip, 2012-06-21, AAPL, 1",
    "TSLA_2015-01-07_10, 2015-01-07, TSLA, 10"
  })
  void theBookOfARealDayIsThatOfAFullReplay(String name, LocalDate date, String ticker, int levels)
      throws Exception {
    String sample = RealData.folder().resolve("LOBSTER_SampleFile_" + name).toString();
    Path lake = folder.resolve("lake");
    Booklake.done("ingest", "--landing", sample, "--lake", lake);
    Configuration configuration = new Configuration();
    Pair pair = PairDiscovery.find(configuration, List.of(sample)).pairs().get(0);
    DayReader day =
        LakeReader.open(lake.toString(), configuration).day(new TickerDay(date, ticker, levels));
    TreeMap<Long, OrderBook> books = new TreeMap<>();
    Random random = new Random(2012);
    while (books.size() < Math.min(BOOKS, day.events())) {
      long index = random.nextInt((int) day.events());
      books.put(index, day.book(index).book());
    }

    try (PairReader reader =
        PairReader.open(
            pair, new HadoopSource(configuration), PairReader.Projection.all(pair.tickerDay()))) {
      new FullReplay(reader)
          .visit(
              books.navigableKeySet(),
              (index, known) -> {
                OrderBook book = books.get(index);
                assertThat(orders(book)).as("after event " + index).isEqualTo(known);
                assertThat(book.bids()).allMatch(level -> level.residual() >= 0);
                assertThat(book.asks()).allMatch(level -> level.residual() >= 0);
              });
    }
  }

  private static List<BookReplay.Order> orders(OrderBook book) {
    List<BookReplay.Order> all = new ArrayList<>(book.outOfSight());
    book.bids().forEach(level -> all.addAll(level.queue()));
    book.asks().forEach(level -> all.addAll(level.queue()));
    all.sort(Comparator.comparingLong(BookReplay.Order::orderId));
    return all;
  }

  @ParameterizedTest
  @CsvSource({"SIMA", "SIMB"})
  void anyRangeOfARewrittenDayIsWhatItsPairSays(String ticker) throws Exception {
    Path landing = folder.resolve("landing");
    Path lake = folder.resolve("lake");
    simulate(landing);
    Booklake.done("ingest", "--landing", landing, "--lake", lake);
    Booklake.done("ingest", "--landing", landing, "--lake", lake, "--force", "--ticker", "SIMA");
    LakeReader reader = LakeReader.open(lake.toString(), new Configuration());
    Random random = new Random(5);
    for (TickerDay each : reader.tickerDays()) {
      if (each.ticker().equals(ticker)) {
        List<Long> prices = prices(landing, each);
        DayReader day = reader.day(each);
        assertThat(day.events()).isEqualTo(prices.size());
        for (int i = 0; i < 50; i++) {
          int first = random.nextInt(prices.size());
          int last = Math.min(prices.size() - 1, first + random.nextInt(5_000));
          assertThat(prices(day, first, last)).isEqualTo(prices.subList(first, last + 1));
        }
      }
    }
  }

  @Test
  void manyThreadsReadWhileIngestRewritesTheSameTickerDays() throws Exception {
    Path landing = folder.resolve("landing");
    Path lake = folder.resolve("lake");
    simulate(landing);
    Booklake.done("ingest", "--landing", landing, "--lake", lake);
    LakeReader reader = LakeReader.open(lake.toString(), new Configuration(), 4 << 20);
    TreeMap<TickerDay, List<Long>> expected = new TreeMap<>();
    for (TickerDay each : reader.tickerDays()) {
      expected.put(each, prices(landing, each));
    }
    AtomicBoolean done = new AtomicBoolean();
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try {
      List<Future<Long>> reads = new ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        Random random = new Random(i);
        reads.add(
            threads.submit(
                () -> {
                  long count = 0;
                  while (!done.get()) {
                    List<TickerDay> days = List.copyOf(expected.keySet());
                    TickerDay day = days.get(random.nextInt(days.size()));
                    List<Long> prices = expected.get(day);
                    int first = random.nextInt(prices.size());
                    int last = Math.min(prices.size() - 1, first + random.nextInt(3_000));
                    assertThat(prices(reader.day(day), first, last))
                        .isEqualTo(prices.subList(first, last + 1));
                    count++;
                    // Or the writer would never come to its turn.
                    Thread.sleep(5);
                  }
                  return count;
                }));
      }
      for (int i = 0; i < 3; i++) {
        Booklake.done("ingest", "--landing", landing, "--lake", lake, "--force");
        assertThat(reader.refresh()).isTrue();
      }
      done.set(true);
      for (Future<Long> each : reads) {
        assertThat(each.get()).isPositive();
      }
    } finally {
      done.set(true);
      threads.shutdownNow();
    }
  }

  /** Minutes and some gigabytes of disk: -Dbooklake.huge-day=10000000, the number of events. */
  @Test
  @EnabledIfSystemProperty(named = "booklake.huge-day", matches = "[0-9]+")
  void aTickerDayOfGigabytesIsReadAtItsEdgesAndAnywhere() throws Exception {
    Path landing = folder.resolve("landing");
    Path lake = folder.resolve("lake");
    String events = System.getProperty("booklake.huge-day");
    Booklake.done(
        "simulate",
        "--landing",
        landing,
        "--ticker-count",
        "1",
        "--events",
        events,
        "--depths",
        "10");
    Booklake.done("ingest", "--landing", landing, "--lake", lake);
    LakeReader reader = LakeReader.open(lake.toString());
    DayReader day = reader.day(reader.tickerDays().first());
    long last = day.events() - 1;
    // Pages end at multiples of 2,048 rows, row groups at multiples of 98,304.
    TreeSet<Long> indexes = new TreeSet<>(List.of(0L, 2_047L, 2_048L, last));
    for (long border = 98_304; border < last; border += 5 * 98_304) {
      indexes.addAll(List.of(border - 1, border));
    }
    new Random(9).longs(BOOKS, 0, last).forEach(indexes::add);

    Pair pair = PairDiscovery.find(new Configuration(), List.of(landing.toString())).pairs().get(0);
    assertThat(pair.storedBytes()).isGreaterThan(250L * day.events());
    long read = 0;
    try (PairReader text =
        PairReader.open(
            pair,
            new HadoopSource(new Configuration()),
            PairReader.Projection.all(pair.tickerDay()))) {
      EventBatch batch = text.newBatch();
      while (text.read(batch)) {
        for (long index : indexes.subSet(read, read + batch.rows)) {
          assertSame(day, index, batch, (int) (index - read));
        }
        read += batch.rows;
      }
    }
    assertThat(read).isEqualTo(day.events());
    assertThat(day.rows(RowQuery.of("depth").between(last + 1, last + 9)).rows).isZero();
    assertThat(day.rows(RowQuery.of("messages").between(last - 4, last + 4)).rows).isEqualTo(5);
  }

  /** The message, the row and the book after an event are those of the text. */
  private static void assertSame(DayReader day, long index, EventBatch text, int row)
      throws Exception {
    ColumnBatch message = day.rows(RowQuery.of("messages").between(index, index));
    assertThat(message.rows).isOne();
    assertThat(message.column("time_ns").longs[0]).isEqualTo(text.timeNanos[row]);
    assertThat(message.column("order_id").longs[0]).isEqualTo(text.orderId[row]);
    ColumnBatch depth = day.rows(RowQuery.of("depth").between(index, index));
    assertThat(depth.rows).isOne();
    OrderBook book = day.book(index).book();
    for (int level = 0; level < book.bids().size(); level++) {
      assertThat(depth.column("bid_price_" + (level + 1)).longs[0])
          .isEqualTo(text.bidPrice[level][row]);
      assertThat(book.bids().get(level).priceTicks()).isEqualTo(text.bidPrice[level][row]);
      assertThat(book.bids().get(level).size()).isEqualTo(text.bidSize[level][row]);
      assertThat(book.bids().get(level).residual()).isNotNegative();
    }
  }

  private static void simulate(Path landing) {
    Booklake.done(
        "simulate",
        "--landing",
        landing,
        "--ticker-count",
        "2",
        "--days",
        "2",
        "--events",
        "9000",
        "--depths",
        "5");
  }

  private static List<Long> prices(DayReader day, long first, long last) throws Exception {
    ColumnBatch rows =
        day.rows(RowQuery.of("messages").between(first, last).columns("event_index", "price"));
    List<Long> prices = new ArrayList<>();
    for (int row = 0; row < rows.rows; row++) {
      assertThat(rows.column("event_index").longs[row]).isEqualTo(first + row);
      prices.add(rows.column("price").longs[row]);
    }
    return prices;
  }

  private static List<Long> prices(Path landing, TickerDay day) throws Exception {
    Configuration configuration = new Configuration();
    List<Long> prices = new ArrayList<>();
    for (Pair pair : PairDiscovery.find(configuration, List.of(landing.toString())).pairs()) {
      if (pair.tickerDay().equals(day)) {
        try (PairReader reader =
            PairReader.open(
                pair, new HadoopSource(configuration), PairReader.Projection.all(day))) {
          EventBatch batch = reader.newBatch();
          while (reader.read(batch)) {
            for (int row = 0; row < batch.rows; row++) {
              prices.add(batch.price[row]);
            }
          }
        }
      }
    }
    return prices;
  }
}
