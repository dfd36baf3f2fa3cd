package io.booklake.lake.event;

import io.booklake.lake.columnar.ColumnarWriter;
import io.booklake.model.TickerDay;
import io.booklake.table.ColumnBatch;
import io.booklake.table.ColumnValues;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;

/**
 * Rows of one table on their way into its file, ticker-day by ticker-day: whoever knows a row puts
 * it into {@link #batch}, and full batches are written.
 */
final class DayRows {
  /** As many as a batch of events holds, so that their columns can stand in for these. */
  static final int CAPACITY = io.booklake.format.lobster.EventBatch.DEFAULT_CAPACITY;

  final ColumnBatch batch;
  private final ColumnarWriter writer;
  private long count;

  DayRows(ColumnarWriter writer, ColumnBatch batch) {
    this.writer = writer;
    this.batch = batch;
  }

  /** From now on rows are of this ticker-day. */
  void begin(TickerDay tickerDay) {
    count = 0;
    batch.clear();
    Arrays.fill(
        batch.column("trade_date").ints, Math.toIntExact(tickerDay.tradeDate().toEpochDay()));
    Arrays.fill(batch.column("ticker").strings, tickerDay.ticker());
    Arrays.fill(batch.column("levels").ints, tickerDay.levels());
  }

  /** Room for one more row, whose columns the caller fills. */
  int next() {
    if (batch.rows == batch.capacity) {
      write();
    }
    return batch.rows++;
  }

  /**
   * Writes what the batch holds.
   *
   * @throws UncheckedIOException if the lake cannot take it, which is not the pair's fault
   */
  void write() {
    if (batch.rows > 0) {
      count += batch.rows;
      try {
        writer.write(batch);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      batch.clear();
    }
  }

  /**
   * Ends the ticker-day: the next one gets row groups of its own.
   *
   * @return rows of the ticker-day
   */
  long end() {
    write();
    try {
      writer.endRowGroup();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return count;
  }

  /** A column of whole numbers or instants. */
  long[] longs(String name) {
    return batch.column(name).longs;
  }

  /** A column of small whole numbers. */
  int[] ints(String name) {
    return batch.column(name).ints;
  }

  /** A column of words. */
  String[] strings(String name) {
    return batch.column(name).strings;
  }

  /** A column that can be NULL. */
  ColumnValues column(String name) {
    return batch.column(name);
  }
}
