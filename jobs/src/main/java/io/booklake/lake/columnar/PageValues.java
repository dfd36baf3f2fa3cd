package io.booklake.lake.columnar;

import io.booklake.table.ColumnValues;
import java.io.IOException;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.page.DictionaryPage;
import org.apache.parquet.column.statistics.Statistics;

/**
 * The values of one column's current page, encoded, and what is the smallest and the largest of
 * them in the page and in the file. NULLs have no value; {@link ColumnPages} knows them.
 */
abstract class PageValues {
  /** First size of a buffer, bytes: most pages fit. */
  static final int SLAB_BYTES = 4096;

  /** What parquet-java's buffers grow to by steps of; no page comes near it. */
  static final int PAGE_BYTES = 1 << 20;

  /** Adds rows {@code from} to {@code to}, exclusive, where they are not NULL. */
  abstract void add(ColumnValues column, int from, int to);

  /** The page's values; afterwards {@link #encoding()} says how. */
  abstract BytesInput bytes() throws IOException;

  /** How the page was encoded by {@link #bytes()}. */
  abstract Encoding encoding();

  /** Whether any two values of the page are in order, so that the page has a least one. */
  boolean hasOrder() {
    return true;
  }

  /** Sets the page's smallest and largest value, if it has any. */
  abstract void describe(Statistics<?> page);

  /** Forgets the page; the file's smallest and largest value stay. */
  abstract void endPage();

  /** The dictionary of the row group that ends, or null; the next one begins without it. */
  DictionaryPage endRowGroup() {
    return null;
  }

  /** Bytes that wait for the end of the row group. */
  long bufferedBytes() {
    return 0;
  }

  /** Smallest value of the file; null if it has none, or none that is in order with the others. */
  abstract Comparable<?> min();

  /** Largest value of the file. */
  abstract Comparable<?> max();
}
