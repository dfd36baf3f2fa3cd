/**
 * The {@code lobster} data source: LOBSTER pairs as Spark tables.
 *
 * <p>One Spark role per class: {@link io.booklake.source.LobsterSource} is found by name, makes a
 * {@link io.booklake.source.LobsterTable}, whose {@link io.booklake.source.LobsterScanBuilder}
 * collects what the query wants, whose {@link io.booklake.source.LobsterScan} plans partitions,
 * which {@link io.booklake.source.LobsterPartitionReader} reads.
 */
package io.booklake.source;
