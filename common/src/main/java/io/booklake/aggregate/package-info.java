/**
 * What is summed up over a ticker-day's events: bars, volume profiles, depth metrics, each in one
 * pass over the events in their order.
 *
 * <p>Start at {@link io.booklake.aggregate.Aggregation}.
 */
package io.booklake.aggregate;
