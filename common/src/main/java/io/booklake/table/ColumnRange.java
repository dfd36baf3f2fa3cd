package io.booklake.table;

import java.io.Serializable;

/**
 * What a column holds in some rows, such as those of a file.
 *
 * @param min smallest value, exact: Long, Integer, Double, Boolean or String; DATE as days and
 *     TIMESTAMP as microseconds since 1970; null if all rows are NULL, or some are not a number,
 *     which has no place in an order
 * @param max largest value
 * @param nulls rows that are NULL
 */
public record ColumnRange(Comparable<?> min, Comparable<?> max, long nulls)
    implements Serializable {}
