package io.booklake.book;

/** How a change, or an order in the book, is known. */
public enum Origin {
  /** A message of the file says so. */
  MESSAGE("message"),
  /** Proven by later messages: they speak of an order, or of a size, that was never announced. */
  INFERRED("inferred"),
  /** Removed when its price left the published window and no later message speaks of it. */
  EXPIRED("expired"),
  /** Probable: taken back when its price came into sight again and the sizes fitted exactly. */
  REVALIDATED("revalidated"),
  /** Taken away because the published row, or the order of executions, contradicts it. */
  REPAIRED("repaired"),
  /** Published size that no known order accounts for. */
  RESIDUAL("residual");

  private final String word;

  Origin(String word) {
    this.word = word;
  }

  /** As it stands in tables. */
  public String word() {
    return word;
  }
}
