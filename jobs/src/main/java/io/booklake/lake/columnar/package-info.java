/** Data files written column by column, straight into Parquet. */
package io.booklake.lake.columnar;
