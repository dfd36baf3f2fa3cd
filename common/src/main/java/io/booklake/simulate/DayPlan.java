package io.booklake.simulate;

import io.booklake.format.lobster.FileName;
import io.booklake.model.TickerDay;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * What a simulated ticker-day shall hold. Equal plans give equal bytes.
 *
 * @param listing the ticker and how it trades
 * @param tradeDate exchange date; from {@link Simulation#HIDDEN_SIDE_MASKED_FROM} on hidden
 *     executions do not tell their side
 * @param levels depths at which the same day is published, deepest first, without repeats: each a
 *     pair of files
 * @param events events of the deepest pair, at least {@link #MIN_EVENTS}; the shallower ones hold
 *     those of them that touch their levels
 * @param seed seed of all that is random in the day
 * @param features what the day holds beyond visible orders
 */
public record DayPlan(
    Listing listing,
    LocalDate tradeDate,
    List<Integer> levels,
    long events,
    long seed,
    Set<Feature> features) {

  /** A day has room for both crosses, a halt and some trading in between. */
  public static final long MIN_EVENTS = 10;

  /** Events of a plan that does not say otherwise. */
  public static final long DEFAULT_EVENTS = 100_000;

  /** Levels of a plan that does not say otherwise. */
  public static final int DEFAULT_LEVELS = 10;

  /** Checks every part and sorts the levels. */
  public DayPlan {
    Objects.requireNonNull(listing, "listing");
    Objects.requireNonNull(tradeDate, "tradeDate");
    levels = levels.stream().sorted(Collections.reverseOrder()).toList();
    if (levels.isEmpty()
        || levels.get(0) > TickerDay.MAX_LEVELS
        || levels.get(levels.size() - 1) < 1
        || levels.stream().distinct().count() < levels.size()) {
      throw new IllegalArgumentException(
          "levels must be different numbers from 1 to "
              + TickerDay.MAX_LEVELS
              + ", at least one, found "
              + levels);
    }
    if (events < MIN_EVENTS) {
      throw new IllegalArgumentException(
          "events must be at least " + MIN_EVENTS + ", found " + events);
    }
    EnumSet<Feature> copy = EnumSet.noneOf(Feature.class);
    copy.addAll(features);
    features = Collections.unmodifiableSet(copy);
  }

  /**
   * A day of {@link #DEFAULT_EVENTS} events at {@link #DEFAULT_LEVELS} levels with hidden orders
   * and crosses, without a halt.
   */
  public static DayPlan of(Listing listing, LocalDate tradeDate, long seed) {
    return new DayPlan(
        listing,
        tradeDate,
        List.of(DEFAULT_LEVELS),
        DEFAULT_EVENTS,
        seed,
        EnumSet.of(Feature.HIDDEN_ORDERS, Feature.CROSSES));
  }

  /** The same day published at other depths. */
  public DayPlan withLevels(Integer... depths) {
    return new DayPlan(listing, tradeDate, Arrays.asList(depths), events, seed, features);
  }

  /** A day with another number of events. */
  public DayPlan withEvents(long number) {
    return new DayPlan(listing, tradeDate, levels, number, seed, features);
  }

  /** A day with these features and no others. */
  public DayPlan withFeatures(Feature... wanted) {
    return new DayPlan(listing, tradeDate, levels, events, seed, Set.copyOf(Arrays.asList(wanted)));
  }

  /** The largest of the levels. */
  public int deepest() {
    return levels.get(0);
  }

  /** The name of one file of the pair at this depth. */
  public FileName fileName(int depth, FileName.Kind kind) {
    return new FileName(
        new TickerDay(tradeDate, listing.ticker(), depth),
        SessionClock.OPEN_MILLIS,
        SessionClock.CLOSE_MILLIS,
        kind);
  }
}
