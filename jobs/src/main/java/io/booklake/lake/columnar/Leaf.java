package io.booklake.lake.columnar;

import java.io.IOException;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.bytes.HeapByteBufferAllocator;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.page.DictionaryPage;
import org.apache.parquet.column.page.PageWriteStore;
import org.apache.parquet.column.page.PageWriter;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.column.values.rle.RunLengthBitPackingHybridEncoder;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType;

/** What Parquet calls a column: values of one primitive type, and where they go. */
final class Leaf {
  final PageValues values;
  private final ColumnDescriptor descriptor;
  private PageWriter pages;

  Leaf(MessageType schema, PageValues values, String... path) {
    this.values = values;
    this.descriptor = schema.getColumnDescription(path);
  }

  /** An encoder of levels up to {@code max}, as both level columns of a page have it. */
  static RunLengthBitPackingHybridEncoder levels(int max) {
    return new RunLengthBitPackingHybridEncoder(
        Integer.SIZE - Integer.numberOfLeadingZeros(max),
        PageValues.SLAB_BYTES,
        PageValues.PAGE_BYTES,
        HeapByteBufferAllocator.getInstance());
  }

  void beginRowGroup(PageWriteStore store) {
    pages = store.getPageWriter(descriptor);
  }

  /**
   * Writes the page of {@link #values} and makes room for the next.
   *
   * @param levels pairs of levels in the page
   * @param absent those of them that stand for no value
   * @return bytes of its values, before they are compressed
   */
  long endPage(int rows, int levels, int absent, BytesInput repetition, BytesInput definition)
      throws IOException {
    BytesInput encoded = values.bytes();
    pages.writePageV2(
        rows,
        absent,
        levels,
        repetition,
        definition,
        values.encoding(),
        encoded,
        statistics(absent));
    values.endPage();
    return encoded.size();
  }

  private Statistics<?> statistics(int absent) {
    PrimitiveType type = descriptor.getPrimitiveType();
    if (!values.hasOrder()) {
      // Without smallest and largest value, but with a number of NULLs, it would say that the page
      // has nothing but NULLs.
      return Statistics.getBuilderForReading(type).build();
    }
    Statistics<?> statistics = Statistics.createStats(type);
    statistics.incrementNumNulls(absent);
    values.describe(statistics);
    return statistics;
  }

  void endRowGroup() throws IOException {
    DictionaryPage dictionary = values.endRowGroup();
    if (dictionary != null) {
      pages.writeDictionaryPage(dictionary);
    }
  }

  long bufferedBytes() {
    return pages.getMemSize() + values.bufferedBytes();
  }
}
