package io.booklake.lake.columnar;

import java.io.Serializable;
import java.util.Map;

/**
 * A data file that is written and not yet part of a table.
 *
 * @param path relative to the table's root, such as {@code trade_date=2012-06-21/part-....parquet},
 *     not URI-encoded
 * @param partitionValues text of each partition column; no entry is NULL
 * @param bytes size of the file
 * @param modifiedMillis when it was written, milliseconds since 1970
 * @param rows rows in it
 * @param statistics by column that readers prune by, partition columns left out
 */
public record DataFile(
    String path,
    Map<String, String> partitionValues,
    long bytes,
    long modifiedMillis,
    long rows,
    Map<String, Range> statistics)
    implements Serializable {

  /**
   * What a column holds.
   *
   * @param min smallest value, exact: Long, Integer, Double, Boolean or String; DATE as days and
   *     TIMESTAMP as microseconds since 1970; null if all rows are NULL, or some are not a number,
   *     which has no place in an order
   * @param max largest value
   * @param nulls rows that are NULL
   */
  public record Range(Comparable<?> min, Comparable<?> max, long nulls) implements Serializable {}
}
