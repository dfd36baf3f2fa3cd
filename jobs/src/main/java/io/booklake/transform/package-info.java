/**
 * Pure functions from Dataset to Dataset: what the tables {@code trades}, {@code candles}, {@code
 * volume_profile} and {@code depth_metrics} hold. Nothing here reads or writes a table or knows of
 * files.
 *
 * <p>Start at {@link io.booklake.transform.Candles}; {@link io.booklake.transform.PairedEvents}
 * makes the input that most of them take and {@link io.booklake.transform.SliceSpec} names bars,
 * windows and grids.
 *
 * <p>Rows come out in no particular order, but their values never depend on partitions, task order
 * or time zones: every sum is of whole numbers and is divided once, every order is that of {@code
 * event_index}. Whole numbers that outgrow 64 bits fail the job, which is what {@code
 * spark.sql.ansi.enabled}, Spark's default, is relied on for.
 */
package io.booklake.transform;
