/**
 * Data files written column by column, straight into Parquet: {@link
 * io.booklake.lake.columnar.ColumnarWriter} takes the rows that a task has as columns, {@link
 * io.booklake.lake.columnar.DatasetFiles} those that Spark computed. Neither makes anything part of
 * a table: they hand over {@link io.booklake.lake.columnar.DataFile data files} to be committed.
 */
package io.booklake.lake.columnar;
