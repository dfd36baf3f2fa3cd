package io.booklake.simulate;

import io.booklake.format.lobster.EventBatch;
import io.booklake.format.lobster.LobsterWriter;
import java.io.Closeable;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;

/** The open pairs of one day, one for each depth. */
final class PairWriters implements EventBatchSink, Closeable {
  private final Map<Integer, LobsterWriter> writers = new TreeMap<>();

  /** Takes over a writer of {@code levels} levels. */
  void add(int levels, LobsterWriter writer) {
    writers.put(levels, writer);
  }

  @Override
  public void accept(EventBatch batch) throws IOException {
    writers.get(batch.levels).write(batch);
  }

  /** Closes every one of them, whatever becomes of the others. */
  @Override
  public void close() throws IOException {
    IOException failure = null;
    for (LobsterWriter writer : writers.values()) {
      try {
        writer.close();
      } catch (IOException e) {
        if (failure == null) {
          failure = e;
        } else {
          failure.addSuppressed(e);
        }
      }
    }
    if (failure != null) {
      throw failure;
    }
  }
}
