package io.booklake.lake.event;

import io.booklake.format.lobster.Inspection;
import io.booklake.format.lobster.Pair;
import java.io.Serializable;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Pairs that one task takes in, into one file per table: of one date and one depth, in the order of
 * their tickers.
 *
 * @param number tells the bins of a run apart
 * @param pairs at least one
 */
public record EventBin(int number, List<Candidate> pairs) implements Serializable {

  /**
   * A pair to take in.
   *
   * @param known digests of what is published of its ticker-day; null if nothing is, or if it shall
   *     be taken anyway
   */
  public record Candidate(Pair pair, Inspection.Known known) implements Serializable {}

  private record DateAndLevels(LocalDate date, int levels) {}

  /** Bytes to read for it. */
  public long storedBytes() {
    return pairs.stream().mapToLong(each -> each.pair.storedBytes()).sum();
  }

  /**
   * Packs pairs into bins of about equal size. A pair is never split, so one that is larger than
   * the rest of its bin stands alone.
   *
   * @param targetBytes stored bytes at which a bin is full
   * @return the largest first, so that no large one begins last and is waited for
   */
  public static List<EventBin> pack(List<Candidate> pairs, long targetBytes) {
    Map<DateAndLevels, List<Candidate>> groups =
        new TreeMap<>(
            Comparator.comparing(DateAndLevels::date).thenComparing(DateAndLevels::levels));
    for (Candidate each : pairs) {
      groups
          .computeIfAbsent(
              new DateAndLevels(each.pair.tickerDay().tradeDate(), each.pair.tickerDay().levels()),
              key -> new ArrayList<>())
          .add(each);
    }
    List<EventBin> bins = new ArrayList<>();
    for (List<Candidate> group : groups.values()) {
      group.sort(Comparator.comparing(each -> each.pair.tickerDay().ticker()));
      List<Candidate> open = new ArrayList<>();
      long bytes = 0;
      for (Candidate each : group) {
        if (!open.isEmpty() && bytes + each.pair.storedBytes() > targetBytes) {
          bins.add(new EventBin(bins.size(), List.copyOf(open)));
          open.clear();
          bytes = 0;
        }
        open.add(each);
        bytes += each.pair.storedBytes();
      }
      bins.add(new EventBin(bins.size(), List.copyOf(open)));
    }
    bins.sort(Comparator.comparingLong(EventBin::storedBytes).reversed());
    return bins;
  }
}
