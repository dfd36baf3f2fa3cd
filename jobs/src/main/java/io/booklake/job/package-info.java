/**
 * One class per job: read, compute, replace, report. Jobs never call one another.
 *
 * <p>Start at {@link io.booklake.job.IngestJob}.
 */
package io.booklake.job;
