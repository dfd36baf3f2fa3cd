package io.booklake.book;

/** What a row of the change stream does to the known orders. */
public enum Action {
  /** An order comes into the book; it is not in it before. */
  ADD("add"),
  /** An order becomes smaller and keeps its place. */
  REDUCE("reduce"),
  /** An order leaves the book with all that was left of it. */
  REMOVE("remove");

  private final String word;

  Action(String word) {
    this.word = word;
  }

  /** As it stands in tables. */
  public String word() {
    return word;
  }
}
