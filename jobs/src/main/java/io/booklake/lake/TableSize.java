package io.booklake.lake;

/**
 * What a version of a table holds.
 *
 * @param version of the table
 * @param rows in all files
 * @param files data files
 * @param bytes of them
 */
public record TableSize(long version, long rows, long files, long bytes) {}
