package io.booklake.lake.columnar;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** What Parquet calls a column: values of one primitive type, and where they go. */
final class Leaf {
  /** A page that does not shrink below this share of itself is better off as it is. */
  private static final double MOST_SHARE = 0.95;

  /** Pages after one that did not shrink for which it is not tried. */
  private static final int UNTRIED_PAGES = 15;

  final PageValues values;
  private final PhysicalType type;
  private final List<String> path;
  private final PageCompressor compressor;
  private final List<EncodedPage> pages = new ArrayList<>();
  private long waitingBytes;
  private int untried;

  /**
   * A leaf.
   *
   * @param path its name, or those from the outermost to it
   */
  Leaf(PhysicalType type, PagePacking packing, PageValues values, String... path) {
    this.type = type;
    this.values = values;
    this.compressor = packing.compressor;
    this.path = List.of(path);
  }

  /**
   * Ends the page of {@link #values} and makes room for the next.
   *
   * @param levels pairs of levels in the page
   * @param absent those of them that stand for no value
   * @return bytes of its values, before they are compressed
   */
  int endPage(int rows, int levels, int absent, PageBytes repetition, PageBytes definition) {
    PageBytes encoded = values.bytes();
    int size = encoded.length;
    PageBytes compressed = compressed(encoded);
    boolean hasOrder = values.hasOrder();
    EncodedPage page =
        new EncodedPage(
            rows,
            levels,
            absent,
            repetition,
            definition,
            values.encoding(),
            compressed == null ? encoded.copy() : compressed,
            compressed != null,
            size,
            hasOrder,
            hasOrder ? values.range() : null);
    values.endPage();
    pages.add(page);
    waitingBytes += page.weight();
    return size;
  }

  /** Null where that would not help: times and order numbers are packed as tightly as can be. */
  private PageBytes compressed(PageBytes encoded) {
    if (untried > 0) {
      untried--;
      return null;
    }
    PageBytes compressed = compressor.compress(encoded);
    if (compressed.length <= MOST_SHARE * encoded.length) {
      return compressed;
    }
    untried = UNTRIED_PAGES;
    return null;
  }

  /** Writes the pages of the row group. */
  void endRowGroup(ParquetOutput file) throws IOException {
    Dictionary dictionary = values.endRowGroup();
    PageBytes compressed = dictionary == null ? null : compressor.compress(dictionary.plain());
    file.writeColumn(type, path, dictionary, compressed, pages);
    pages.clear();
    waitingBytes = 0;
    untried = 0;
  }

  long bufferedBytes() {
    return waitingBytes + values.bufferedBytes();
  }
}
