package io.booklake.format.lobster;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Future;

/**
 * Reads and checks a pair in a thread of its own, some batches ahead of who takes its events:
 * parsing and what is made of it share the work of one ticker-day.
 */
final class ReadAhead implements Closeable {
  /** Enough that neither side waits for the other while it ends a page or fills its buffer. */
  private static final int BATCHES = 8;

  private final PairReader reader;
  private final PairQuality quality;
  private final SerialExecutor thread = new SerialExecutor("booklake-read-ahead");
  private final Queue<Future<EventBatch>> filled = new ArrayDeque<>(BATCHES);
  private EventBatch taken;

  /** Begins to read; {@code quality} is complete when {@link #next} has given null. */
  ReadAhead(PairReader reader, PairQuality quality) {
    this.reader = reader;
    this.quality = quality;
    for (int i = 0; i < BATCHES; i++) {
      fill(reader.newBatch());
    }
  }

  private void fill(EventBatch batch) {
    filled.add(
        thread.begin(
            () -> {
              if (reader.read(batch)) {
                quality.add(batch);
              }
              return batch;
            }));
  }

  /**
   * The next events.
   *
   * @return good until the next call; null at the end
   * @throws IOException as the reader threw it, once all events before are taken
   */
  EventBatch next() throws IOException {
    if (taken != null) {
      fill(taken);
    }
    taken = SerialExecutor.await(filled.remove());
    return taken.rows == 0 ? null : taken;
  }

  /** Ends the reading; the reader stays open. */
  @Override
  public void close() {
    thread.close();
  }
}
