/**
 * One class per job: read, transform, replace, report. Jobs never call one another.
 *
 * <p>Start at {@link io.booklake.job.IngestJob}.
 */
package io.booklake.job;
