/**
 * A small seeded exchange that makes LOBSTER pairs of any size with every kind of event: test data
 * whose true order-level book is known, demonstrations, and load.
 *
 * <p>Start at {@link io.booklake.simulate.DayPlan}, which says what a ticker-day shall hold, and
 * {@link io.booklake.simulate.Simulation}, which plays it. {@link io.booklake.simulate.Landing}
 * writes it to files, {@link io.booklake.simulate.Market} plans many ticker-days from one seed, and
 * {@link io.booklake.simulate.Observer} sees the true book behind every published row.
 *
 * <p>The same plan gives the same bytes everywhere: all chance comes from one seeded stream per
 * ticker-day, there is no wall clock, no hash order and no floating-point function whose result may
 * differ between machines.
 */
package io.booklake.simulate;
