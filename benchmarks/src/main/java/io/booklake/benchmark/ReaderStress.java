package io.booklake.benchmark;

import io.booklake.model.TickerDay;
import io.booklake.read.DayReader;
import io.booklake.read.LakeReader;
import io.booklake.read.RowQuery;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.apache.hadoop.conf.Configuration;

/**
 * Many threads read a lake whose ticker-days somebody replaces all the while, by other deliveries
 * of the same ticker-days. Every answer is held against the text of the delivery that it is of.
 * Prints a line of JSON; {@code benchmarks/reader --stress} runs it.
 */
public final class ReaderStress {
  private static final int LONGEST_RANGE = 500;

  /**
   * The events of a ticker-day in one delivery, from the text itself.
   *
   * @param messages order number, size and price of each
   * @param depth all numbers of each row of the order book
   */
  private record Truth(List<long[]> messages, List<long[]> depth) {}

  /** By ticker-day and number of events, in which deliveries must differ. */
  private final Map<TickerDay, Map<Long, Truth>> truths = new HashMap<>();

  private final LongAdder answers = new LongAdder();
  private final LongAdder wrong = new LongAdder();
  private final LongAdder errors = new LongAdder();
  private final LongAdder turns = new LongAdder();

  private ReaderStress() {}

  /** {@code LAKE SECONDS THREADS LANDING...}. */
  public static void main(String[] arguments) throws Exception {
    var stress = new ReaderStress();
    for (String landing : Arrays.asList(arguments).subList(3, arguments.length)) {
      stress.learn(Path.of(landing));
    }
    stress.run(arguments[0], Integer.parseInt(arguments[1]), Integer.parseInt(arguments[2]));
  }

  private void learn(Path landing) throws IOException {
    try (var files = Files.walk(landing)) {
      for (Path message : files.filter(file -> file.toString().contains("_message_")).toList()) {
        String[] name = message.getFileName().toString().replace(".csv", "").split("_", -1);
        TickerDay day =
            new TickerDay(
                java.time.LocalDate.parse(name[1]),
                name[0],
                Integer.parseInt(name[name.length - 1]));
        Path book = Path.of(message.toString().replace("_message_", "_orderbook_"));
        List<long[]> messages = new ArrayList<>();
        for (String line : Files.readAllLines(message)) {
          String[] fields = line.split(",", -1);
          messages.add(
              new long[] {
                Long.parseLong(fields[2]), Long.parseLong(fields[3]), Long.parseLong(fields[4])
              });
        }
        List<long[]> depth = new ArrayList<>();
        for (String line : Files.readAllLines(book)) {
          depth.add(Arrays.stream(line.split(",", -1)).mapToLong(Long::parseLong).toArray());
        }
        truths
            .computeIfAbsent(day, key -> new HashMap<>())
            .put((long) messages.size(), new Truth(messages, depth));
      }
    }
  }

  private void run(String root, int seconds, int threads) throws Exception {
    LakeReader lake = LakeReader.open(root, new Configuration());
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    ExecutorService pool = Executors.newFixedThreadPool(threads + 1);
    try {
      List<Future<?>> all = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        Random random = new Random(i);
        all.add(
            pool.submit(
                () -> {
                  while (System.nanoTime() < end) {
                    read(lake, random);
                  }
                }));
      }
      all.add(
          pool.submit(
              () -> {
                while (System.nanoTime() < end) {
                  if (lake.refresh()) {
                    turns.increment();
                  }
                  Thread.sleep(50);
                }
                return null;
              }));
      for (Future<?> each : all) {
        each.get();
      }
    } finally {
      pool.shutdown();
    }
    System.out.printf(
        Locale.ROOT,
        "{\"operation\": \"stress\", \"threads\": %d, \"seconds\": %d, \"answers\": %d,"
            + " \"states\": %d, \"wrong\": %d, \"errors\": %d}%n",
        threads,
        seconds,
        answers.sum(),
        turns.sum(),
        wrong.sum(),
        errors.sum());
  }

  private void read(LakeReader lake, Random random) {
    List<TickerDay> days = List.copyOf(lake.tickerDays());
    try {
      DayReader day = lake.day(days.get(random.nextInt(days.size())));
      Truth truth = truths.get(day.tickerDay()).get(day.events());
      int first = random.nextInt((int) day.events());
      int last = Math.min((int) day.events() - 1, first + random.nextInt(LONGEST_RANGE));
      boolean right =
          messages(day, truth, first, last) && depth(day, truth, first) && book(day, truth, first);
      answers.add(3);
      if (!right) {
        wrong.increment();
        System.err.println("wrong: " + day.tickerDay() + " from event " + first);
      }
    } catch (IOException | RuntimeException e) {
      errors.increment();
      System.err.println(e);
    }
  }

  private static boolean messages(DayReader day, Truth truth, int first, int last)
      throws IOException {
    var rows =
        day.rows(RowQuery.of("messages").between(first, last).columns("order_id", "size", "price"));
    boolean right = rows.rows == last - first + 1;
    for (int row = 0; row < rows.rows && right; row++) {
      long[] expected = truth.messages.get(first + row);
      right =
          rows.column("order_id").longs[row] == expected[0]
              && rows.column("size").longs[row] == expected[1]
              && rows.column("price").longs[row] == expected[2];
    }
    return right;
  }

  /** Prices and sizes of the best levels; simulated books are never empty there. */
  private static boolean depth(DayReader day, Truth truth, int index) throws IOException {
    var rows = day.rows(RowQuery.of("depth").between(index, index));
    long[] expected = truth.depth.get(index);
    return rows.rows == 1
        && rows.column("ask_price_1").longs[0] == expected[0]
        && rows.column("ask_size_1").longs[0] == expected[1]
        && rows.column("bid_price_1").longs[0] == expected[2]
        && rows.column("bid_size_1").longs[0] == expected[3];
  }

  /** The order-level book adds up to the published row. */
  private static boolean book(DayReader day, Truth truth, int index) throws IOException {
    var book = day.book(index).book();
    long[] expected = truth.depth.get(index);
    return book.asks().get(0).priceTicks() == expected[0]
        && book.asks().get(0).size() == expected[1]
        && book.bids().get(0).priceTicks() == expected[2]
        && book.bids().get(0).size() == expected[3];
  }
}
