package io.booklake.format.lobster;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Future;

/**
 * Reads a pair in a thread of its own, so many batches ahead of who takes its events: parsing and
 * what is made of it share the work of one ticker-day.
 */
final class ReadAhead implements Closeable {
  /** Enough that neither side waits for the other while it ends a page or fills its buffer. */
  private static final int BATCHES = 8;

  private final PairReader reader;
  private final HelperThread thread = new HelperThread("booklake-read-ahead");
  private final Queue<Future<EventBatch>> filled = new ArrayDeque<>(BATCHES);
  private EventBatch taken;

  /** Begins to read. */
  ReadAhead(PairReader reader) {
    this.reader = reader;
    for (int i = 0; i < BATCHES; i++) {
      fill(reader.newBatch());
    }
  }

  private void fill(EventBatch batch) {
    filled.add(
        thread.begin(
            () -> {
              reader.read(batch);
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
    taken = HelperThread.await(filled.remove());
    return taken.rows == 0 ? null : taken;
  }

  /** Ends the reading; the reader stays open. */
  @Override
  public void close() {
    thread.close();
  }
}
