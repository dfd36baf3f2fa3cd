package io.booklake.book;

import it.unimi.dsi.fastutil.longs.Long2ObjectOpenHashMap;
import java.util.Arrays;

/**
 * One side of the book: its prices, which of them the published row shows, and which of those out
 * of sight have something to remember.
 */
final class BookSide {
  private static final int FIRST_CAPACITY = 64;

  /** 1 for the bids, -1 for the asks. */
  final byte direction;

  private final Long2ObjectOpenHashMap<PriceLevel> levels = new Long2ObjectOpenHashMap<>();

  /** What the row shows, the best first; the first {@link #listedCount} count. */
  PriceLevel[] listed = new PriceLevel[0];

  int listedCount;

  /** Their published sizes. */
  long[] listedSizes = new long[0];

  /** Other prices are listed than one row ago, or at other levels. */
  boolean moved;

  /** Something has changed since the known orders were held against this side's row. */
  boolean unsettled;

  /** What the last row no longer shows because better prices pushed it out. */
  PriceLevel[] left = new PriceLevel[0];

  int leftCount;

  /** What the last row shows to be empty although something was known there, the best first. */
  PriceLevel[] emptied = new PriceLevel[FIRST_CAPACITY];

  int emptiedCount;

  /** Remembered prices out of sight, the best last; the first {@link #farCount} count. */
  private PriceLevel[] far = new PriceLevel[FIRST_CAPACITY];

  private int farCount;

  private long[] listedPrices = new long[0];
  private PriceLevel[] listedBefore = new PriceLevel[0];

  /** Rank of the worst price in sight; before the first row nothing is in sight. */
  private long edgeRank = Long.MIN_VALUE;

  BookSide(byte direction) {
    this.direction = direction;
  }

  /** The level of a price, made where there is none. */
  PriceLevel level(long priceTicks) {
    PriceLevel level = levels.get(priceTicks);
    if (level == null) {
      level = new PriceLevel(this, priceTicks);
      levels.put(priceTicks, level);
    }
    return level;
  }

  /** True if the row would show this price if there were anything at it. */
  boolean inSight(PriceLevel level) {
    return level.rank <= edgeRank;
  }

  /** Keeps a price that the row does not show until it comes into sight. */
  void remember(PriceLevel level) {
    if (level.remembered || level.listed) {
      return;
    }
    level.remembered = true;
    if (farCount == far.length) {
      far = Arrays.copyOf(far, 2 * farCount);
    }
    int place = farCount++;
    while (place > 0 && far[place - 1].rank < level.rank) {
      far[place] = far[place - 1];
      place--;
    }
    far[place] = level;
  }

  /** How many prices are remembered. */
  int farCount() {
    return farCount;
  }

  /** A remembered price, 0 for the best. */
  PriceLevel far(int position) {
    return far[farCount - 1 - position];
  }

  /**
   * Moves the window to the next row, and says which prices {@link #left} it and which are now
   * {@link #emptied}.
   *
   * @param prices by [level - 1][row]
   * @param sizes by [level - 1][row]; a size of 0 ends the occupied levels
   * @param from the first level, 0-based, that may differ from the row before
   * @param to the level behind the last one that may
   */
  void follow(long[][] prices, long[][] sizes, int row, int from, int to) {
    leftCount = 0;
    emptiedCount = 0;
    if (listedPrices.length < prices.length) {
      makeRoom(prices.length);
    }
    moved = edgeRank == Long.MIN_VALUE;
    int occupied = Math.min(from, listedCount);
    while (occupied < prices.length && sizes[occupied][row] > 0) {
      if (to <= occupied && occupied < listedCount) {
        occupied = listedCount; // and the level behind is as empty as it was
        break;
      }
      if (listedPrices[occupied] != prices[occupied][row]) {
        listedPrices[occupied] = prices[occupied][row];
        moved = true;
      }
      if (listedSizes[occupied] != sizes[occupied][row]) {
        listedSizes[occupied] = sizes[occupied][row];
        unsettled = true;
      }
      occupied++;
    }
    moved |= occupied != listedCount;
    if (moved) {
      unsettled = true;
      move(occupied, occupied == prices.length);
    }
    if (farCount > 0 && far[farCount - 1].rank <= edgeRank) {
      bringIntoSight();
    }
  }

  private void makeRoom(int levelCount) {
    listed = new PriceLevel[levelCount];
    listedBefore = new PriceLevel[levelCount];
    listedPrices = new long[levelCount];
    listedSizes = new long[levelCount];
    left = new PriceLevel[levelCount];
  }

  private void move(int occupied, boolean full) {
    PriceLevel[] free = listedBefore;
    listedBefore = listed;
    int listedBeforeCount = listedCount;
    listed = free;
    listedCount = occupied;
    int before = 0;
    for (int position = 0; position < occupied; position++) {
      long price = listedPrices[position];
      long rank = direction > 0 ? -price : price;
      while (before < listedBeforeCount && listedBefore[before].rank < rank) {
        before++;
      }
      if (before < listedBeforeCount && listedBefore[before].rank == rank) {
        listed[position] = listedBefore[before++];
      } else {
        listed[position] = level(price);
        listed[position].fresh = true;
      }
    }
    edgeRank = full ? listed[occupied - 1].rank : Long.MAX_VALUE;
    for (int position = 0; position < listedBeforeCount; position++) {
      listedBefore[position].listed = false;
    }
    for (int position = 0; position < occupied; position++) {
      listed[position].listed = true;
    }
    for (int position = 0; position < listedBeforeCount; position++) {
      if (!listedBefore[position].listed) {
        vanish(listedBefore[position]);
      }
    }
  }

  private void vanish(PriceLevel level) {
    if (inSight(level)) {
      addEmptied(level);
    } else {
      left[leftCount++] = level;
    }
  }

  private void bringIntoSight() {
    while (farCount > 0 && inSight(far[farCount - 1])) {
      PriceLevel level = far[--farCount];
      level.remembered = false;
      if (level.listed) {
        level.returned = true;
      } else {
        addEmptied(level);
      }
    }
  }

  private void addEmptied(PriceLevel level) {
    if (emptiedCount == emptied.length) {
      emptied = Arrays.copyOf(emptied, 2 * emptiedCount);
    }
    emptied[emptiedCount++] = level;
  }
}
