/**
 * Delta tables as Delta Kernel sees them: versions, data files with what the log tells of them, and
 * the rows of small tables.
 *
 * <p>Start at {@link io.booklake.delta.TableLog}.
 */
package io.booklake.delta;
