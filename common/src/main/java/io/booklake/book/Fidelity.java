package io.booklake.book;

import java.io.Serializable;
import java.util.List;

/**
 * How much of a published ticker-day the rebuilt book can name, and how often it had to give in.
 *
 * @param events events of the ticker-day
 * @param levels one entry per published level, the best first
 * @param inferredOrders orders that the file never submits but speaks of
 * @param expiredOrders times an order was dropped with a price that left the published window
 * @param revalidatedOrders times a dropped order was taken back as probable
 * @param overAttributions times the known orders of a published level held more than it: each was
 *     repaired
 * @param visibleExecutions visible executions (type 4)
 * @param fifoExceptions visible executions that hit an order behind another known one
 * @param unmatchedDeletes deletes whose size is not what was left of the order
 * @param unmatchedReductions partial cancels and executions of more than what was left
 * @param unknownReferences messages about an order of which nothing is left, or before its
 *     submission
 */
public record Fidelity(
    long events,
    List<Level> levels,
    long inferredOrders,
    long expiredOrders,
    long revalidatedOrders,
    long overAttributions,
    long visibleExecutions,
    long fifoExceptions,
    long unmatchedDeletes,
    long unmatchedReductions,
    long unknownReferences)
    implements Serializable {

  /**
   * One level over all rows in which it is not empty, both sides together.
   *
   * @param level 1 for the best
   * @param rows how often it was published with a size
   * @param publishedShares sum of published sizes
   * @param provenShares sum of the sizes of proven orders
   * @param probableShares sum of the sizes of probable orders
   * @param meanProven mean of the proven share of each published size; NaN without rows
   * @param meanKnown mean of the known (proven or probable) share of each published size; NaN
   *     without rows
   */
  public record Level(
      int level,
      long rows,
      long publishedShares,
      long provenShares,
      long probableShares,
      double meanProven,
      double meanKnown)
      implements Serializable {}

  /** Keeps its own list. */
  public Fidelity {
    levels = List.copyOf(levels);
  }

  /** Mean over the levels that were ever published of {@link Level#meanProven}, 0 to 1. */
  public double proven() {
    return levels.stream()
        .filter(level -> level.rows > 0)
        .mapToDouble(Level::meanProven)
        .average()
        .orElse(Double.NaN);
  }

  /** Mean over the levels that were ever published of {@link Level#meanKnown}, 0 to 1. */
  public double known() {
    return levels.stream()
        .filter(level -> level.rows > 0)
        .mapToDouble(Level::meanKnown)
        .average()
        .orElse(Double.NaN);
  }

  /** How many sizes were published: rows times the levels not empty in them. */
  public long publishedLevels() {
    return levels.stream().mapToLong(Level::rows).sum();
  }
}
