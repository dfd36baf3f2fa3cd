package io.booklake.verify;

import io.booklake.book.BookReplay;
import java.util.Map;

/**
 * Counts, over all rows and visible levels, whose the published shares are, as the ledger has it.
 */
final class SharesCount {
  private long published;
  private long proven;
  private long probable;
  private long expiredOrders;
  private long revalidatedOrders;

  /** The levels of one side after an event. */
  void add(BookReplay replay, byte direction, long[] prices, long[] sizes) {
    Map<Long, Long> known = replay.shares(direction);
    Map<Long, Long> revalidated = replay.probableShares(direction);
    for (int level = 0; level < prices.length && sizes[level] > 0; level++) {
      long all = known.getOrDefault(prices[level], 0L);
      long guessed = revalidated.getOrDefault(prices[level], 0L);
      published += sizes[level];
      proven += all - guessed;
      probable += guessed;
    }
  }

  void expired() {
    expiredOrders++;
  }

  void revalidated() {
    revalidatedOrders++;
  }

  /** Holds the counts against the ledger's; one that an older lake does not have is passed over. */
  void compare(Map<String, Long> figures, Verdict verdict) {
    Map<String, Long> counted =
        Map.of(
            "published_shares", published,
            "proven_shares", proven,
            "probable_shares", probable,
            "expired_order_count", expiredOrders,
            "revalidated_order_count", revalidatedOrders);
    counted.forEach(
        (column, count) -> {
          Long noted = figures.get(column);
          if (noted != null && !noted.equals(count) && !verdict.failed()) {
            verdict.differs(
                "ticker_days: " + column + " found " + noted + ", mbo and depth give " + count);
          }
        });
  }
}
