/**
 * The tables that are computed from the per-event tables, a bin of ticker-days at a time: from the
 * rows of an ingest that is under way, or from those that the lake holds.
 */
package io.booklake.lake.derived;
