package io.booklake.verify;

import java.io.Serializable;

/**
 * The two files that a ticker-day was taken in from, as the ledger has them.
 *
 * @param messageFile where its message file was
 * @param messageSha256 of its CSV text
 * @param orderbookFile where its orderbook file was
 * @param orderbookSha256 of its CSV text
 */
public record SourceFiles(
    String messageFile, String messageSha256, String orderbookFile, String orderbookSha256)
    implements Serializable {}
