package io.booklake.viewer;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.booklake.model.TickerDay;
import io.booklake.read.LakeReader;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/** The lake as it is published now, give or take some seconds. For any number of threads. */
final class PublishedLake {
  private static final int MOST_DAYS = 1_000;

  private final LakeReader lake;
  private final long maxAgeNanos;
  private final ReentrantLock refreshing = new ReentrantLock();

  /**
   * A reader reads ahead only where it sees what was asked before, so it is kept. With another
   * state comes another cache: what is under way then must not end up among the new ones.
   */
  private volatile Cache<TickerDay, PinnedDay> days = newCache();

  private volatile long refreshedAt = System.nanoTime();

  PublishedLake(LakeReader lake, Duration maxAge) {
    this.lake = lake;
    this.maxAgeNanos = maxAge.toNanos();
  }

  private static Cache<TickerDay, PinnedDay> newCache() {
    return Caffeine.newBuilder().maximumSize(MOST_DAYS).build();
  }

  /** Rows of the ledger. */
  List<Map<String, Object>> ledger() throws IOException {
    refreshIfOld();
    return lake.ledger();
  }

  /** What was rejected. */
  Optional<List<Map<String, Object>>> quarantine() {
    return lake.quarantine();
  }

  /** Bytes asked of file systems for data files so far. */
  long bytesRead() {
    return lake.bytesRead();
  }

  /**
   * A ticker-day.
   *
   * @throws io.booklake.read.NotPublishedException if it is not published
   */
  PinnedDay day(TickerDay day) throws IOException {
    refreshIfOld();
    return days.get(day, key -> PinnedDay.of(lake.day(key)));
  }

  private void refreshIfOld() throws IOException {
    // One asks the log; the others go on with what is known.
    if (System.nanoTime() - refreshedAt > maxAgeNanos && refreshing.tryLock()) {
      try {
        refresh();
      } finally {
        refreshing.unlock();
      }
    }
  }

  /** Turns to what is published now. */
  void refresh() throws IOException {
    // Whoever hears that nothing is newer must not find ticker-days of the state before it.
    refreshing.lock();
    try {
      if (lake.refresh()) {
        days = newCache();
      }
      refreshedAt = System.nanoTime();
    } finally {
      refreshing.unlock();
    }
  }
}
