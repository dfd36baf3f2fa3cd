/**
 * Reading the lake's files without Spark.
 *
 * <p>Start at {@link io.booklake.read.EventReader}, which gives the events of a ticker-day back as
 * they were when its pair was read.
 */
package io.booklake.read;
