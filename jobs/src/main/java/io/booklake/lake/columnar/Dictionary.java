package io.booklake.lake.columnar;

/**
 * The different values of a row group that its pages refer to.
 *
 * @param plain one behind the other, as PLAIN encodes them
 * @param entries how many
 */
record Dictionary(PageBytes plain, int entries) {}
