package io.booklake.source;

import io.booklake.format.lobster.EventBatch;
import io.booklake.format.lobster.Pair;
import io.booklake.format.lobster.PairReader;
import io.booklake.format.lobster.SourceOpener;
import java.io.IOException;
import java.util.Iterator;
import org.apache.spark.sql.connector.read.PartitionReader;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.vectorized.ColumnVector;
import org.apache.spark.sql.vectorized.ColumnarBatch;

/**
 * Reads the pairs of a partition one after the other. The batch it hands out is valid until the
 * next one.
 */
final class LobsterPartitionReader implements PartitionReader<ColumnarBatch> {
  private final StructType schema;
  private final SourceOpener files;
  private final IndexRange indexes;
  private final Iterator<Pair> pairs;
  private PairReader reader;
  private EventBatch events;
  private ColumnarBatch batch;

  LobsterPartitionReader(LobsterPartition partition, StructType schema, SourceOpener files) {
    this.schema = schema;
    this.files = files;
    this.indexes = partition.indexes();
    this.pairs = partition.pairs().iterator();
  }

  @Override
  public boolean next() throws IOException {
    while (true) {
      if (reader == null) {
        if (!pairs.hasNext()) {
          return false;
        }
        open(pairs.next());
      }
      long nextIndex = events.firstIndex + events.rows;
      if (nextIndex <= indexes.last() && reader.read(events)) {
        long wanted = indexes.last() - events.firstIndex + 1;
        batch.setNumRows(wanted < 0 ? events.rows : (int) Math.min(events.rows, wanted));
        return true;
      }
      closePair();
    }
  }

  @Override
  public ColumnarBatch get() {
    return batch;
  }

  private void open(Pair pair) throws IOException {
    EventColumns columns = new EventColumns(schema, pair.tickerDay());
    reader = PairReader.open(pair, files, columns.projection());
    events = reader.newBatch();
    events.firstIndex = indexes.first();
    reader.skip(indexes.first());
    ColumnVector[] vectors = columns.over(events);
    batch = new ColumnarBatch(vectors);
  }

  private void closePair() throws IOException {
    reader.close();
    reader = null;
  }

  @Override
  public void close() throws IOException {
    if (reader != null) {
      closePair();
    }
  }
}
