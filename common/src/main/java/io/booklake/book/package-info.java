/**
 * The order-level (L3) book of a ticker-day, rebuilt with hindsight and anchored on the published
 * rows.
 *
 * <p>Start at {@link io.booklake.book.BookRebuilder}, which turns events and published rows into
 * the change stream, the snapshots and the lives of orders; {@link io.booklake.book.BookReplay}
 * goes the other way, from changes to books. {@link io.booklake.book.Fidelity} says how much of
 * what was published is known.
 */
package io.booklake.book;
