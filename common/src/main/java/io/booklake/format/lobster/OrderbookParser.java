package io.booklake.format.lobster;

import io.booklake.model.Price;

/**
 * Parses orderbook rows from bytes to columns and checks their form: occupied levels first, asks
 * rising, bids falling.
 *
 * <p>What is wrong with a row that is not right is found by {@link RowDiagnosis}.
 */
final class OrderbookParser {
  private final LineBuffer lines;
  private final int levels;
  private final int parsedLevels;

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
  }

  /**
   * Parses the current line into a row of {@code batch} and moves to the next.
   *
   * @return false where the line is not a valid row; the position is then unchanged
   */
  boolean parse(EventBatch batch, int row) {
    lines.at = lines.position;
    long lastAsk = 0;
    long lastBid = Long.MAX_VALUE;
    for (int level = 0; level < parsedLevels; level++) {
      long askPrice = lines.number();
      if (lines.next() != ',') {
        return false;
      }
      long askSize = lines.number();
      if (lines.next() != ',') {
        return false;
      }
      long bidPrice = lines.number();
      if (lines.next() != ',') {
        return false;
      }
      long bidSize = lines.number();
      if (lines.next() != (level == levels - 1 ? '\n' : ',')) {
        return false;
      }
      if (!isAsk(askPrice, askSize, lastAsk) || !isBid(bidPrice, bidSize, lastBid)) {
        return false;
      }
      batch.askPrice[level][row] = askPrice;
      batch.askSize[level][row] = askSize;
      batch.bidPrice[level][row] = bidPrice;
      batch.bidSize[level][row] = bidSize;
      lastAsk = askPrice;
      lastBid = bidPrice;
    }
    if (parsedLevels == levels) {
      lines.position = lines.at;
      return true;
    }
    return lines.skipLine();
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

  /** Moves to the next line without parsing this one; false where it is too long. */
  boolean skip() {
    return lines.skipLine();
  }
}
