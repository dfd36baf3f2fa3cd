package io.booklake.job;

import io.booklake.format.lobster.Pair;
import io.booklake.format.lobster.SourceFile;
import io.booklake.lake.DeliveredPair;
import io.booklake.lake.Ledger;
import io.booklake.model.TickerDay;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What steps would do if they ran now, told by names, sizes and times alone: no pair is read and
 * nothing is written.
 *
 * @param items in the order of the steps
 */
public record Plan(List<Item> items) {

  /** How a ticker-day stands to a step. */
  public enum State {
    /** To be fetched, as it is new or has changed. */
    TO_FETCH("to fetch"),
    /** Not published yet. */
    NEW("new"),
    /** Published, and of another size now. */
    CHANGED("changed"),
    /** Published, but moved or written since, or not known well enough: only reading it tells. */
    PERHAPS_CHANGED("perhaps changed"),
    /** Published from the same files, not written since. */
    UNCHANGED("unchanged"),
    /** To be quarantined for its name, or for what lies beside it. */
    REJECTED("rejected"),
    /** The table does not hold all that is wanted of it, or holds what is of an older delivery. */
    MISSING("to derive"),
    /** To be computed again if its pair turns out to have changed. */
    IF_CHANGED("to derive if changed"),
    /** To be read back. */
    SAMPLED("to verify");

    private final String words;

    State(String words) {
      this.words = words;
    }

    /**
     * How a pair stands to what is published of it.
     *
     * @param entry null if nothing is
     */
    static State of(Pair pair, Ledger.Entry entry) {
      if (entry == null) {
        return NEW;
      }
      DeliveredPair delivery = entry.delivery();
      if (isOfAnotherSize(pair.message(), delivery.message().textBytes())
          || isOfAnotherSize(pair.orderbook(), delivery.orderbook().textBytes())) {
        return CHANGED;
      }
      return delivery.isOf(pair) ? UNCHANGED : PERHAPS_CHANGED;
    }

    /** The ledger knows the size of the text; that of a packed file says nothing of it. */
    private static boolean isOfAnotherSize(SourceFile file, long textBytes) {
      return file.isPlain() && file.storedBytes() != textBytes;
    }
  }

  /**
   * One ticker-day in one step.
   *
   * @param step its name on the command line
   * @param tickerDay null for a file whose name says none
   * @param storedBytes to be read for it, packed as they are; null where that is not known
   * @param what which file, which rows, or what is wrong
   */
  public record Item(
      String step, TickerDay tickerDay, State state, Long storedBytes, String what) {}

  /** Nothing to do. */
  public static final Plan EMPTY = new Plan(List.of());

  /** Keeps its own list. */
  public Plan {
    items = List.copyOf(items);
  }

  /** This, and then what a later step would do. */
  public Plan and(Plan later) {
    List<Item> both = new ArrayList<>(items);
    both.addAll(later.items);
    return new Plan(both);
  }

  /** What would be published anew, were every pair sound. */
  Set<TickerDay> arriving() {
    return in(Set.of(State.TO_FETCH, State.NEW, State.CHANGED));
  }

  /** What would be published anew if it has changed. */
  Set<TickerDay> perhapsArriving() {
    return in(Set.of(State.PERHAPS_CHANGED));
  }

  private Set<TickerDay> in(Set<State> states) {
    return items.stream()
        .filter(item -> states.contains(item.state))
        .map(Item::tickerDay)
        .filter(Objects::nonNull)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /**
   * For the user.
   *
   * @param title what the plan is of
   * @return a row per step and ticker-day
   */
  public Report report(String title) {
    Map<State, Long> counts = new EnumMap<>(State.class);
    items.forEach(item -> counts.merge(item.state, 1L, Long::sum));
    String summary =
        counts.entrySet().stream()
            .map(each -> each.getValue() + " " + each.getKey().words)
            .collect(Collectors.joining(", "));
    return new Report(
        title + ": " + (summary.isEmpty() ? "nothing to do" : summary) + "; nothing was written",
        List.of("step", "trade_date", "ticker", "levels", "state", "stored_bytes", "what"),
        items.stream().map(Plan::row).toList(),
        false);
  }

  private static List<Object> row(Item item) {
    TickerDay day = item.tickerDay;
    return Collections.unmodifiableList(
        Arrays.asList(
            item.step,
            day == null ? null : day.tradeDate(),
            day == null ? null : day.ticker(),
            day == null ? null : day.levels(),
            item.state.words,
            item.storedBytes,
            item.what));
  }
}
