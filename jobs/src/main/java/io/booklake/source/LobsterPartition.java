package io.booklake.source;

import io.booklake.format.lobster.Pair;
import java.util.List;
import org.apache.spark.sql.connector.read.InputPartition;

/**
 * What one task reads.
 *
 * @param pairs in the order of their ticker-days
 * @param indexes which events of each
 */
record LobsterPartition(List<Pair> pairs, IndexRange indexes) implements InputPartition {}
