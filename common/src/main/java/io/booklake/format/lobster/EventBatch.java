package io.booklake.format.lobster;

import io.booklake.model.EventType;
import io.booklake.model.Price;
import java.util.Arrays;

/**
 * Consecutive rows of one pair as primitive columns: row {@code i} is event {@code firstIndex + i},
 * and the book columns hold the book <b>after</b> that event. One batch is filled again and again,
 * so that memory stays bounded whatever the size of the ticker-day.
 *
 * <p>Fields are public because every engine reads them in its inner loop; only what fills a batch,
 * {@link PairReader} or a simulated exchange, writes them. Columns that the reader was not asked
 * for are left as they were.
 */
public final class EventBatch {
  /** Rows a batch holds: 40 book columns of it fit in the second-level cache. */
  public static final int DEFAULT_CAPACITY = 1024;

  /** Rows the batch can hold. */
  public final int capacity;

  /** Price levels per side. */
  public final int levels;

  /** Rows it holds now. */
  public int rows;

  /** Event index of row 0. */
  public long firstIndex;

  /** Nanoseconds after exchange midnight. */
  public final long[] timeNanos;

  /** {@link EventType} codes. */
  public final byte[] type;

  /** Order reference number; 0 for hidden executions, negative for crosses. */
  public final long[] orderId;

  /** Shares; for types 2 and 4 the part taken away. */
  public final long[] size;

  /** {@link Price} units; for halts -1, 0 or 1. */
  public final long[] price;

  /** Side of the resting order: 1 buy, -1 sell. */
  public final byte[] direction;

  /**
   * Market participant of column 7; null where it says {@code null} or the file has no such column.
   */
  public final String[] mpid;

  /** Ask price by [level - 1][row]; {@link Price#EMPTY_ASK} where the level is empty. */
  public final long[][] askPrice;

  /** Shares at the ask by [level - 1][row]; 0 where the level is empty. */
  public final long[][] askSize;

  /** Bid price by [level - 1][row]; {@link Price#EMPTY_BID} where the level is empty. */
  public final long[][] bidPrice;

  /** Shares at the bid by [level - 1][row]; 0 where the level is empty. */
  public final long[][] bidSize;

  /**
   * By row, the first level, 0-based, whose book may differ from that of the row read before it.
   * From 0 to {@link #levels} unless the reader knows better.
   */
  public final int[] changedFrom;

  /** By row, the level behind the last one that may; no larger than the first if none does. */
  public final int[] changedTo;

  /** An empty batch of {@link #DEFAULT_CAPACITY} rows. */
  public EventBatch(int levels) {
    this(levels, DEFAULT_CAPACITY);
  }

  /** An empty batch of {@code capacity} rows of {@code levels} levels a side. */
  public EventBatch(int levels, int capacity) {
    this.levels = levels;
    this.capacity = capacity;
    timeNanos = new long[capacity];
    type = new byte[capacity];
    orderId = new long[capacity];
    size = new long[capacity];
    price = new long[capacity];
    direction = new byte[capacity];
    mpid = new String[capacity];
    askPrice = new long[levels][capacity];
    askSize = new long[levels][capacity];
    bidPrice = new long[levels][capacity];
    bidSize = new long[levels][capacity];
    changedFrom = new int[capacity];
    changedTo = new int[capacity];
    Arrays.fill(changedTo, levels);
  }

  /** The same rows in a batch of their own, which is just large enough. */
  public EventBatch copy() {
    EventBatch copy = new EventBatch(levels, rows);
    copy.rows = rows;
    copy.firstIndex = firstIndex;
    System.arraycopy(timeNanos, 0, copy.timeNanos, 0, rows);
    System.arraycopy(type, 0, copy.type, 0, rows);
    System.arraycopy(orderId, 0, copy.orderId, 0, rows);
    System.arraycopy(size, 0, copy.size, 0, rows);
    System.arraycopy(price, 0, copy.price, 0, rows);
    System.arraycopy(direction, 0, copy.direction, 0, rows);
    System.arraycopy(mpid, 0, copy.mpid, 0, rows);
    System.arraycopy(changedFrom, 0, copy.changedFrom, 0, rows);
    System.arraycopy(changedTo, 0, copy.changedTo, 0, rows);
    for (int level = 0; level < levels; level++) {
      System.arraycopy(askPrice[level], 0, copy.askPrice[level], 0, rows);
      System.arraycopy(askSize[level], 0, copy.askSize[level], 0, rows);
      System.arraycopy(bidPrice[level], 0, copy.bidPrice[level], 0, rows);
      System.arraycopy(bidSize[level], 0, copy.bidSize[level], 0, rows);
    }
    return copy;
  }
}
