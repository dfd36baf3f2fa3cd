package io.booklake.benchmark;

import com.sun.management.ThreadMXBean;
import io.booklake.model.EventType;
import io.booklake.model.TickerDay;
import io.booklake.read.DayReader;
import io.booklake.read.LakeReader;
import io.booklake.read.RowQuery;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/**
 * Random jumps through a lake with booklake's reader. Prints a line of JSON for each operation;
 * {@code benchmarks/reader} runs it beside others who do the same.
 */
public final class ReaderLoad {
  private static final int MESSAGES = 1_000;
  private static final int CANDLES = 300;
  private static final int EVENTS_PER_CANDLE = 50;
  private static final String BARS = "events:50";

  private final LakeReader lake;
  private final List<DayReader> days = new ArrayList<>();

  private ReaderLoad(LakeReader lake, int mostDays) {
    this.lake = lake;
    lake.tickerDays().stream().limit(mostDays).forEach(day -> days.add(lake.day(day)));
  }

  /** Does something at an event of a day. */
  private interface Operation {
    /** How many rows it found. */
    long at(DayReader day, long index) throws Exception;
  }

  /**
   * {@code LAKE JUMPS SEED [DAYS]}: jumps go to all ticker-days, or to the first so many of them.
   */
  public static void main(String[] arguments) throws Exception {
    long started = System.nanoTime();
    LakeReader lake = LakeReader.open(arguments[0]);
    TickerDay first = lake.tickerDays().first();
    lake.day(first).rows(RowQuery.of("messages").between(0, MESSAGES - 1));
    print("open and first answer", new double[] {(System.nanoTime() - started) / 1e6}, 0, 0);
    int jumps = Integer.parseInt(arguments[1]);
    long seed = Long.parseLong(arguments[2]);
    int mostDays = arguments.length > 3 ? Integer.parseInt(arguments[3]) : Integer.MAX_VALUE;
    ReaderLoad load = new ReaderLoad(lake, mostDays);
    load.all("cold", jumps / 10, seed);
    load.all("", jumps, seed + 1);
    load.all("warm", jumps, seed + 2);
  }

  private void all(String state, int jumps, long seed) throws Exception {
    measure(
        state,
        "1,000 messages",
        jumps,
        seed,
        (day, index) ->
            day.rows(RowQuery.of("messages").between(index, index + MESSAGES - 1)).rows);
    measure(
        state,
        "depth row",
        jumps,
        seed,
        (day, index) -> day.rows(RowQuery.of("depth").between(index, index)).rows);
    measure(state, "L3 book", jumps, seed, (day, index) -> day.book(index).book().bids().size());
    measure(
        state,
        "300 candles",
        jumps,
        seed,
        (day, index) -> {
          long from = index - index % EVENTS_PER_CANDLE;
          long last = from + CANDLES * EVENTS_PER_CANDLE - 1L;
          return day.rows(RowQuery.of("candles").spec(BARS).between(from, last)).rows;
        });
    measure(
        state,
        "next execution",
        jumps,
        seed,
        (day, index) -> day.next(EventType.VISIBLE_EXECUTION, index).orElse(-1));
  }

  private void measure(String state, String name, int jumps, long seed, Operation operation)
      throws Exception {
    Random random = new Random(seed);
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    double[] millis = new double[jumps];
    long bytes = lake.bytesRead();
    long allocated = threads.getCurrentThreadAllocatedBytes();
    for (int i = 0; i < jumps; i++) {
      DayReader day = days.get(random.nextInt(days.size()));
      long index = (long) (random.nextDouble() * day.events());
      long started = System.nanoTime();
      operation.at(day, index);
      millis[i] = (System.nanoTime() - started) / 1e6;
    }
    if (!state.isEmpty()) {
      print(
          state + ", " + name,
          millis,
          (lake.bytesRead() - bytes) / jumps,
          (threads.getCurrentThreadAllocatedBytes() - allocated) / jumps);
    }
  }

  private static void print(String name, double[] millis, long bytes, long allocated) {
    Arrays.sort(millis);
    System.out.printf(
        Locale.ROOT,
        "{\"operation\": \"%s\", \"jumps\": %d, \"p50\": %.3f, \"p99\": %.3f, \"bytes\": %d, \"allocated\": %d}%n",
        name,
        millis.length,
        millis[millis.length / 2],
        millis[(int) (0.99 * (millis.length - 1))],
        bytes,
        allocated);
  }
}
