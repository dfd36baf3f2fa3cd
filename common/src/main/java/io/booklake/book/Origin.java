package io.booklake.book;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

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

  private static final Map<String, Origin> BY_WORD =
      Arrays.stream(values()).collect(Collectors.toMap(Origin::word, Function.identity()));

  private final String word;

  Origin(String word) {
    this.word = word;
  }

  /** As it stands in tables. */
  public String word() {
    return word;
  }

  /** The one of which tables have this word, which may be null for NULL; empty for none. */
  public static Optional<Origin> of(String word) {
    return Optional.ofNullable(BY_WORD.get(word));
  }
}
