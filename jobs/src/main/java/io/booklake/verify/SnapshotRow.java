package io.booklake.verify;

/**
 * A row of {@code book_snapshots}; words as they stand in the table.
 *
 * @param level null for a price out of sight
 * @param priceTicks 1/10,000 USD
 * @param orderId null for a residual
 * @param entryIndex null for a residual
 * @param entryTimeNanos null for a residual
 */
public record SnapshotRow(
    long snapshotIndex,
    String side,
    Integer level,
    long priceTicks,
    int queuePosition,
    Long orderId,
    long size,
    Long entryIndex,
    Long entryTimeNanos,
    String origin) {}
