package io.booklake.book;

import io.booklake.format.lobster.EventBatch;
import io.booklake.simulate.Activity;
import io.booklake.simulate.DayPlan;
import io.booklake.simulate.Listing;
import io.booklake.simulate.Simulation;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * Measures the engine without sinks: processor time of this thread and allocation per event.
 *
 * <pre>{@code
 * BOOKLAKE_REAL_DATA=... java -cp ... io.booklake.book.BookSpeed GOOG_2012-06-21_10 20
 * java -Xmx1500m -cp ... io.booklake.book.BookSpeed 10000000
 * }</pre>
 */
final class BookSpeed {
  private static long sunk;

  private BookSpeed() {}

  private interface Source {
    void forEach(Consumer<EventBatch> consumer) throws IOException;
  }

  /** A sample day and rounds, or the events of a simulated day, which is played once per pass. */
  public static void main(String[] arguments) throws IOException {
    if (arguments.length == 1) {
      DayPlan plan =
          DayPlan.of(Listing.of("SIM", 1_000_000, Activity.BUSY), LocalDate.of(2012, 6, 21), 1)
              .withEvents(Long.parseLong(arguments[0]));
      Source nothing = consumer -> new Simulation(plan, batch -> {}).run();
      long began = cpuNanos();
      nothing.forEach(batch -> {});
      print("the simulator alone, once: " + (cpuNanos() - began) / 1_000_000 + " ms");
      measure(consumer -> new Simulation(plan, consumer::accept).run(), plan.deepest());
      return;
    }
    List<EventBatch> batches = new ArrayList<>();
    Day day = RealDays.day(arguments[0]);
    for (int first = 0; first < day.events.size(); first += EventBatch.DEFAULT_CAPACITY) {
      Day part = new Day(day.levels);
      part.events.addAll(
          day.events.subList(
              first, Math.min(first + EventBatch.DEFAULT_CAPACITY, day.events.size())));
      part.batches(EventBatch.DEFAULT_CAPACITY, batches::add);
      batches.get(batches.size() - 1).firstIndex = first;
    }
    for (int round = Integer.parseInt(arguments[1]); round > 0; round--) {
      measure(batches::forEach, day.levels);
    }
  }

  private static void measure(Source source, int levels) throws IOException {
    var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    long allocated = threads.getCurrentThreadAllocatedBytes();
    long began = cpuNanos();
    Hindsight hindsight = new Hindsight();
    source.forEach(hindsight::add);
    long turned = cpuNanos();
    BookRebuilder rebuilder =
        new BookRebuilder(
            hindsight,
            levels,
            (index, sequence, action, id, side, price, change, left, origin) -> sunk += left,
            new NoSnapshots(),
            (id, side, price, in, inTime, out, outTime, size, fill, cancel, ahead, why, how) ->
                sunk += ahead,
            1000);
    long forward = threads.getCurrentThreadAllocatedBytes();
    source.forEach(rebuilder::add);
    Fidelity fidelity = rebuilder.finish();
    long ended = cpuNanos();
    long forwardBytes = threads.getCurrentThreadAllocatedBytes() - forward;
    double events = fidelity.events();
    print(
        String.format(
            Locale.ROOT,
            "%,.0f events, %,d orders: first pass %.0f ns, second %.0f ns per event;"
                + " %.0f bytes per order before the second pass, %.1f bytes per event in it;"
                + " proven %.4f, known %.4f (%d)",
            events,
            hindsight.orders(),
            (turned - began) / events,
            (ended - turned) / events,
            (double) (forward - allocated) / hindsight.orders(),
            forwardBytes / events,
            fidelity.proven(),
            fidelity.known(),
            sunk & 1));
  }

  private static long cpuNanos() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }

  private static void print(String line) {
    System.out.println(line);
  }

  private static final class NoSnapshots implements SnapshotSink {
    @Override
    public void residual(long index, byte side, int level, long price, long size) {
      sunk += size;
    }

    @Override
    public void order(
        long index,
        byte side,
        int level,
        long price,
        int position,
        long id,
        long size,
        long entryIndex,
        long entryTime,
        Origin origin) {
      sunk += size;
    }
  }
}
