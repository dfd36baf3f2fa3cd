package io.booklake.aggregate;

import io.booklake.model.TickerDay;
import java.io.Serializable;

/**
 * A ticker-day and the time that its files cover.
 *
 * @param startNanos begin, nanoseconds after exchange midnight
 * @param endNanos end, exclusive
 */
public record Session(TickerDay tickerDay, long startNanos, long endNanos)
    implements Serializable {}
