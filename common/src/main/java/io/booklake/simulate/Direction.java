package io.booklake.simulate;

/** The side of an order, as the last column of a message file has it. */
final class Direction {
  static final byte BUY = 1;
  static final byte SELL = -1;

  private Direction() {}

  static byte opposite(byte direction) {
    return (byte) -direction;
  }
}
