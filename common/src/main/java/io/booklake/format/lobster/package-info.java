/**
 * The LOBSTER format: file names, finding pairs, parsing and checking them.
 *
 * <p>Start at {@link io.booklake.format.lobster.PairReader}, which turns a pair of files into
 * {@link io.booklake.format.lobster.EventBatch}es.
 */
package io.booklake.format.lobster;
