package io.booklake.book;

import io.booklake.format.lobster.EventBatch;
import io.booklake.model.Direction;
import io.booklake.model.EventType;
import java.util.Arrays;

/**
 * The first pass over a ticker-day: what the messages, read to their end, tell about every order.
 * Only the message columns are used.
 *
 * <p>An order that messages speak of but that the file never submits existed all the same: it came
 * while its price was out of sight, or before the file begins. NASDAQ's reference numbers rise with
 * time, so it had come before the first submission with a larger number, and its size is at least
 * what later messages take from it.
 *
 * <p>Serves one {@link BookRebuilder}.
 */
public final class Hindsight {
  private final OrderTable orders = new OrderTable();
  private final BookSide bids = new BookSide(Direction.BUY);
  private final BookSide asks = new BookSide(Direction.SELL);
  private int nextIndex;
  private boolean used;

  /**
   * Takes the next events.
   *
   * @throws IllegalArgumentException if they do not follow the ones before
   */
  public void add(EventBatch batch) {
    if (batch.firstIndex != nextIndex) {
      throw new IllegalArgumentException(
          "events must come in order: expected event " + nextIndex + ", found " + batch.firstIndex);
    }
    for (int row = 0; row < batch.rows; row++) {
      byte type = batch.type[row];
      if (type == EventType.NEW_ORDER) {
        submission(batch, row);
      } else if (type < EventType.HIDDEN_EXECUTION) {
        reference(batch, row);
      }
      nextIndex = Math.addExact(nextIndex, 1);
    }
  }

  private void submission(EventBatch batch, int row) {
    int slot = slot(batch, row);
    if (!orders.submitted[slot]) {
      orders.submitted[slot] = true;
      orders.entryIndex[slot] = nextIndex;
    }
  }

  private void reference(EventBatch batch, int row) {
    int slot = slot(batch, row);
    if (orders.firstReference[slot] == OrderTable.NEVER) {
      orders.firstReference[slot] = nextIndex;
    }
    orders.lastReference[slot] = nextIndex;
    orders.takenLater[slot] += batch.size[row];
    orders.endsWithDelete[slot] = batch.type[row] == EventType.DELETE;
  }

  private int slot(EventBatch batch, int row) {
    int slot = orders.find(batch.orderId[row]);
    if (slot == OrderTable.NONE) {
      slot = orders.append(batch.orderId[row], side(batch.direction[row]).level(batch.price[row]));
    }
    orders.note(nextIndex, slot);
    return slot;
  }

  /** Events seen. */
  public long events() {
    return nextIndex;
  }

  /** Orders that the messages speak of. */
  public long orders() {
    return orders.count();
  }

  OrderTable table() {
    return orders;
  }

  BookSide side(byte direction) {
    return direction > 0 ? bids : asks;
  }

  /**
   * Ends the pass: gives every inferred order its entry.
   *
   * @return the slots of the inferred orders, by entry, then by number
   * @throws IllegalStateException if it was ended before
   */
  int[] inferEntries() {
    if (used) {
      throw new IllegalStateException(
          "one Hindsight serves one rebuilding: read the messages again");
    }
    used = true;
    int[] inferred = orders.byNumber(neverSubmitted());
    int next = 0;
    for (int slot = 0; slot < orders.count() && next < inferred.length; slot++) {
      if (announced(slot)) {
        while (next < inferred.length && orders.id[inferred[next]] < orders.id[slot]) {
          enterBy(inferred[next++], orders.entryIndex[slot]);
        }
      }
    }
    while (next < inferred.length) {
      enterBy(inferred[next++], Integer.MAX_VALUE);
    }
    return byEntry(inferred);
  }

  /** Those of the same entry stay as they are. */
  private int[] byEntry(int[] slots) {
    long[] entries = new long[slots.length];
    for (int i = 0; i < entries.length; i++) {
      entries[i] = (long) orders.entryIndex[slots[i]] << Integer.SIZE | i;
    }
    Arrays.sort(entries);
    int[] sorted = new int[slots.length];
    for (int i = 0; i < sorted.length; i++) {
      sorted[i] = slots[(int) entries[i]];
    }
    return sorted;
  }

  /** Submitted before any other message speaks of it: its number dates the others. */
  private boolean announced(int slot) {
    return orders.submitted[slot]
        && (orders.firstReference[slot] == OrderTable.NEVER
            || orders.firstReference[slot] > orders.entryIndex[slot]);
  }

  private int[] neverSubmitted() {
    int[] found = new int[orders.count()];
    int count = 0;
    for (int slot = 0; slot < found.length; slot++) {
      if (!orders.submitted[slot]) {
        found[count++] = slot;
      }
    }
    return Arrays.copyOf(found, count);
  }

  private void enterBy(int slot, int submissionIndex) {
    orders.entryIndex[slot] = Math.min(submissionIndex, orders.firstReference[slot]);
  }
}
