package io.booklake.read;

/**
 * A row group that holds rows of a ticker-day.
 *
 * @param file where it is
 * @param number in the file
 * @param firstIndex smallest event_index of the ticker-day in it
 * @param rows of whatever ticker-day
 * @param isOfOneDay whether all its rows are of the ticker-day
 */
record RowGroup(DataFile file, int number, long firstIndex, long rows, boolean isOfOneDay) {}
