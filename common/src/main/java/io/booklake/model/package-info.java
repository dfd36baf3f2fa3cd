/**
 * The words of the domain: ticker-days, events, sides, prices, exchange time and how a day is cut
 * into bars. Knows no other package.
 *
 * <p>Start at {@link io.booklake.model.TickerDay}, the key of everything booklake stores, and
 * {@link io.booklake.model.EventType}.
 */
package io.booklake.model;
