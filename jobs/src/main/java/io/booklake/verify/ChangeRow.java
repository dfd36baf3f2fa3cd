package io.booklake.verify;

/**
 * A row of {@code mbo}; words as they stand in the table.
 *
 * @param priceTicks 1/10,000 USD
 */
public record ChangeRow(
    long eventIndex,
    int sequence,
    String action,
    long orderId,
    String side,
    long priceTicks,
    long sizeChange,
    long remaining,
    String origin) {}
