package io.booklake.model;

/**
 * The side of an order, as the last column of a message file has it: the byte that travels through
 * columns. Tables of the order-level book have words instead, {@code bid} and {@code ask}.
 */
public final class Direction {
  /** An order to buy, which rests among the bids. */
  public static final byte BUY = 1;

  /** An order to sell, which rests among the asks. */
  public static final byte SELL = -1;

  private Direction() {}

  /** That of who trades with it. */
  public static byte opposite(byte direction) {
    return (byte) -direction;
  }

  /** The word for the side of the book: {@code bid} or {@code ask}. */
  public static String side(int direction) {
    return direction > 0 ? "bid" : "ask";
  }

  /** The direction of the orders on a side of the book, {@code bid} or {@code ask}. */
  public static byte ofSide(String side) {
    return side.equals("bid") ? BUY : SELL;
  }
}
