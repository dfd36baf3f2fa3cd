package io.booklake.book;

import io.booklake.format.lobster.EventBatch;
import io.booklake.simulate.Activity;
import io.booklake.simulate.DayPlan;
import io.booklake.simulate.Listing;
import io.booklake.simulate.Simulation;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.LocalDate;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * Measures the engine without sinks: processor time of this thread and allocation per event.
 *
 * <pre>{@code
 * BOOKLAKE_REAL_DATA=... java -cp ... io.booklake.book.BookSpeed GOOG_2012-06-21_10 20
 * java -Xmx1500m -cp ... io.booklake.book.BookSpeed 10000000 1
 * }</pre>
 */
final class BookSpeed {
  private static long sunk;

  private BookSpeed() {}

  private interface Source {
    void forEach(Consumer<EventBatch> consumer) throws IOException;
  }

  /** What a pass costs, without what fills the batches. */
  private static final class Meter implements Consumer<EventBatch> {
    private final Consumer<EventBatch> pass;
    long nanos;
    long bytes;

    Meter(Consumer<EventBatch> pass) {
      this.pass = pass;
    }

    @Override
    public void accept(EventBatch batch) {
      long bytesBefore = allocatedBytes();
      long began = cpuNanos();
      pass.accept(batch);
      nanos += cpuNanos() - began;
      bytes += allocatedBytes() - bytesBefore;
    }
  }

  /** A sample day, or the number of events of a simulated day; and how often. */
  public static void main(String[] arguments) throws IOException {
    int rounds = Integer.parseInt(arguments[1]);
    if (arguments[0].matches("\\d+")) {
      DayPlan plan =
          DayPlan.of(Listing.of("SIM", 1_000_000, Activity.BUSY), LocalDate.of(2012, 6, 21), 1)
              .withEvents(Long.parseLong(arguments[0]));
      measure(rounds, consumer -> new Simulation(plan, consumer::accept).run(), plan.deepest());
    } else {
      Day day = RealDays.day(arguments[0]);
      measure(rounds, consumer -> day.batches(EventBatch.DEFAULT_CAPACITY, consumer), day.levels);
    }
  }

  private static void measure(int rounds, Source source, int levels) throws IOException {
    for (int round = 0; round < rounds; round++) {
      Hindsight hindsight = new Hindsight();
      Meter first = new Meter(hindsight::add);
      source.forEach(first);
      long between = allocatedBytes();
      BookRebuilder rebuilder =
          new BookRebuilder(
              hindsight,
              levels,
              (index, sequence, action, id, side, price, change, left, origin) -> sunk += left,
              new NoSnapshots(),
              (id, side, price, in, inTime, out, outTime, size, fill, cancel, ahead, why, how) ->
                  sunk += ahead,
              1000);
      between = allocatedBytes() - between;
      Meter second = new Meter(rebuilder::add);
      source.forEach(second);
      Fidelity fidelity = rebuilder.finish();
      double events = fidelity.events();
      print(
          String.format(
              Locale.ROOT,
              "%,.0f events, %,d orders: first pass %.0f ns, second %.0f ns per event;"
                  + " %.0f bytes per order before the second pass, %.1f bytes per event in it;"
                  + " proven %.4f, known %.4f (%d)",
              events,
              hindsight.orders(),
              first.nanos / events,
              second.nanos / events,
              (double) (first.bytes + between) / hindsight.orders(),
              second.bytes / events,
              fidelity.proven(),
              fidelity.known(),
              sunk & 1));
    }
  }

  private static long allocatedBytes() {
    return ((com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean())
        .getCurrentThreadAllocatedBytes();
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
