package io.booklake.source;

import java.io.Serializable;
import java.util.Optional;
import org.apache.spark.sql.connector.expressions.Expression;
import org.apache.spark.sql.connector.expressions.LiteralValue;
import org.apache.spark.sql.connector.expressions.NamedReference;
import org.apache.spark.sql.connector.expressions.filter.Predicate;

/**
 * A range of event indexes.
 *
 * @param first the first one wanted
 * @param last the last one wanted, inclusive
 */
record IndexRange(long first, long last) implements Serializable {
  static final IndexRange ALL = new IndexRange(0, Long.MAX_VALUE);

  IndexRange and(IndexRange other) {
    return new IndexRange(Math.max(first, other.first), Math.min(last, other.last));
  }

  /** The range that a filter stands for; empty where it is none on {@code event_index}. */
  static Optional<IndexRange> of(Predicate predicate) {
    Expression[] children = predicate.children();
    if (predicate.name().equals("IS_NOT_NULL")
        && children[0] instanceof NamedReference reference
        && reference.fieldNames()[0].equals("event_index")) {
      return Optional.of(ALL);
    }
    if (children.length != 2
        || !(children[0] instanceof NamedReference reference)
        || !reference.fieldNames()[0].equals("event_index")
        || !(children[1] instanceof LiteralValue<?> literal)
        || !(literal.value() instanceof Long bound)) {
      return Optional.empty();
    }
    return switch (predicate.name()) {
      case "=", "<=>" -> Optional.of(new IndexRange(bound, bound));
      case ">=" -> Optional.of(new IndexRange(bound, Long.MAX_VALUE));
      case "<=" -> Optional.of(new IndexRange(0, bound));
      case ">" ->
          bound == Long.MAX_VALUE
              ? Optional.empty()
              : Optional.of(new IndexRange(bound + 1, Long.MAX_VALUE));
      case "<" ->
          bound == Long.MIN_VALUE ? Optional.empty() : Optional.of(new IndexRange(0, bound - 1));
      default -> Optional.empty();
    };
  }
}
