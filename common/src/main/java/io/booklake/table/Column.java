package io.booklake.table;

import java.io.Serializable;
import java.util.Objects;

/**
 * One column of a table.
 *
 * @param name in snake case, with its unit where it has one
 * @param type its type
 * @param comment one sentence with unit and, where it can be NULL, what NULL means; stored in the
 *     table itself
 */
public record Column(String name, ColumnType type, String comment) implements Serializable {
  /** Checks that nothing is missing. */
  public Column {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(type, "type");
    Objects.requireNonNull(comment, "comment");
  }
}
