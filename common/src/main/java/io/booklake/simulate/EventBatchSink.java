package io.booklake.simulate;

import io.booklake.format.lobster.EventBatch;
import java.io.IOException;

/** Takes the events of a simulated day. */
@FunctionalInterface
public interface EventBatchSink {
  /**
   * Takes the next rows of the pair with {@link EventBatch#levels} levels. Batches of one depth
   * come in order; those of several depths take turns.
   *
   * @param batch never empty, valid during the call only
   * @throws IOException where the rows cannot be stored; it ends the simulation
   */
  void accept(EventBatch batch) throws IOException;
}
