package io.booklake.book;

import io.booklake.model.Direction;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Counts what {@link Fidelity} tells. A published level counts in every row, but is looked at only
 * when it changes: until then its figures stand, and count as often as there were rows.
 */
final class FidelityCounter {

  /** What one level of one side shows, and since when. */
  private static final class Shown {
    long sinceRow;
    long publishedShares;
    long knownShares;
    long probableShares;
  }

  private final Shown[] bids;
  private final Shown[] asks;
  private final long[] rows;
  private final long[] publishedShares;
  private final long[] provenShares;
  private final long[] probableShares;
  private final double[] provenSum;
  private final double[] knownSum;

  long expiredOrders;
  long revalidatedOrders;
  long overAttributions;
  long visibleExecutions;
  long fifoExceptions;
  long unmatchedDeletes;
  long unmatchedReductions;
  long unknownReferences;

  FidelityCounter(int levels) {
    bids = nothingShown(levels);
    asks = nothingShown(levels);
    rows = new long[levels];
    publishedShares = new long[levels];
    provenShares = new long[levels];
    probableShares = new long[levels];
    provenSum = new double[levels];
    knownSum = new double[levels];
  }

  private static Shown[] nothingShown(int levels) {
    return Stream.generate(Shown::new).limit(levels).toArray(Shown[]::new);
  }

  /** From this row on the position shows this level, as it is now. */
  void show(byte direction, int position, PriceLevel level, long row) {
    Shown shown = end(direction, position, row);
    shown.publishedShares = level.publishedShares;
    shown.knownShares = level.knownShares;
    shown.probableShares = level.probableShares;
  }

  /** From this row on the position is empty. */
  void showNothing(byte direction, int position, long row) {
    end(direction, position, row).publishedShares = 0;
  }

  /** Counts what was shown so far, for all rows before this one. */
  private Shown end(byte direction, int position, long row) {
    Shown shown = (direction > 0 ? bids : asks)[position];
    long count = row - shown.sinceRow;
    shown.sinceRow = row;
    if (shown.publishedShares > 0 && count > 0) {
      long proven = shown.knownShares - shown.probableShares;
      rows[position] += count;
      publishedShares[position] += count * shown.publishedShares;
      provenShares[position] += count * proven;
      probableShares[position] += count * shown.probableShares;
      provenSum[position] += count * ((double) proven / shown.publishedShares);
      knownSum[position] += count * ((double) shown.knownShares / shown.publishedShares);
    }
    return shown;
  }

  Fidelity total(long events, long inferredOrders) {
    List<Fidelity.Level> levels = new ArrayList<>(rows.length);
    for (int position = 0; position < rows.length; position++) {
      end(Direction.BUY, position, events);
      end(Direction.SELL, position, events);
      levels.add(
          new Fidelity.Level(
              position + 1,
              rows[position],
              publishedShares[position],
              provenShares[position],
              probableShares[position],
              provenSum[position] / rows[position],
              knownSum[position] / rows[position]));
    }
    return new Fidelity(
        events,
        levels,
        inferredOrders,
        expiredOrders,
        revalidatedOrders,
        overAttributions,
        visibleExecutions,
        fifoExceptions,
        unmatchedDeletes,
        unmatchedReductions,
        unknownReferences);
  }
}
