package io.booklake.format.lobster;

import io.booklake.model.EventType;
import io.booklake.model.Price;
import java.io.Serializable;
import java.util.Arrays;

/** Counts what a pair holds, and how far its book rows follow from its messages. */
public final class PairQuality implements Serializable {
  private final long[] eventsByType = new long[EventType.HALT + 1];
  private final TransitionCheck transitions;
  private long rows;
  private long firstTimeNanos;
  private long lastTimeNanos;
  private long halts;
  private long crossedRows;

  /** For a pair of {@code levels} levels. */
  public PairQuality(int levels) {
    transitions = new TransitionCheck(levels);
  }

  /** Takes the next rows of the pair. */
  public void add(EventBatch batch) {
    if (rows == 0) {
      firstTimeNanos = batch.timeNanos[0];
    }
    count(batch);
    transitions.add(batch);
    rows += batch.rows;
    lastTimeNanos = batch.timeNanos[batch.rows - 1];
  }

  /** By itself, or the JVM compiles the transitions once more with this loop. */
  private void count(EventBatch batch) {
    for (int row = 0; row < batch.rows; row++) {
      eventsByType[batch.type[row]]++;
      if (batch.type[row] == EventType.HALT && batch.price[row] == EventType.TRADING_HALTS) {
        halts++;
      }
      long ask = batch.askPrice[0][row];
      long bid = batch.bidPrice[0][row];
      if (bid >= ask && ask != Price.EMPTY_ASK && bid != Price.EMPTY_BID) {
        crossedRows++;
      }
    }
  }

  /** Events so far. */
  public long rows() {
    return rows;
  }

  /** Events of one {@link EventType}. */
  public long events(byte type) {
    return eventsByType[type];
  }

  /** Trading halts. */
  public long halts() {
    return halts;
  }

  /** Time of the first event, nanoseconds after midnight. */
  public long firstTimeNanos() {
    return firstTimeNanos;
  }

  /** Time of the last event, nanoseconds after midnight. */
  public long lastTimeNanos() {
    return lastTimeNanos;
  }

  /** Rows whose best bid is not below the best ask. */
  public long crossedRows() {
    return crossedRows;
  }

  /** Rows held against the row before them: all but the first. */
  public long checkedTransitions() {
    return Math.max(0, rows - 1);
  }

  /** Rows that are not what the row before and the event make. */
  public long brokenTransitions() {
    return transitions.broken();
  }

  /** Event index of the first broken transition; -1 if there is none. */
  public long firstBrokenIndex() {
    return transitions.firstBrokenIndex();
  }

  /** All figures, for messages in tests. */
  @Override
  public String toString() {
    return rows
        + " rows, types "
        + Arrays.toString(eventsByType)
        + ", broken "
        + brokenTransitions();
  }
}
