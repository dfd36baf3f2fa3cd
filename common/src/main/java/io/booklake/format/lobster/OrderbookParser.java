package io.booklake.format.lobster;

import io.booklake.model.Price;
import java.util.Arrays;

/**
 * Parses orderbook rows from bytes to columns and checks their form: occupied levels first, asks
 * rising, bids falling.
 *
 * <p>Most events change one level, so most of a row repeats the row before it. What stands in the
 * same bytes as there is not parsed again: comparing bytes is many times faster than reading
 * numbers.
 *
 * <p>What is wrong with a row that is not right is found by {@link RowDiagnosis}.
 */
final class OrderbookParser {
  private static final int FIELDS = 4;

  private final LineBuffer lines;
  private final int levels;
  private final int parsedLevels;

  // The row before: its values in the order of the file, where each level ends, counted from the
  // begin of the row, and where it stands in the buffer as long as that was not filled again.
  private final long[] values;
  private final int[] levelEnds;
  private int previousStart;
  private int previousFills = -1;

  /** Level behind the last one that was parsed. */
  private int parsedTo;

  // The columns of the batch at hand, in the order of the fields of a row.
  private EventBatch batch;
  private final long[][] columns;

  /**
   * Over a file of {@code levels} levels.
   *
   * @param parsedLevels how many of the levels to parse, 1 to {@code levels}; the rest of each line
   *     is passed over
   */
  OrderbookParser(LineBuffer lines, int levels, int parsedLevels) {
    this.lines = lines;
    this.levels = levels;
    this.parsedLevels = parsedLevels;
    values = new long[FIELDS * parsedLevels];
    levelEnds = new int[parsedLevels];
    columns = new long[FIELDS * parsedLevels][];
  }

  /**
   * Parses the current line into a row of {@code target} and moves to the next.
   *
   * @return false where the line is not a valid row; the position is then unchanged
   */
  boolean parse(EventBatch target, int row) {
    int start = lines.position;
    int level = repeatedLevels(start);
    if (level < parsedLevels && !parse(start, level)) {
      // Half of the new row stands in the values.
      previousFills = -1;
      return false;
    }
    previousStart = start;
    previousFills = lines.fills();
    lines.position = start + levelEnds[parsedLevels - 1];
    if (parsedLevels < levels && !lines.skipLine()) {
      lines.position = start;
      return false;
    }
    store(target, row);
    target.changedFrom[row] = level;
    target.changedTo[row] = level < parsedLevels ? parsedTo : level;
    return true;
  }

  /** How many levels, from the first on, stand in the same bytes as in the row before. */
  private int repeatedLevels(int start) {
    int length = levelEnds[parsedLevels - 1];
    if (previousFills != lines.fills() || start + length > lines.bytes.length) {
      return 0;
    }
    int same =
        Arrays.mismatch(
            lines.bytes, previousStart, previousStart + length, lines.bytes, start, start + length);
    if (same < 0) {
      return parsedLevels;
    }
    int level = 0;
    while (levelEnds[level] <= same) {
      level++;
    }
    return level;
  }

  /**
   * Parses the levels from {@code first} on, until the rest of the row is that of the row before.
   */
  private boolean parse(int start, int first) {
    byte[] bytes = lines.bytes;
    boolean comparable = previousFills == lines.fills();
    int previousEnd = previousStart + levelEnds[parsedLevels - 1];
    int at = start + (first == 0 ? 0 : levelEnds[first - 1]);
    for (int level = first; level < parsedLevels; level++) {
      boolean samePrices = comparable;
      for (int field = FIELDS * level; field < FIELDS * (level + 1); field++) {
        lines.at = at;
        long value = lines.number();
        at = lines.at;
        if (value == LineBuffer.MALFORMED) {
          return false;
        }
        // Prices are the first and the third field of a level.
        samePrices &= (field & 1) == 1 || values[field] == value;
        values[field] = value;
        byte end = bytes[at++];
        if (end != (field == FIELDS * levels - 1 ? '\n' : ',')) {
          return false;
        }
      }
      if (!followsTheLevelBefore(level)) {
        return false;
      }
      int grown = at - start - levelEnds[level];
      int previousAt = previousStart + levelEnds[level];
      levelEnds[level] = at - start;
      parsedTo = level + 1;
      // Where a price changed, the levels behind it have usually moved by one.
      if (samePrices && level + 1 < parsedLevels && repeats(previousAt, previousEnd, at)) {
        for (int behind = level + 1; grown != 0 && behind < parsedLevels; behind++) {
          levelEnds[behind] += grown;
        }
        return followsTheLevelBefore(level + 1);
      }
    }
    return true;
  }

  private boolean repeats(int previousAt, int previousEnd, int at) {
    int length = previousEnd - previousAt;
    return at + length <= lines.bytes.length
        && Arrays.equals(lines.bytes, previousAt, previousEnd, lines.bytes, at, at + length);
  }

  private boolean followsTheLevelBefore(int level) {
    int field = FIELDS * level;
    long lastAsk = level == 0 ? 0 : values[field - 4];
    long lastBid = level == 0 ? Long.MAX_VALUE : values[field - 2];
    return isAsk(values[field], values[field + 1], lastAsk)
        && isBid(values[field + 2], values[field + 3], lastBid);
  }

  /** An occupied level behind the last one, or an empty level. */
  private static boolean isAsk(long price, long size, long last) {
    if (price == Price.EMPTY_ASK) {
      return size == 0;
    }
    return price > last && price <= Price.MAX && size > 0 && size <= MessageParser.LARGEST_SIZE;
  }

  private static boolean isBid(long price, long size, long last) {
    if (price == Price.EMPTY_BID) {
      return size == 0;
    }
    // Behind an empty level the last price is negative, so that no occupied level can follow.
    return price < last
        && price > 0
        && price <= Price.MAX
        && size > 0
        && size <= MessageParser.LARGEST_SIZE;
  }

  private void store(EventBatch target, int row) {
    if (batch != target) {
      batch = target;
      for (int level = 0; level < parsedLevels; level++) {
        columns[FIELDS * level] = target.askPrice[level];
        columns[FIELDS * level + 1] = target.askSize[level];
        columns[FIELDS * level + 2] = target.bidPrice[level];
        columns[FIELDS * level + 3] = target.bidSize[level];
      }
    }
    for (int field = 0; field < columns.length; field++) {
      columns[field][row] = values[field];
    }
  }

  /** Moves to the next line without parsing this one; false where it is too long. */
  boolean skip() {
    return lines.skipLine();
  }
}
