package io.booklake.format.lobster;

import io.booklake.model.EventType;
import java.io.Serializable;
import java.util.Arrays;

/**
 * Holds every book row against the one before: previous row + event = this row.
 *
 * <p>On the side that the event touches, the price level changes as the event says; the other side
 * stays. Hidden executions, crosses and halts leave both sides as they were. A level that comes
 * into sight at the far edge of the window, because a nearer one emptied, is exempt: nothing in the
 * file says what it holds.
 */
final class TransitionCheck implements Serializable {
  private final int levels;
  private Side asksBefore;
  private Side bidsBefore;
  private Side asks;
  private Side bids;
  private long broken;
  private long firstBrokenIndex = -1;
  private boolean hasBefore;

  TransitionCheck(int levels) {
    this.levels = levels;
    asksBefore = new Side(levels, 1);
    bidsBefore = new Side(levels, -1);
    asks = new Side(levels, 1);
    bids = new Side(levels, -1);
  }

  long broken() {
    return broken;
  }

  long firstBrokenIndex() {
    return firstBrokenIndex;
  }

  void next(EventBatch batch, int row) {
    asks.set(batch.askPrice, batch.askSize, row);
    bids.set(batch.bidPrice, batch.bidSize, row);
    if (hasBefore
        && !follows(batch.type[row], batch.size[row], batch.price[row], batch.direction[row])) {
      broken++;
      if (firstBrokenIndex < 0) {
        firstBrokenIndex = batch.firstIndex + row;
      }
    }
    hasBefore = true;
    Side asksSwap = asksBefore;
    asksBefore = asks;
    asks = asksSwap;
    Side bidsSwap = bidsBefore;
    bidsBefore = bids;
    bids = bidsSwap;
  }

  private boolean follows(byte type, long size, long price, byte direction) {
    boolean buy = direction > 0;
    Side touched = buy ? bids : asks;
    Side touchedBefore = buy ? bidsBefore : asksBefore;
    boolean otherStays = buy ? asks.isSame(asksBefore) : bids.isSame(bidsBefore);
    if (!otherStays) {
      return false;
    }
    return switch (type) {
      case EventType.NEW_ORDER -> touched.isWithMore(touchedBefore, price, size);
      case EventType.PARTIAL_CANCEL, EventType.DELETE, EventType.VISIBLE_EXECUTION ->
          touched.isWithLess(touchedBefore, price, size);
      default -> touched.isSame(touchedBefore);
    };
  }

  /**
   * One side of one row. Bid prices are negated, so that on both sides they rise with the level.
   */
  private final class Side implements Serializable {
    private final int sign;
    private final long[] price;
    private final long[] size;

    Side(int levels, int sign) {
      this.sign = sign;
      price = new long[levels];
      size = new long[levels];
    }

    void set(long[][] prices, long[][] sizes, int row) {
      for (int level = 0; level < levels; level++) {
        price[level] = sign * prices[level][row];
        size[level] = sizes[level][row];
      }
    }

    boolean isSame(Side before) {
      return isSame(before, 0, 0, levels);
    }

    /** Levels {@code [at, at + count)} equal those of {@code before} from {@code beforeAt} on. */
    private boolean isSame(Side before, int at, int beforeAt, int count) {
      return Arrays.equals(price, at, at + count, before.price, beforeAt, beforeAt + count)
          && Arrays.equals(size, at, at + count, before.size, beforeAt, beforeAt + count);
    }

    private int levelOf(long signedPrice) {
      int level = 0;
      while (level < levels && price[level] < signedPrice) {
        level++;
      }
      return level;
    }

    boolean isWithMore(Side before, long eventPrice, long eventSize) {
      long signedPrice = sign * eventPrice;
      int level = before.levelOf(signedPrice);
      if (level == levels) {
        return isSame(before);
      }
      if (before.price[level] == signedPrice) {
        return isChangedAt(before, level, before.size[level] + eventSize);
      }
      return isSame(before, 0, 0, level)
          && price[level] == signedPrice
          && size[level] == eventSize
          && isSame(before, level + 1, level, levels - level - 1);
    }

    boolean isWithLess(Side before, long eventPrice, long eventSize) {
      long signedPrice = sign * eventPrice;
      int level = before.levelOf(signedPrice);
      if (level == levels || before.price[level] != signedPrice || before.size[level] < eventSize) {
        return false;
      }
      if (before.size[level] > eventSize) {
        return isChangedAt(before, level, before.size[level] - eventSize);
      }
      return isSame(before, 0, 0, level) && isSame(before, level, level + 1, levels - level - 1);
    }

    private boolean isChangedAt(Side before, int level, long newSize) {
      return isSame(before, 0, 0, level)
          && price[level] == before.price[level]
          && size[level] == newSize
          && isSame(before, level + 1, level + 1, levels - level - 1);
    }
  }
}
