package io.booklake.benchmark;

import io.booklake.format.lobster.EventBatch;
import io.booklake.format.lobster.HadoopSource;
import io.booklake.format.lobster.Pair;
import io.booklake.format.lobster.PairDiscovery;
import io.booklake.format.lobster.PairReader;
import io.booklake.simulate.DayPlan;
import io.booklake.simulate.Market;
import io.booklake.simulate.Simulation;
import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;

/**
 * A whole ticker-day in memory, so that nothing but the engine is measured.
 *
 * @param levels price levels per side
 * @param batches all events in order
 */
record Day(int levels, List<EventBatch> batches) {
  private static final long SEED = 7;

  /**
   * A real day, or a simulated one.
   *
   * @param name part of a pair's file name under BOOKLAKE_REAL_DATA, such as {@code
   *     GOOG_2012-06-21_10}; or {@code simulated:EVENTS} for one of ten levels
   */
  static Day of(String name) throws IOException {
    return name.startsWith("simulated:")
        ? simulated(Long.parseLong(name.substring("simulated:".length())))
        : real(name);
  }

  long events() {
    EventBatch last = batches.get(batches.size() - 1);
    return last.firstIndex + last.rows;
  }

  private static Day real(String name) throws IOException {
    String folder = System.getenv("BOOKLAKE_REAL_DATA");
    if (folder == null) {
      throw new IOException("set BOOKLAKE_REAL_DATA to the folder with LOBSTER's sample files");
    }
    Configuration configuration = new Configuration();
    Pair pair =
        PairDiscovery.find(configuration, List.of(folder + "/*" + name + "*")).pairs().get(0);
    List<EventBatch> batches = new ArrayList<>();
    try (PairReader reader =
        PairReader.open(
            pair, new HadoopSource(configuration), PairReader.Projection.all(pair.tickerDay()))) {
      EventBatch batch = reader.newBatch();
      while (reader.read(batch)) {
        batches.add(batch);
        batch = reader.newBatch();
      }
    }
    return new Day(pair.tickerDay().levels(), batches);
  }

  private static Day simulated(long events) throws IOException {
    DayPlan plan =
        Market.of(SEED, 1, List.of(10), events).plans(LocalDate.of(2024, 3, 4), 1).get(0);
    List<EventBatch> batches = new ArrayList<>();
    new Simulation(plan, batch -> batches.add(batch.copy())).run();
    return new Day(10, batches);
  }
}
