/**
 * The LOBSTER format: file names, finding pairs, parsing, checking and writing them.
 *
 * <p>Start at {@link io.booklake.format.lobster.PairReader}, which turns a pair of files into
 * {@link io.booklake.format.lobster.EventBatch}es; {@link io.booklake.format.lobster.LobsterWriter}
 * turns batches into files.
 */
package io.booklake.format.lobster;
