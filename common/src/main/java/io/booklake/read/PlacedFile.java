package io.booklake.read;

import io.booklake.table.ColumnRange;
import java.util.Map;

/**
 * A data file of one version of a table.
 *
 * @param path URI, decoded
 * @param length bytes
 * @param ranges what its columns hold, as far as the log tells
 */
record PlacedFile(String path, long length, Map<String, ColumnRange> ranges) {}
