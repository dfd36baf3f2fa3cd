package io.booklake.benchmark;

import io.booklake.format.lobster.EventBatch;
import io.booklake.lake.columnar.ColumnarWriter;
import io.booklake.model.Price;
import io.booklake.table.ColumnBatch;
import io.booklake.table.ColumnValues;
import io.booklake.table.TableCatalog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
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
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The rows of {@code depth} of a ticker-day, encoded and written to a file: one operation is one
 * day, {@code rows} and {@code bytes} of the file count per second.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 3)
@Measurement(iterations = 5, time = 3)
@Fork(value = 1, jvmArgsAppend = "-Xmx4g")
public class WriterBenchmark {

  /** Beside days per second. */
  @AuxCounters
  @State(Scope.Thread)
  public static class Rate {
    /** Rows of the days done. */
    public long rows;

    /** Bytes of their files. */
    public long bytes;
  }

  /** See {@link Day#of}. */
  @Param({"GOOG_2012-06-21_10", "simulated:400000"})
  public String day;

  private final List<ColumnBatch> batches = new ArrayList<>();
  private Path folder;

  /** Makes the rows. */
  @Setup(Level.Trial)
  public void load() throws IOException {
    folder = Files.createTempDirectory("booklake-writer");
    Day held = Day.of(day);
    for (EventBatch events : held.batches()) {
      batches.add(depth(held.levels(), events));
    }
  }

  private static ColumnBatch depth(int levels, EventBatch events) {
    var rows = new ColumnBatch(TableCatalog.depth(levels), events.timeNanos.length);
    rows.rows = events.rows;
    Arrays.fill(rows.column("ticker").strings, "DAY");
    Arrays.fill(rows.column("levels").ints, levels);
    rows.column("time_ns").longs = events.timeNanos;
    for (int row = 0; row < events.rows; row++) {
      rows.column("event_index").longs[row] = events.firstIndex + row;
      rows.column("event_time").longs[row] = events.timeNanos[row] / 1_000;
    }
    for (int level = 0; level < levels; level++) {
      rows.column("ask_size_" + (level + 1)).longs = events.askSize[level];
      rows.column("bid_size_" + (level + 1)).longs = events.bidSize[level];
      prices(rows.column("ask_price_" + (level + 1)), events.askPrice[level], Price.EMPTY_ASK);
      prices(rows.column("bid_price_" + (level + 1)), events.bidPrice[level], Price.EMPTY_BID);
    }
    return rows;
  }

  private static void prices(ColumnValues column, long[] prices, long empty) {
    column.longs = prices;
    for (int row = 0; row < prices.length; row++) {
      if (prices[row] == empty) {
        column.setNull(row);
      }
    }
  }

  /** Writes them. */
  @Benchmark
  public long depth(Rate rate) throws IOException {
    long bytes = 0;
    try (ColumnarWriter writer =
        new ColumnarWriter(
            batches.get(0).table(), folder.toUri().toString(), "00000", new Configuration())) {
      for (ColumnBatch batch : batches) {
        writer.write(batch);
        rate.rows += batch.rows;
      }
      writer.endRowGroup();
      for (var file : writer.finish()) {
        bytes += file.bytes();
      }
    }
    rate.bytes += bytes;
    return bytes;
  }

  /** Takes all that was written away. */
  @TearDown(Level.Iteration)
  public void clear() throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        if (!file.equals(folder)) {
          Files.delete(file);
        }
      }
    }
  }
}
