package io.booklake.verify;

/**
 * A row of {@code trades}.
 *
 * @param timeNanos nanoseconds after exchange midnight
 * @param eventTimeMicros microseconds since 1970 in UTC
 * @param priceTicks 1/10,000 USD
 * @param aggressorSide null for crosses and where it is masked
 * @param bidPriceTicks of the quote before it; null if there is none
 * @param bidSize null for the first event
 * @param askPriceTicks of the quote before it; null if there is none
 * @param askSize null for the first event
 * @param effectiveSpreadTicks null without aggressor or two-sided quote
 * @param sweepId null for crosses
 */
public record TradeRow(
    long eventIndex,
    long timeNanos,
    long eventTimeMicros,
    long priceTicks,
    long size,
    String aggressorSide,
    boolean isHidden,
    boolean isCross,
    long orderId,
    Long bidPriceTicks,
    Long bidSize,
    Long askPriceTicks,
    Long askSize,
    Long effectiveSpreadTicks,
    Long sweepId) {}
