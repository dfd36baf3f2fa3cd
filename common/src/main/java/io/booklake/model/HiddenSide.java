package io.booklake.model;

import java.time.LocalDate;

/**
 * Whether a file tells on which side a hidden order stood.
 *
 * <p>Source: NASDAQ masks the side of executions of non-displayed orders in TotalView-ITCH from
 * 2014-07-14 on; LOBSTER passes it on, <i>Output structure</i>,
 * https://lobsterdata.com/info/DataStructure.php.
 */
public final class HiddenSide {
  private static final LocalDate MASKED_FROM = LocalDate.of(2014, 7, 14);

  private HiddenSide() {}

  /** True where the direction of a {@link EventType#HIDDEN_EXECUTION} means something. */
  public static boolean isKnown(LocalDate tradeDate) {
    return tradeDate.isBefore(MASKED_FROM);
  }
}
