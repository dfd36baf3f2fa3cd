package io.booklake.simulate;

import java.util.Arrays;

/**
 * The resting displayed orders of both sides, as parallel arrays: an order is an index, so that
 * nothing is allocated per event. Fields are open to {@link BookSide}, which links them into
 * queues.
 */
final class OrderPool {
  /** No order: the end of a queue. */
  static final int NONE = -1;

  private static final int FIRST_CAPACITY = 256;

  long[] id = new long[FIRST_CAPACITY];
  long[] size = new long[FIRST_CAPACITY];
  long[] entryTimeNanos = new long[FIRST_CAPACITY];
  byte[] direction = new byte[FIRST_CAPACITY];
  int[] rung = new int[FIRST_CAPACITY];
  int[] next = new int[FIRST_CAPACITY];
  int[] previous = new int[FIRST_CAPACITY];

  // A permutation of all indexes: the first `count` rest, the others are free.
  private int[] indexes = new int[FIRST_CAPACITY];
  private int[] positions = new int[FIRST_CAPACITY];
  private int count;

  OrderPool() {
    number(0);
  }

  /** Orders that rest now. */
  int count() {
    return count;
  }

  /** One of the resting orders, by a position from 0 to {@link #count} - 1. */
  int resting(int position) {
    return indexes[position];
  }

  /** An unused order, now counted as resting. */
  int take() {
    if (count == indexes.length) {
      grow();
    }
    return indexes[count++];
  }

  /** Gives an order back. */
  void release(int order) {
    int last = indexes[--count];
    int position = positions[order];
    indexes[position] = last;
    positions[last] = position;
    indexes[count] = order;
    positions[order] = count;
  }

  private void grow() {
    int used = indexes.length;
    int capacity = used * 2;
    id = Arrays.copyOf(id, capacity);
    size = Arrays.copyOf(size, capacity);
    entryTimeNanos = Arrays.copyOf(entryTimeNanos, capacity);
    direction = Arrays.copyOf(direction, capacity);
    rung = Arrays.copyOf(rung, capacity);
    next = Arrays.copyOf(next, capacity);
    previous = Arrays.copyOf(previous, capacity);
    indexes = Arrays.copyOf(indexes, capacity);
    positions = Arrays.copyOf(positions, capacity);
    number(used);
  }

  private void number(int from) {
    for (int i = from; i < indexes.length; i++) {
      indexes[i] = i;
      positions[i] = i;
    }
  }
}
