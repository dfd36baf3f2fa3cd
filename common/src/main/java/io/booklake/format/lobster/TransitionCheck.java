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
  private final Side asksBefore;
  private final Side bidsBefore;
  private final Side asks;
  private final Side bids;
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

  /** Checks the rows of a batch, of which the first follows on the last one of the batch before. */
  void add(EventBatch batch) {
    for (int row = 0; row < batch.rows; row++) {
      boolean isRight = row == 0 ? !hasBefore : changesOneSize(batch, row);
      if (!isRight && !follows(batch, row)) {
        broken++;
        if (firstBrokenIndex < 0) {
          firstBrokenIndex = batch.firstIndex + row;
        }
      }
    }
    if (batch.rows > 0) {
      hasBefore = true;
      setBefore(batch, batch.rows - 1);
    }
  }

  /**
   * Most events change the size of one level and nothing else, and the reader knows which: then
   * there is no need to look at the others.
   *
   * @return false where it may be right all the same
   */
  private static boolean changesOneSize(EventBatch batch, int row) {
    int level = batch.changedFrom[row];
    if (batch.changedTo[row] != level + 1) {
      return false;
    }
    boolean buy = batch.direction[row] > 0;
    long[] prices = (buy ? batch.bidPrice : batch.askPrice)[level];
    long[] sizes = (buy ? batch.bidSize : batch.askSize)[level];
    long[] otherPrices = (buy ? batch.askPrice : batch.bidPrice)[level];
    long[] otherSizes = (buy ? batch.askSize : batch.bidSize)[level];
    byte type = batch.type[row];
    long size = batch.size[row];
    return type <= EventType.VISIBLE_EXECUTION
        && prices[row] == batch.price[row]
        && prices[row - 1] == batch.price[row]
        && sizes[row] - sizes[row - 1] == (type == EventType.NEW_ORDER ? size : -size)
        && sizes[row] > 0
        && otherPrices[row] == otherPrices[row - 1]
        && otherSizes[row] == otherSizes[row - 1];
  }

  private boolean follows(EventBatch batch, int row) {
    if (row > 0) {
      setBefore(batch, row - 1);
    }
    asks.set(batch.askPrice, batch.askSize, row);
    bids.set(batch.bidPrice, batch.bidSize, row);
    return follows(batch.type[row], batch.size[row], batch.price[row], batch.direction[row]);
  }

  private void setBefore(EventBatch batch, int row) {
    asksBefore.set(batch.askPrice, batch.askSize, row);
    bidsBefore.set(batch.bidPrice, batch.bidSize, row);
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
