package io.booklake.read;

import java.io.IOException;
import org.apache.parquet.bytes.ByteBufferInputStream;
import org.apache.parquet.bytes.BytesUtils;
import org.apache.parquet.column.values.ValuesReader;

/** BOOLEAN in runs, as pages of the second version have it: behind their length. */
final class FlagValues extends ValuesReader {
  private HybridRuns flags;

  @Override
  public void initFromPage(int count, ByteBufferInputStream bytes) throws IOException {
    flags = new HybridRuns(1, bytes.sliceStream(BytesUtils.readIntLittleEndian(bytes)));
  }

  @Override
  public boolean readBoolean() {
    return flags.next() == 1;
  }

  @Override
  public void skip() {
    flags.next();
  }
}
