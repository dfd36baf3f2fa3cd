package io.booklake.read;

import io.booklake.table.ColumnRange;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;

/**
 * Where the pages of a column lie in one row group.
 *
 * @param dictionary offset of the page of numbered values; {@link #NONE} if there is none
 * @param pages offset of the first page of values
 * @param bytes of all pages, that of numbered values too
 * @param columnIndex offset of what the pages hold; {@link #NONE} if the file does not say
 * @param columnIndexBytes length of it
 * @param offsetIndex offset of where the pages lie; {@link #NONE} if the file does not say
 * @param offsetIndexBytes length of it
 * @param range what the column holds; null if the footer does not say, or is not asked: of what is
 *     neither whole numbers nor text
 */
record StoredChunk(
    CompressionCodecName codec,
    long dictionary,
    long pages,
    long bytes,
    long columnIndex,
    int columnIndexBytes,
    long offsetIndex,
    int offsetIndexBytes,
    ColumnRange range) {
  /** No offset. */
  static final long NONE = -1;

  boolean hasDictionary() {
    return dictionary != NONE;
  }

  /** Offset of the first page of any kind. */
  long begin() {
    return hasDictionary() ? dictionary : pages;
  }
}
