package io.booklake.lake;

import java.util.List;
import java.util.Map;

/**
 * What shall be written in place of what.
 *
 * @param rows by column name, without entries for what is NULL; DATE as {@link
 *     java.time.LocalDate}, TIMESTAMP as {@link java.time.Instant}
 * @param scope the rows that they take the place of
 */
public record Rewrite(List<Map<String, Object>> rows, ReplaceScope scope) {
  /** Keeps its own copy of the list. */
  public Rewrite {
    rows = List.copyOf(rows);
  }
}
