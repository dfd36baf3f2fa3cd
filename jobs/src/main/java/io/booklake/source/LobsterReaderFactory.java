package io.booklake.source;

import io.booklake.format.lobster.HadoopSource;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.connector.read.InputPartition;
import org.apache.spark.sql.connector.read.PartitionReader;
import org.apache.spark.sql.connector.read.PartitionReaderFactory;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.vectorized.ColumnarBatch;
import org.apache.spark.util.SerializableConfiguration;

/** Travels to the executors and opens partitions there; rows come as columnar batches only. */
final class LobsterReaderFactory implements PartitionReaderFactory {
  private final StructType schema;
  private final SerializableConfiguration configuration;

  LobsterReaderFactory(StructType schema, SerializableConfiguration configuration) {
    this.schema = schema;
    this.configuration = configuration;
  }

  @Override
  public boolean supportColumnarReads(InputPartition partition) {
    return true;
  }

  @Override
  public PartitionReader<ColumnarBatch> createColumnarReader(InputPartition partition) {
    return new LobsterPartitionReader(
        (LobsterPartition) partition, schema, new HadoopSource(configuration.value()));
  }

  @Override
  public PartitionReader<InternalRow> createReader(InputPartition partition) {
    throw new UnsupportedOperationException("the lobster source reads columns only");
  }
}
