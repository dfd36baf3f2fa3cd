/**
 * Reading the lake without Spark.
 *
 * <p>Start at {@link io.booklake.read.LakeReader}: any rows of a ticker-day by event index, and its
 * order-level book at any event, in milliseconds. {@link io.booklake.read.EventReader} gives all
 * events of a ticker-day back one after the other, as they were when its pair was read.
 */
package io.booklake.read;
