/**
 * Writing the lake: Delta tables made from the catalog, ticker-days replaced, versions kept for the
 * ledger.
 */
package io.booklake.lake;
