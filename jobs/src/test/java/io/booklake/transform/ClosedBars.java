package io.booklake.transform;

import java.io.Serializable;
import org.apache.spark.sql.Encoder;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.expressions.Aggregator;

/**
 * How many bars were closed by the events so far, where a bar closes with the event that brings its
 * sum to the threshold and the next one starts again from 0.
 *
 * <p>What overshoots the threshold is not carried over, so the number cannot be had from a plain
 * running sum; it depends on every event in order. Therefore this is for windows ordered by
 * event_index and nothing else.
 */
final class ClosedBars extends Aggregator<Long, ClosedBars.Progress, Long> {

  private static final long serialVersionUID = 1L;

  /** The open bar's sum, and the bars closed before it; public for Spark's encoder alone. */
  public static final class Progress implements Serializable {
    private static final long serialVersionUID = 1L;

    private long sum;
    private long closedBars;
  }

  private final long threshold;

  /**
   * Counts for one kind of bar.
   *
   * @param threshold sum that closes a bar, positive
   */
  ClosedBars(long threshold) {
    this.threshold = threshold;
  }

  @Override
  public Progress zero() {
    return new Progress();
  }

  @Override
  public Progress reduce(Progress progress, Long amount) {
    progress.sum = Math.addExact(progress.sum, amount);
    if (progress.sum >= threshold) {
      progress.sum = 0;
      progress.closedBars++;
    }
    return progress;
  }

  /** Refuses: where two parts of a ticker-day meet, the second cannot know where it began. */
  @Override
  public Progress merge(Progress left, Progress right) {
    throw new UnsupportedOperationException(
        "closed bars depend on the order of events: count them over a window, not in a group");
  }

  @Override
  public Long finish(Progress progress) {
    return progress.closedBars;
  }

  @Override
  public Encoder<Progress> bufferEncoder() {
    return Encoders.javaSerialization(Progress.class);
  }

  @Override
  public Encoder<Long> outputEncoder() {
    return Encoders.LONG();
  }
}
