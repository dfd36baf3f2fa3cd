package io.booklake.simulate;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Many tickers over many days, all from one seed. Every ticker-day has a seed of its own, made from
 * the market's seed, the ticker and the date, so days may be played in any order, in parallel or
 * alone, and stay the same when other tickers or dates are added.
 *
 * @param seed seed of the market
 * @param listings the tickers
 * @param levels depths at which every day is published
 * @param eventsPerBusyDay events a day of a {@link Activity#BUSY} ticker; others have fewer
 */
public record Market(
    long seed, List<Listing> listings, List<Integer> levels, long eventsPerBusyDay) {

  private static final long DOLLAR_TICKS = 10_000;
  private static final int ONE_DAY_IN = 4;

  /** Copies the lists. */
  public Market {
    listings = List.copyOf(listings);
    levels = List.copyOf(levels);
  }

  /**
   * A market of varied tickers {@code SIMA, SIMB, ...}: in turn a busy one of some ten dollars, a
   * normal one of some hundred, a quiet cheap one, and one near 600,000 dollars as BRK.A is, so
   * that four of them hold every kind.
   *
   * @param tickers number of tickers, 1 to 26
   * @param eventsPerBusyDay of the busy ones, 1 or more
   */
  public static Market of(long seed, int tickers, List<Integer> levels, long eventsPerBusyDay) {
    if (tickers < 1 || tickers > 26) {
      throw new IllegalArgumentException("tickers must be 1 to 26, found " + tickers);
    }
    if (eventsPerBusyDay < 1) {
      throw new IllegalArgumentException(
          "found " + eventsPerBusyDay + " events, expected 1 or more");
    }
    List<Listing> listings = new ArrayList<>();
    for (int i = 0; i < tickers; i++) {
      listings.add(listing(new SeededRandom(SeededRandom.derive(seed, i)), i));
    }
    return new Market(seed, listings, levels, eventsPerBusyDay);
  }

  private static Listing listing(SeededRandom random, int number) {
    String ticker = "SIM" + (char) ('A' + number);
    long cents = Listing.ONE_CENT_TICKS;
    return switch (number % 4) {
      case 0 -> Listing.of(ticker, cents * (2_000 + random.below(6_000)), Activity.BUSY);
      case 1 -> Listing.of(ticker, cents * (10_000 + random.below(50_000)), Activity.NORMAL);
      case 2 -> Listing.of(ticker, cents * (400 + random.below(1_000)), Activity.QUIET);
      // A ticker of this price has spreads of hundreds of dollars: the grid is coarse accordingly.
      default ->
          new Listing(
              ticker,
              DOLLAR_TICKS * (595_000 + random.below(10_000)),
              DOLLAR_TICKS,
              Activity.NORMAL);
    };
  }

  /** What one ticker does on one date: every fourth day or so has a halt. */
  public DayPlan plan(Listing listing, LocalDate tradeDate) {
    long daySeed = SeededRandom.derive(seed, tradeDate.toEpochDay());
    for (int i = 0; i < listing.ticker().length(); i++) {
      daySeed = SeededRandom.derive(daySeed, listing.ticker().charAt(i));
    }
    Set<Feature> features = EnumSet.of(Feature.HIDDEN_ORDERS, Feature.CROSSES);
    if (new SeededRandom(SeededRandom.derive(daySeed, ONE_DAY_IN)).oneIn(ONE_DAY_IN)) {
      features.add(Feature.HALT);
    }
    long events =
        Math.max(DayPlan.MIN_EVENTS, eventsPerBusyDay / listing.activity().eventDivisor());
    return new DayPlan(listing, tradeDate, levels, events, daySeed, features);
  }

  /**
   * Every ticker on every trading day (Monday to Friday), by date, then as listed.
   *
   * @param first the first date
   * @param tradingDays number of trading days from it on, 1 or more
   */
  public List<DayPlan> plans(LocalDate first, int tradingDays) {
    if (tradingDays < 1) {
      throw new IllegalArgumentException("found " + tradingDays + " days, expected 1 or more");
    }
    List<DayPlan> plans = new ArrayList<>();
    LocalDate date = first;
    for (int day = 0; day < tradingDays; date = date.plusDays(1)) {
      if (date.getDayOfWeek() == DayOfWeek.SATURDAY || date.getDayOfWeek() == DayOfWeek.SUNDAY) {
        continue;
      }
      for (Listing listing : listings) {
        plans.add(plan(listing, date));
      }
      day++;
    }
    return plans;
  }
}
