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

  /** That of the values that this page may refer to. */
  PageKey dictionary() {
    return new PageKey(path, rowGroup, column, DICTIONARY);
  }

  /** What the JVM would make of the fields, which it takes milliseconds to do at first. */
  @Override
  public int hashCode() {
    return 31 * (31 * (31 * path.hashCode() + rowGroup) + column) + page;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof PageKey key
        && page == key.page
        && column == key.column
        && rowGroup == key.rowGroup
        && path.equals(key.path);
  }
}
