package io.booklake.lake.columnar;

import io.booklake.table.ColumnValues;

/**
 * The values of one column's current page, encoded, and what is the smallest and the largest of
 * them in the page and in the file. NULLs have no value; {@link ColumnPages} knows them.
 */
abstract class PageValues {
  /** Adds rows {@code from} to {@code to}, exclusive, where they are not NULL. */
  abstract void add(ColumnValues column, int from, int to);

  /**
   * The page's values, which hold until the next page of any column ({@link PagePacking});
   * afterwards {@link #encoding()} says how they are encoded.
   */
  abstract PageBytes bytes();

  /** How the page was encoded by {@link #bytes()}. */
  abstract PageEncoding encoding();

  /** Whether any two values of the page are in order, so that the page has a least one. */
  boolean hasOrder() {
    return true;
  }

  /** The page's smallest and largest value; null if it has none. */
  abstract PageRange range();

  /** Forgets the page; the file's smallest and largest value stay. */
  abstract void endPage();

  /** The dictionary of the row group that ends, or null; the next one begins without it. */
  Dictionary endRowGroup() {
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
