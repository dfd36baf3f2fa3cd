package io.booklake.lake.columnar;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.bytes.HeapByteBufferAllocator;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.page.DictionaryPage;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.column.values.rle.RunLengthBitPackingHybridEncoder;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType;

/** What Parquet calls a column: values of one primitive type, and where they go. */
final class Leaf {
  /** A page that does not shrink below this share of itself is better off as it is. */
  private static final double MOST_SHARE = 0.95;

  /** Pages after one that did not shrink for which it is not tried. */
  private static final int UNTRIED_PAGES = 15;

  final PageValues values;
  private final ColumnDescriptor descriptor;
  private final PageCompressor compressor;
  private final List<EncodedPage> pages = new ArrayList<>();
  private long waitingBytes;
  private long waitingLevels;
  private int untried;

  Leaf(MessageType schema, PageCompressor compressor, PageValues values, String... path) {
    this.values = values;
    this.compressor = compressor;
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

  /**
   * Ends the page of {@link #values} and makes room for the next.
   *
   * @param levels pairs of levels in the page
   * @param absent those of them that stand for no value
   * @return bytes of its values, before they are compressed
   */
  long endPage(int rows, int levels, int absent, BytesInput repetition, BytesInput definition)
      throws IOException {
    BytesInput encoded = values.bytes();
    int size = Math.toIntExact(encoded.size());
    BytesInput compressed = compressed(encoded, size);
    EncodedPage page =
        new EncodedPage(
            rows,
            levels,
            absent,
            compressor.copy(repetition),
            compressor.copy(definition),
            values.encoding(),
            compressed == null ? compressor.copy(encoded) : compressed,
            compressed != null,
            size,
            statistics(absent));
    values.endPage();
    pages.add(page);
    waitingBytes += page.weight();
    waitingLevels += levels;
    return size;
  }

  /** Null where that would not help: times and order numbers are packed as tightly as can be. */
  private BytesInput compressed(BytesInput encoded, int size) throws IOException {
    if (untried > 0) {
      untried--;
      return null;
    }
    BytesInput compressed = compressor.compress(encoded);
    if (compressed.size() <= MOST_SHARE * size) {
      return compressed;
    }
    untried = UNTRIED_PAGES;
    return null;
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

  /** Writes the pages of the row group. */
  void endRowGroup(ParquetFileWriter writer) throws IOException {
    writer.startColumn(descriptor, waitingLevels, PageCompressor.CODEC);
    DictionaryPage dictionary = values.endRowGroup();
    if (dictionary != null) {
      writer.writeDictionaryPage(
          new DictionaryPage(
              compressor.compress(dictionary.getBytes()),
              dictionary.getUncompressedSize(),
              dictionary.getDictionarySize(),
              dictionary.getEncoding()));
    }
    for (EncodedPage page : pages) {
      page.write(writer);
    }
    writer.endColumn();
    pages.clear();
    waitingBytes = 0;
    waitingLevels = 0;
    untried = 0;
  }

  long bufferedBytes() {
    return waitingBytes + values.bufferedBytes();
  }
}
