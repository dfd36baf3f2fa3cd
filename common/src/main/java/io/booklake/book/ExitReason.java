package io.booklake.book;

/** Why an order is no longer in the book. */
public enum ExitReason {
  /** The last that is known of it was executed. */
  EXECUTED("executed"),
  /** The last that is known of it was cancelled or deleted. */
  CANCELLED("cancelled"),
  /** Its price left the published window, and nothing shows what became of it. */
  LOST("lost"),
  /** The published rows, or the order of executions, show that it was gone. */
  REPAIRED("repaired"),
  /** It has not left: it is in the book after the last event. */
  OPEN("open");

  private final String word;

  ExitReason(String word) {
    this.word = word;
  }

  /** As it stands in tables. */
  public String word() {
    return word;
  }
}
