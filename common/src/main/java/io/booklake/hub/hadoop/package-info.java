/**
 * {@code hf://datasets/OWNER/NAME@REVISION/PATH} as a read-only file system for Hadoop, Spark and
 * everything that reads through them. Knows the Hub's client.
 *
 * <p>Start at {@link io.booklake.hub.hadoop.HubFileSystem}.
 */
package io.booklake.hub.hadoop;
