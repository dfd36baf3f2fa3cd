/** The per-event tables of ticker-days, written in one pass over the bytes of their pairs. */
package io.booklake.lake.event;
