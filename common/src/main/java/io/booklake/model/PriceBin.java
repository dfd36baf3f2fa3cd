package io.booklake.model;

import java.io.Serializable;
import java.math.BigDecimal;

/**
 * Width of a price bin: bin [p, p + width) with p a multiple of the width.
 *
 * @param ticks in 1/10,000 USD, positive
 */
public record PriceBin(long ticks) implements Serializable {

  /** One cent, the default. */
  public static final PriceBin CENT = new PriceBin(Price.TICKS_PER_DOLLAR / 100);

  /** Checks that the width is one. */
  public PriceBin {
    if (ticks <= 0) {
      throw new IllegalArgumentException(
          "a price bin must be at least 1 (1/10,000 USD) wide, found " + ticks);
    }
  }

  /**
   * Reads a width in US dollars: {@code 0.01}.
   *
   * @throws IllegalArgumentException if it is no positive multiple of 0.0001
   */
  public static PriceBin parse(String dollars) {
    try {
      return new PriceBin(
          new BigDecimal(dollars)
              .multiply(BigDecimal.valueOf(Price.TICKS_PER_DOLLAR))
              .longValueExact());
    } catch (ArithmeticException | IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "not a price bin: '"
              + dollars
              + "', expected US dollars in whole steps of 0.0001 and more than 0, such as 0.01",
          e);
    }
  }

  /** The width in US dollars. */
  public double dollars() {
    return ticks / (double) Price.TICKS_PER_DOLLAR;
  }

  /** The width in US dollars, as {@link #parse} reads it: {@code 0.01}. */
  @Override
  public String toString() {
    return BigDecimal.valueOf(ticks)
        .divide(BigDecimal.valueOf(Price.TICKS_PER_DOLLAR))
        .stripTrailingZeros()
        .toPlainString();
  }
}
