package io.booklake.lake.event;

/** How the two sides of the book are called in tables. */
final class Side {
  private Side() {}

  static String word(byte direction) {
    return direction > 0 ? "bid" : "ask";
  }
}
