package io.booklake.lake.columnar;

import java.io.IOException;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.hadoop.ParquetFileWriter;

/**
 * A page that waits for the end of its row group, since a file has one column behind the other.
 *
 * @param levels pairs of levels
 * @param absent those of them that stand for no value
 * @param values encoded
 * @param isCompressed whether they are compressed, too
 * @param plainBytes of the values before that
 */
record EncodedPage(
    int rows,
    int levels,
    int absent,
    BytesInput repetition,
    BytesInput definition,
    Encoding encoding,
    BytesInput values,
    boolean isCompressed,
    int plainBytes,
    Statistics<?> statistics) {
  /** What an object of a page takes besides its bytes. */
  private static final int OBJECT_BYTES = 200;

  /** Bytes in memory. */
  long weight() {
    return repetition.size() + definition.size() + values.size() + OBJECT_BYTES;
  }

  void write(ParquetFileWriter writer) throws IOException {
    writer.writeDataPageV2(
        rows,
        absent,
        levels,
        repetition,
        definition,
        encoding,
        values,
        isCompressed,
        plainBytes,
        statistics);
  }
}
