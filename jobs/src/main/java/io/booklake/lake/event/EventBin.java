package io.booklake.lake.event;

import io.booklake.format.lobster.Inspection;
import io.booklake.format.lobster.Pair;
import io.booklake.spark.Bins;
import java.io.Serializable;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Pairs that one task takes in, into one file per table: of one date and one depth, in the order of
 * their tickers.
 *
 * @param number tells the bins of a run apart
 * @param pairs at least one
 * @param isWaitedFor whether the other tasks will have ended before it, so that its work is shared
 *     among threads
 */
public record EventBin(int number, List<Candidate> pairs, boolean isWaitedFor)
    implements Serializable {

  /**
   * A pair to take in.
   *
   * @param known digests of what is published of its ticker-day; null if nothing is, or if it shall
   *     be taken anyway
   */
  public record Candidate(Pair pair, Inspection.Known known) implements Serializable {}

  private record DateAndLevels(LocalDate date, int levels) {}

  /**
   * Packs pairs into bins of about equal size.
   *
   * @param targetBytes stored bytes at which a bin is full
   * @param cores that share them
   * @return the largest first
   */
  public static List<EventBin> pack(List<Candidate> pairs, long targetBytes, int cores) {
    List<Candidate> sorted = new ArrayList<>(pairs);
    sorted.sort(
        Comparator.comparing((Candidate each) -> each.pair.tickerDay().tradeDate())
            .thenComparing(each -> each.pair.tickerDay().levels())
            .thenComparing(each -> each.pair.tickerDay().ticker()));
    long shareOfCore = storedBytes(pairs) / cores;
    List<EventBin> bins = new ArrayList<>();
    for (List<Candidate> bin :
        Bins.pack(
            sorted,
            each ->
                new DateAndLevels(
                    each.pair.tickerDay().tradeDate(), each.pair.tickerDay().levels()),
            each -> each.pair.storedBytes(),
            targetBytes)) {
      bins.add(new EventBin(bins.size(), List.copyOf(bin), storedBytes(bin) > shareOfCore));
    }
    return bins;
  }

  private static long storedBytes(List<Candidate> pairs) {
    return pairs.stream().mapToLong(each -> each.pair.storedBytes()).sum();
  }
}
