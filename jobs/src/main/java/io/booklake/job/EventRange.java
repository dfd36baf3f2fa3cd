package io.booklake.job;

/**
 * Events that follow one another.
 *
 * @param first index of the first one
 * @param last index of the last one, inclusive
 */
public record EventRange(long first, long last) {
  /** Checks that there is one. */
  public EventRange {
    if (first < 0 || last < first) {
      throw new IllegalArgumentException("found the events " + first + " to " + last);
    }
  }

  static EventRange of(long index) {
    return new EventRange(index, index);
  }

  /** With the event before as well, if there is one. */
  EventRange andOneBefore() {
    return new EventRange(Math.max(0, first - 1), last);
  }
}
