package io.booklake.simulate;

import io.booklake.format.lobster.EventBatch;
import java.io.IOException;

/** The events of one depth on their way to the sink. */
final class Recorder {
  private final EventBatch batch;
  private final EventBatchSink sink;

  Recorder(int levels, EventBatchSink sink) {
    batch = new EventBatch(levels);
    this.sink = sink;
  }

  int levels() {
    return batch.levels;
  }

  /** Events recorded so far. */
  long events() {
    return batch.firstIndex + batch.rows;
  }

  void record(
      long timeNanos,
      byte type,
      long orderId,
      long size,
      long priceTicks,
      byte direction,
      long[] book)
      throws IOException {
    if (batch.rows == batch.capacity) {
      flush();
    }
    int row = batch.rows++;
    batch.timeNanos[row] = timeNanos;
    batch.type[row] = type;
    batch.orderId[row] = orderId;
    batch.size[row] = size;
    batch.price[row] = priceTicks;
    batch.direction[row] = direction;
    for (int level = 0; level < batch.levels; level++) {
      batch.askPrice[level][row] = book[4 * level];
      batch.askSize[level][row] = book[4 * level + 1];
      batch.bidPrice[level][row] = book[4 * level + 2];
      batch.bidSize[level][row] = book[4 * level + 3];
    }
  }

  /** Hands over what is recorded, if anything is. */
  void flush() throws IOException {
    if (batch.rows > 0) {
      sink.accept(batch);
      batch.firstIndex += batch.rows;
      batch.rows = 0;
    }
  }
}
