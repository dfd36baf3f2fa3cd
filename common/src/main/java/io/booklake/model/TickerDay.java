package io.booklake.model;

import java.io.Serializable;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * One trading day of one ticker at one book depth: the unit that is ingested, replaced and
 * published.
 *
 * <p>The depth belongs to the key: a provider sells the same ticker and date at several depths, and
 * a shallower file holds fewer events, so the two are different event streams.
 *
 * @param tradeDate exchange date (America/New_York)
 * @param ticker ticker symbol, upper case, see {@link #isTicker}
 * @param levels number of price levels per side in the published book, 1 to {@link #MAX_LEVELS}
 */
public record TickerDay(LocalDate tradeDate, String ticker, int levels)
    implements Comparable<TickerDay>, Serializable {

  /** The deepest book accepted. LOBSTER sells up to 200 levels; more is taken for a broken file. */
  public static final int MAX_LEVELS = 200;

  private static final Pattern TICKER = Pattern.compile("[A-Z0-9][A-Z0-9.+=^#$-]{0,15}");
  private static final Comparator<TickerDay> ORDER =
      Comparator.comparing(TickerDay::tradeDate)
          .thenComparing(TickerDay::ticker)
          .thenComparingInt(TickerDay::levels);

  /** Checks every part. */
  public TickerDay {
    Objects.requireNonNull(tradeDate, "tradeDate");
    if (!isTicker(ticker)) {
      throw new IllegalArgumentException(
          "not a ticker: '" + ticker + "', expected 1 to 16 of A-Z 0-9 . + = ^ # $ -");
    }
    if (levels < 1 || levels > MAX_LEVELS) {
      throw new IllegalArgumentException("levels must be 1 to " + MAX_LEVELS + ", found " + levels);
    }
  }

  /**
   * True for 1 to 16 characters out of {@code A-Z 0-9 . + = ^ # $ -} that begin with a letter or
   * digit.
   */
  public static boolean isTicker(String text) {
    return text != null && TICKER.matcher(text).matches();
  }

  /** By date, then ticker, then levels: the order of rows in every table. */
  @Override
  public int compareTo(TickerDay other) {
    return ORDER.compare(this, other);
  }

  /** For people: {@code GOOG 2012-06-21 (10 levels)}. */
  @Override
  public String toString() {
    return ticker + " " + tradeDate + " (" + levels + (levels == 1 ? " level)" : " levels)");
  }
}
