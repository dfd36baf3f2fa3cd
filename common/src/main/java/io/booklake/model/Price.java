package io.booklake.model;

/**
 * Prices are whole numbers of 1/10,000 USD ({@code priceTicks}); 64 bits, since BRK.A trades near
 * 6,000,000,000.
 */
public final class Price {
  /** Price units per US dollar. */
  public static final long TICKS_PER_DOLLAR = 10_000;

  /** What a book row holds as ask price where the level is empty (its size is then 0). */
  public static final long EMPTY_ASK = 9_999_999_999L;

  /** What a book row holds as bid price where the level is empty (its size is then 0). */
  public static final long EMPTY_BID = -9_999_999_999L;

  /** The largest price that is a price: one less than the placeholder of an empty ask. */
  public static final long MAX = EMPTY_ASK - 1;

  private Price() {}
}
