package io.booklake.read;

/**
 * A page, for ever: data files never change.
 *
 * @param path of its file
 * @param rowGroup number in the file
 * @param column number in the file
 * @param page number in its column and row group, or {@link #DICTIONARY}
 */
record PageKey(String path, int rowGroup, int column, int page) {
  /** The page of a column's numbered values. */
  static final int DICTIONARY = -1;
}
