package io.booklake.book;

import io.booklake.model.NumberIndex;
import java.util.Arrays;

/**
 * All orders of a ticker-day as columns, one slot per order in the order in which the file first
 * speaks of them: about 110 bytes an order, and 4 bytes an event for the slot that it is about.
 */
final class OrderTable {
  /** No slot. */
  static final int NONE = NumberIndex.NONE;

  /** No event. */
  static final int NEVER = -1;

  /** Not in any list: not yet come, or gone for good. */
  static final byte ABSENT = 0;

  /** In its level's queue. */
  static final byte IN_BOOK = 1;

  /** In its level's list of orders without room. */
  static final byte WAITING = 2;

  /** In its level's list of dropped orders. */
  static final byte CANDIDATE = 3;

  private static final int FIRST_CAPACITY = 1024;

  /** Of {@link #id}, for the first pass alone. */
  private NumberIndex places = new NumberIndex(FIRST_CAPACITY);

  private long largest = Long.MIN_VALUE;
  private int count;

  /**
   * By event: to look a number up once more would wait for the memory once more. What stands at an
   * event that is about no order is never asked for.
   */
  private int[] slotOfEvent = new int[FIRST_CAPACITY];

  // What the messages tell, known before the forward pass begins.
  long[] id = new long[FIRST_CAPACITY];
  PriceLevel[] level = new PriceLevel[FIRST_CAPACITY];
  int[] entryIndex = new int[FIRST_CAPACITY];
  int[] firstReference = new int[FIRST_CAPACITY];
  int[] lastReference = new int[FIRST_CAPACITY];
  long[] takenLater = new long[FIRST_CAPACITY];
  boolean[] submitted = new boolean[FIRST_CAPACITY];
  boolean[] endsWithDelete = new boolean[FIRST_CAPACITY];

  // The state of the forward pass.
  byte[] state;
  boolean[] probable;
  long[] entryTimeNanos;
  long[] entrySize;
  long[] remaining;
  long[] filled;
  long[] cancelled;
  long[] queueAhead;
  private int[] next;
  private int[] previous;

  // How lives ended: to be told in the order of numbers, when all have ended.
  int[] exitIndex;
  long[] exitTimeNanos;
  ExitReason[] exitReason;

  int count() {
    return count;
  }

  /** First pass: the slot of an order, or {@link #NONE}. */
  int find(long orderId) {
    if (orderId > largest) {
      // Numbers rise with time: most submissions end here.
      return NONE;
    }
    return places.find(id, orderId);
  }

  /** First pass: a new slot. */
  int append(long orderId, PriceLevel orderLevel) {
    if (count == id.length) {
      grow();
    }
    int slot = count++;
    id[slot] = orderId;
    largest = Math.max(largest, orderId);
    places.append(id);
    level[slot] = orderLevel;
    entryIndex[slot] = NEVER;
    firstReference[slot] = NEVER;
    lastReference[slot] = NEVER;
    return slot;
  }

  /** First pass: notes which order an event is about. */
  void note(int event, int slot) {
    if (event >= slotOfEvent.length) {
      slotOfEvent = Arrays.copyOf(slotOfEvent, event + (event >> 1));
    }
    slotOfEvent[event] = slot;
  }

  /**
   * Forward pass: the slot of the order that an event is about.
   *
   * @throws IllegalArgumentException if it was about another one in the first pass
   */
  int slot(int event, long orderId) {
    int slot = event < slotOfEvent.length ? slotOfEvent[event] : count;
    if (slot >= count || id[slot] != orderId) {
      throw new IllegalArgumentException(
          "event %d is about order %d now, and was not in the first pass"
              .formatted(event, orderId));
    }
    return slot;
  }

  private void grow() {
    int capacity = id.length + (id.length >> 1);
    id = Arrays.copyOf(id, capacity);
    level = Arrays.copyOf(level, capacity);
    entryIndex = Arrays.copyOf(entryIndex, capacity);
    firstReference = Arrays.copyOf(firstReference, capacity);
    lastReference = Arrays.copyOf(lastReference, capacity);
    takenLater = Arrays.copyOf(takenLater, capacity);
    submitted = Arrays.copyOf(submitted, capacity);
    endsWithDelete = Arrays.copyOf(endsWithDelete, capacity);
  }

  /** Makes room for the forward pass, when the number of orders is known. */
  void beginForwardPass() {
    places = null;
    state = new byte[count];
    probable = new boolean[count];
    entryTimeNanos = new long[count];
    entrySize = new long[count];
    remaining = new long[count];
    filled = new long[count];
    cancelled = new long[count];
    queueAhead = new long[count];
    next = new int[count];
    previous = new int[count];
    exitIndex = new int[count];
    exitTimeNanos = new long[count];
    exitReason = new ExitReason[count];
  }

  /** Begins the life of a slot: what an earlier order of the same number did is forgotten. */
  void begin(int slot) {
    filled[slot] = 0;
    cancelled[slot] = 0;
    exitReason[slot] = null;
  }

  /** Ends the life of an order. */
  void end(int slot, int index, long timeNanos, ExitReason reason) {
    exitIndex[slot] = index;
    exitTimeNanos[slot] = timeNanos;
    exitReason[slot] = reason;
  }

  /** True if an exit is noted; an order that came back has that of its last one until the next. */
  boolean ended(int slot) {
    return exitReason[slot] != null;
  }

  /**
   * Ends the forward pass.
   *
   * @return all slots in ascending order of their numbers
   */
  int[] endForwardPass() {
    // No list is walked any more, and the order takes no more room than the links and the slots of
    // events did.
    next = null;
    previous = null;
    slotOfEvent = null;
    // Numbers rise with time, nearly: only what comes too late is sorted, and then merged.
    int[] rising = new int[count];
    int[] late = new int[count];
    int risingCount = 0;
    int lateCount = 0;
    for (int slot = 0; slot < count; slot++) {
      if (risingCount == 0 || id[rising[risingCount - 1]] < id[slot]) {
        rising[risingCount++] = slot;
      } else {
        late[lateCount++] = slot;
      }
    }
    if (lateCount == 0) {
      return rising;
    }
    late = byNumber(Arrays.copyOf(late, lateCount));
    int[] all = new int[count];
    for (int i = 0, j = 0; i + j < count; ) {
      boolean isLate = i == risingCount || (j < lateCount && id[late[j]] < id[rising[i]]);
      all[i + j] = isLate ? late[j++] : rising[i++];
    }
    return all;
  }

  /**
   * The same slots in ascending order of their numbers. Bare numbers are sorted, which takes no
   * call for each two of them, and then asked where each one stands.
   */
  int[] byNumber(int[] some) {
    long[] numbers = new long[some.length];
    for (int i = 0; i < some.length; i++) {
      numbers[i] = id[some[i]];
    }
    Arrays.sort(numbers);
    int[] sorted = new int[some.length];
    for (int slot : some) {
      sorted[Arrays.binarySearch(numbers, id[slot])] = slot;
    }
    return sorted;
  }

  /** The slot behind this one in its list, or {@link #NONE}. */
  int next(int slot) {
    return next[slot];
  }

  /** The slot before this one in its list, or {@link #NONE}. */
  int previous(int slot) {
    return previous[slot];
  }

  /** Puts an order at the end of a list. */
  void append(OrderList list, int slot) {
    link(list, list.tail, slot);
  }

  /** Puts an order behind all with smaller numbers: the place that its age gives it. */
  void insertByAge(OrderList list, int slot) {
    int before = list.tail;
    while (before != NONE && id[before] > id[slot]) {
      before = previous[before];
    }
    link(list, before, slot);
  }

  private void link(OrderList list, int before, int slot) {
    int after = before == NONE ? list.head : next[before];
    previous[slot] = before;
    next[slot] = after;
    if (before == NONE) {
      list.head = slot;
    } else {
      next[before] = slot;
    }
    if (after == NONE) {
      list.tail = slot;
    } else {
      previous[after] = slot;
    }
  }

  /** Takes an order out of the list it is in; its own links stay, so that a walk can go on. */
  void unlink(OrderList list, int slot) {
    int before = previous[slot];
    int after = next[slot];
    if (before == NONE) {
      list.head = after;
    } else {
      next[before] = after;
    }
    if (after == NONE) {
      list.tail = before;
    } else {
      previous[after] = before;
    }
  }
}
