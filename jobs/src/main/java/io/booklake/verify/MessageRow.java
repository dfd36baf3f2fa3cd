package io.booklake.verify;

/**
 * A row of {@code messages}.
 *
 * @param timeNanos nanoseconds after exchange midnight
 * @param eventTimeMicros microseconds since 1970 in UTC
 * @param priceTicks 1/10,000 USD
 * @param mpid null where the source names none
 */
public record MessageRow(
    long eventIndex,
    long timeNanos,
    long eventTimeMicros,
    int type,
    long orderId,
    long size,
    long priceTicks,
    int direction,
    String mpid) {}
