/**
 * What {@code verify} holds against one another in the rows of a ticker-day, in plain Java: rows
 * come in, one by one and in order, and results come out. Memory is bounded by what rests in the
 * book and by the rows of derived tables, not by the events of the day.
 *
 * <p>Start at {@link io.booklake.verify.EventChecks}, which is given the rows by event; {@link
 * io.booklake.verify.OrderCheck} is given them by order, {@link io.booklake.verify.CutCheck} two
 * ticker-days of different depth.
 */
package io.booklake.verify;
