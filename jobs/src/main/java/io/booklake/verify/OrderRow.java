package io.booklake.verify;

/**
 * A row of {@code orders}; words as they stand in the table.
 *
 * @param priceTicks 1/10,000 USD
 * @param entryTimeNanos nanoseconds after exchange midnight
 * @param exitIndex null if it is there at the end
 * @param exitTimeNanos null if it is there at the end
 * @param queueAhead null if nobody saw it come
 */
public record OrderRow(
    long orderId,
    String side,
    long priceTicks,
    long entryIndex,
    long entryTimeNanos,
    Long exitIndex,
    Long exitTimeNanos,
    long entrySize,
    long filled,
    long cancelled,
    Long queueAhead,
    String exitReason,
    String origin) {}
