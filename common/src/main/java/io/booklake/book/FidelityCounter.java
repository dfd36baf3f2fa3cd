package io.booklake.book;

import java.util.ArrayList;
import java.util.List;

/** Counts what {@link Fidelity} tells. */
final class FidelityCounter {
  private final long[] rows;
  private final long[] publishedShares;
  private final long[] provenShares;
  private final long[] probableShares;
  private final double[] provenSum;
  private final double[] knownSum;

  long events;
  long expiredOrders;
  long revalidatedOrders;
  long overAttributions;
  long visibleExecutions;
  long fifoExceptions;
  long unmatchedDeletes;
  long unmatchedReductions;
  long unknownReferences;

  FidelityCounter(int levels) {
    rows = new long[levels];
    publishedShares = new long[levels];
    provenShares = new long[levels];
    probableShares = new long[levels];
    provenSum = new double[levels];
    knownSum = new double[levels];
  }

  void published(int position, PriceLevel level) {
    rows[position]++;
    publishedShares[position] += level.publishedShares;
    provenShares[position] += level.knownShares - level.probableShares;
    probableShares[position] += level.probableShares;
    provenSum[position] += level.provenPart;
    knownSum[position] += level.knownPart;
  }

  Fidelity total(long inferredOrders) {
    List<Fidelity.Level> levels = new ArrayList<>(rows.length);
    for (int position = 0; position < rows.length; position++) {
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
