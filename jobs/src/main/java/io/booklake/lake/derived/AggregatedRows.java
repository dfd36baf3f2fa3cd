package io.booklake.lake.derived;

import io.booklake.aggregate.Aggregation;
import io.booklake.aggregate.Session;
import io.booklake.format.lobster.EventBatch;
import io.booklake.lake.columnar.ColumnarWriter;
import io.booklake.table.ColumnBatch;
import java.io.IOException;
import java.util.List;

/** What a recipe makes of events, on its way into a file, ticker-day by ticker-day. */
public final class AggregatedRows {
  private final List<Aggregation> aggregations;
  private final ColumnarWriter writer;

  /** Rows for a writer, which stays the caller's. */
  public AggregatedRows(Recipe recipe, ColumnarWriter writer) {
    this.aggregations = recipe.aggregations();
    this.writer = writer;
  }

  /** From now on events are of this ticker-day. */
  public void begin(Session session) {
    aggregations.forEach(each -> each.begin(session));
  }

  /**
   * Takes the next events.
   *
   * @throws ArithmeticException if a sum does not fit in 64 bits
   */
  public void add(EventBatch events) {
    aggregations.forEach(each -> each.add(events));
  }

  /**
   * Ends the ticker-day and writes its rows.
   *
   * @return how many
   * @throws ArithmeticException if a sum does not fit in 64 bits
   */
  public long end() throws IOException {
    long written = 0;
    for (Aggregation each : aggregations) {
      ColumnBatch batch = each.end();
      writer.write(batch);
      written += batch.rows;
    }
    writer.endRowGroup();
    return written;
  }
}
