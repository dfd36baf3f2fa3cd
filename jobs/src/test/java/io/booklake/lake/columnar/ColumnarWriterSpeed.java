package io.booklake.lake.columnar;

import io.booklake.format.lobster.EventBatch;
import io.booklake.format.lobster.HadoopSource;
import io.booklake.format.lobster.Pair;
import io.booklake.format.lobster.PairDiscovery;
import io.booklake.format.lobster.PairReader;
import io.booklake.format.lobster.RealData;
import io.booklake.model.ExchangeTime;
import io.booklake.model.Price;
import io.booklake.model.TickerDay;
import io.booklake.simulate.Activity;
import io.booklake.simulate.DayPlan;
import io.booklake.simulate.Listing;
import io.booklake.simulate.Simulation;
import io.booklake.table.ColumnBatch;
import io.booklake.table.ColumnValues;
import io.booklake.table.Table;
import io.booklake.table.TableCatalog;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;

/**
 * Measures what it takes to write a day's messages and depth: processor time of this thread by
 * value, and bytes by row. The first round is that of a cold machine.
 *
 * <pre>{@code
 * BOOKLAKE_REAL_DATA=... java -cp ... io.booklake.lake.columnar.ColumnarWriterSpeed GOOG_2012-06-21_10 20
 * java -cp ... io.booklake.lake.columnar.ColumnarWriterSpeed 400000 20
 * }</pre>
 */
final class ColumnarWriterSpeed {
  private ColumnarWriterSpeed() {}

  /** A sample day, or the number of events of a simulated day; and how often to write it. */
  public static void main(String[] arguments) throws IOException {
    List<ColumnBatch> messages = new ArrayList<>();
    List<ColumnBatch> depth = new ArrayList<>();
    if (arguments[0].matches("\\d+")) {
      DayPlan plan =
          DayPlan.of(Listing.of("SIM", 1_000_000, Activity.BUSY), LocalDate.of(2012, 6, 21), 1)
              .withEvents(Long.parseLong(arguments[0]));
      TickerDay day = new TickerDay(LocalDate.of(2012, 6, 21), "SIM", plan.deepest());
      new Simulation(plan, events -> add(day, events, messages, depth)).run();
    } else {
      Configuration configuration = new Configuration();
      Pair pair =
          PairDiscovery.find(configuration, List.of(RealData.archive(arguments[0]).toString()))
              .pairs()
              .get(0);
      TickerDay day = pair.tickerDay();
      try (PairReader reader =
          PairReader.open(pair, new HadoopSource(configuration), PairReader.Projection.all(day))) {
        EventBatch events = reader.newBatch();
        while (reader.read(events)) {
          add(day, events, messages, depth);
        }
      }
    }
    for (int round = 0; round < Integer.parseInt(arguments[1]); round++) {
      measure(round, messages);
      measure(round, depth);
    }
  }

  private static void add(
      TickerDay day, EventBatch events, List<ColumnBatch> messages, List<ColumnBatch> depth) {
    messages.add(messages(day, events));
    depth.add(depth(day, events));
  }

  private static void measure(int round, List<ColumnBatch> batches) throws IOException {
    Table table = batches.get(0).table();
    Path root = Files.createTempDirectory("columnar");
    long allocatedBefore = allocatedBytes();
    long began = cpuNanos();
    DataFile file;
    try (ColumnarWriter writer =
        new ColumnarWriter(table, root.toUri().toString(), "speed", new Configuration())) {
      for (ColumnBatch batch : batches) {
        writer.write(batch);
      }
      file = writer.finish().get(0);
    }
    double nanos = cpuNanos() - began;
    System.out.printf(
        Locale.ROOT,
        "%2d %-8s %,d rows %6.1f ms %6.1f ns/row %5.2f ns/value %5.2f bytes/row %,d bytes allocated%n",
        round,
        table.name(),
        file.rows(),
        nanos / 1e6,
        nanos / file.rows(),
        nanos / file.rows() / table.columns().size(),
        (double) file.bytes() / file.rows(),
        allocatedBytes() - allocatedBefore);
    try (Stream<Path> written = Files.walk(root)) {
      for (Path path : written.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }

  private static ColumnBatch messages(TickerDay day, EventBatch events) {
    ColumnBatch batch = events(TableCatalog.MESSAGES, day, events);
    for (int row = 0; row < events.rows; row++) {
      batch.column("event_type").ints[row] = events.type[row];
      batch.column("direction").ints[row] = events.direction[row];
    }
    batch.column("order_id").longs = events.orderId.clone();
    batch.column("size").longs = events.size.clone();
    batch.column("price").longs = events.price.clone();
    strings(batch.column("mpid"), events.mpid, events.rows);
    return batch;
  }

  private static ColumnBatch depth(TickerDay day, EventBatch events) {
    ColumnBatch batch = events(TableCatalog.depth(day.levels()), day, events);
    for (int level = 0; level < day.levels(); level++) {
      longs(batch.column("ask_price_" + (level + 1)), events.askPrice[level], Price.EMPTY_ASK);
      longs(batch.column("ask_size_" + (level + 1)), events.askSize[level], -1);
      longs(batch.column("bid_price_" + (level + 1)), events.bidPrice[level], Price.EMPTY_BID);
      longs(batch.column("bid_size_" + (level + 1)), events.bidSize[level], -1);
    }
    return batch;
  }

  private static ColumnBatch events(Table table, TickerDay day, EventBatch events) {
    ColumnBatch batch = new ColumnBatch(table, events.capacity);
    batch.rows = events.rows;
    Arrays.fill(batch.column("trade_date").ints, (int) day.tradeDate().toEpochDay());
    Arrays.fill(batch.column("ticker").strings, day.ticker());
    Arrays.fill(batch.column("levels").ints, day.levels());
    ExchangeTime time = new ExchangeTime(day.tradeDate());
    for (int row = 0; row < events.rows; row++) {
      batch.column("event_index").longs[row] = events.firstIndex + row;
      batch.column("time_ns").longs[row] = events.timeNanos[row];
      batch.column("event_time").longs[row] = time.epochMicros(events.timeNanos[row]);
    }
    return batch;
  }

  private static void longs(ColumnValues column, long[] values, long empty) {
    column.longs = values.clone();
    for (int row = 0; row < values.length; row++) {
      if (values[row] == empty) {
        column.setNull(row);
      }
    }
  }

  private static void strings(ColumnValues column, String[] values, int rows) {
    for (int row = 0; row < rows; row++) {
      if (values[row] == null) {
        column.setNull(row);
      } else {
        column.strings[row] = values[row];
      }
    }
  }

  private static long cpuNanos() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }

  private static long allocatedBytes() {
    return ((com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean())
        .getCurrentThreadAllocatedBytes();
  }
}
