package io.booklake.lake.event;

import io.booklake.aggregate.Session;
import io.booklake.format.lobster.EventBatch;
import io.booklake.format.lobster.Pair;
import io.booklake.lake.columnar.ColumnarWriter;
import io.booklake.lake.derived.AggregatedRows;
import io.booklake.lake.derived.Derivation;
import io.booklake.lake.derived.DerivedTask;
import io.booklake.model.TickerDay;
import java.io.Closeable;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Rows of a derived table, made of events while they are read for the first time: what its own job
 * would read back from the lake.
 */
final class DerivedRows implements Closeable {
  private static final long NANOS_PER_MILLI = 1_000_000;

  private final Derivation derivation;
  private final ColumnarWriter writer;
  private final AggregatedRows rows;
  private final Map<TickerDay, Long> counts = new LinkedHashMap<>();
  private TickerDay tickerDay;
  private boolean isGivenUp;

  DerivedRows(Derivation derivation, ColumnarWriter writer) {
    this.derivation = derivation;
    this.writer = writer;
    rows = new AggregatedRows(derivation.recipe(), writer);
  }

  void begin(Pair pair) {
    tickerDay = pair.tickerDay();
    rows.begin(
        new Session(
            tickerDay, pair.startMillis() * NANOS_PER_MILLI, pair.endMillis() * NANOS_PER_MILLI));
  }

  void add(EventBatch events) {
    if (!isGivenUp) {
      try {
        rows.add(events);
      } catch (ArithmeticException e) {
        giveUp();
      }
    }
  }

  void end() throws IOException {
    if (!isGivenUp) {
      try {
        counts.put(tickerDay, rows.end());
      } catch (ArithmeticException e) {
        giveUp();
      }
    }
  }

  /**
   * The ticker-day can be published, but not be summed up. That is for the table's own job to tell,
   * which meets it again.
   */
  private void giveUp() {
    isGivenUp = true;
  }

  String table() {
    return derivation.table().name();
  }

  /** Completes the file; empty if the rows are left to the table's own job. */
  Optional<DerivedTask.Result> finish() throws IOException {
    return isGivenUp
        ? Optional.empty()
        : Optional.of(new DerivedTask.Result(counts, writer.finish()));
  }

  @Override
  public void close() throws IOException {
    writer.close();
  }
}
