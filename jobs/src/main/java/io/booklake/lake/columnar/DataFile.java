package io.booklake.lake.columnar;

import io.booklake.table.ColumnRange;
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
    Map<String, ColumnRange> statistics)
    implements Serializable {}
