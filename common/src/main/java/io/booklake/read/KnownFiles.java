package io.booklake.read;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.Map;

/**
 * What is in memory of one lake. A lake that is made anew at the same place counts its versions
 * from 0 again, and may name its files as the one before: it begins with nothing known.
 */
final class KnownFiles {
  /** Files that the versions of tables in memory may name together. */
  private static final int MOST_FILES = 1_000_000;

  private final String ledgerId;
  private final PageCache pages;
  private final Cache<Map.Entry<String, Long>, TableVersion> versions =
      Caffeine.newBuilder()
          .maximumWeight(MOST_FILES)
          .weigher((Map.Entry<String, Long> key, TableVersion version) -> version.weight())
          .build();

  /**
   * Nothing yet.
   *
   * @param ledgerId Delta's id of the ledger, which no other lake's ledger has
   */
  KnownFiles(String ledgerId, PageCache pages) {
    this.ledgerId = ledgerId;
    this.pages = pages;
  }

  boolean isOf(String ledger) {
    return ledgerId.equals(ledger);
  }

  PageCache pages() {
    return pages;
  }

  /** Versions by table and number. */
  Cache<Map.Entry<String, Long>, TableVersion> versions() {
    return versions;
  }
}
