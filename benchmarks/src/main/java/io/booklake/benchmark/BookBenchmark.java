package io.booklake.benchmark;

import io.booklake.book.BookRebuilder;
import io.booklake.book.ExitReason;
import io.booklake.book.Fidelity;
import io.booklake.book.Hindsight;
import io.booklake.book.OrderSink;
import io.booklake.book.Origin;
import io.booklake.book.SnapshotSink;
import io.booklake.format.lobster.EventBatch;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The order-level book of a whole ticker-day: one operation is one day, and {@code events} counts
 * events per second. With {@code -prof gc}, {@code gc.alloc.rate.norm} is what a whole day
 * allocates.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 5)
@Measurement(iterations = 5, time = 5)
@Fork(value = 1, jvmArgsAppend = "-Xmx12g")
public class BookBenchmark {

  /** Events per second beside days per second. */
  @AuxCounters
  @State(Scope.Thread)
  public static class Rate {
    /** Events of the days done. */
    public long events;
  }

  /** Takes all that the engine tells and keeps nothing. */
  private static final class Nothing implements SnapshotSink, OrderSink {
    long rows;

    @Override
    public void residual(long index, byte direction, int level, long priceTicks, long size) {
      rows++;
    }

    @Override
    public void order(
        long index,
        byte direction,
        int level,
        long priceTicks,
        int queuePosition,
        long orderId,
        long size,
        long entryIndex,
        long entryTimeNanos,
        Origin origin) {
      rows++;
    }

    @Override
    public void order(
        long orderId,
        byte direction,
        long priceTicks,
        long entryIndex,
        long entryTimeNanos,
        long exitIndex,
        long exitTimeNanos,
        long entrySize,
        long filled,
        long cancelled,
        long queueAhead,
        ExitReason exitReason,
        Origin origin) {
      rows++;
    }
  }

  /** See {@link Day#of}. */
  @Param({"GOOG_2012-06-21_10", "simulated:10000000"})
  public String day;

  private Day held;

  /** Loads the day. */
  @Setup(Level.Trial)
  public void load() throws IOException {
    held = Day.of(day);
  }

  /** The first pass alone. */
  @Benchmark
  public long hindsight(Rate rate) {
    rate.events += held.events();
    return read().orders();
  }

  /** Both passes. */
  @Benchmark
  public Fidelity rebuild(Rate rate) {
    Nothing nothing = new Nothing();
    BookRebuilder rebuilder =
        new BookRebuilder(
            read(),
            held.levels(),
            (index, sequence, action, id, direction, price, change, remaining, origin) ->
                nothing.rows++,
            nothing,
            nothing,
            1_000);
    for (EventBatch batch : held.batches()) {
      rebuilder.add(batch);
    }
    rate.events += held.events();
    return rebuilder.finish();
  }

  private Hindsight read() {
    Hindsight hindsight = new Hindsight();
    for (EventBatch batch : held.batches()) {
      hindsight.add(batch);
    }
    return hindsight;
  }
}
