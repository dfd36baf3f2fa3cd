package io.booklake.book;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What a row of the change stream does to the known orders. */
public enum Action {
  /** An order comes into the book; it is not in it before. */
  ADD("add"),
  /** An order becomes smaller and keeps its place. */
  REDUCE("reduce"),
  /** An order leaves the book with all that was left of it. */
  REMOVE("remove");

  private static final Map<String, Action> BY_WORD =
      Arrays.stream(values()).collect(Collectors.toMap(Action::word, Function.identity()));

  private final String word;

  Action(String word) {
    this.word = word;
  }

  /** As it stands in tables. */
  public String word() {
    return word;
  }

  /** The one of which tables have this word, which may be null for NULL; empty for none. */
  public static Optional<Action> of(String word) {
    return Optional.ofNullable(BY_WORD.get(word));
  }
}
