package io.booklake.lake.columnar;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the footer and the page indexes tell of one column of one row group. Fields have the numbers
 * of the Parquet format's definition.
 *
 * @see <a
 *     href="https://github.com/apache/parquet-format/blob/master/src/main/thrift/parquet.thrift">parquet.thrift</a>
 */
final class ColumnChunk {
  private static final int ZSTD = 6;
  private static final int UNORDERED = 0;
  private static final int ASCENDING = 1;
  private static final int DESCENDING = 2;

  /** What the indexes tell of a page. */
  private record Page(long offset, int bytes, long firstRow, int absent, PageRange range) {}

  private final PhysicalType type;
  private final List<String> path;
  private final long begin;
  private final List<Page> pages = new ArrayList<>();
  private final Map<PageEncoding, Integer> pagesByEncoding = new EnumMap<>(PageEncoding.class);
  private boolean hasDictionary;
  private boolean hasOrder = true;
  private long rows;
  private long levels;
  private long absent;
  private long plainBytes;
  private long storedBytes;
  private long columnIndexOffset;
  private int columnIndexBytes;
  private long offsetIndexOffset;
  private int offsetIndexBytes;

  /** A chunk that begins at this place of the file. */
  ColumnChunk(PhysicalType type, List<String> path, long begin) {
    this.type = type;
    this.path = path;
    this.begin = begin;
  }

  /** Bytes with headers, were nothing compressed. */
  long plainBytes() {
    return plainBytes;
  }

  /** Bytes with headers in the file. */
  long storedBytes() {
    return storedBytes;
  }

  long begin() {
    return begin;
  }

  /** Its dictionary was written; sizes are with the header. */
  void addDictionary(int plain, int stored) {
    hasDictionary = true;
    plainBytes += plain;
    storedBytes += stored;
  }

  /** Its next page was written; sizes are with the header. */
  void add(EncodedPage page, int plain, int stored) {
    pages.add(new Page(begin + storedBytes, stored, rows, page.absent(), page.range()));
    pagesByEncoding.merge(page.encoding(), 1, Integer::sum);
    hasOrder &= page.hasOrder();
    rows += page.rows();
    levels += page.levels();
    absent += page.absent();
    plainBytes += plain;
    storedBytes += stored;
  }

  /** As the file's footer has it. */
  void describe(ThriftStruct out) {
    out.element().i64(2, 0);
    out.struct(3).i32(1, type.number);
    describeEncodings(out);
    out.list(3, ThriftStruct.BINARY, path.size());
    path.forEach(out::element);
    out.i32(4, ZSTD).i64(5, levels).i64(6, plainBytes).i64(7, storedBytes);
    out.i64(9, hasDictionary && !pages.isEmpty() ? pages.get(0).offset : begin);
    if (hasDictionary) {
      out.i64(11, begin);
    }
    if (hasOrder) {
      describeValues(out);
    }
    describePages(out);
    out.end();
    out.i64(4, offsetIndexOffset).i32(5, offsetIndexBytes);
    if (columnIndexBytes > 0) {
      out.i64(6, columnIndexOffset).i32(7, columnIndexBytes);
    }
    out.end();
  }

  /** Of data, of the dictionary, and of levels, which the format counts, too. */
  private void describeEncodings(ThriftStruct out) {
    Set<PageEncoding> all = EnumSet.of(PageEncoding.RLE);
    all.addAll(pagesByEncoding.keySet());
    if (hasDictionary) {
      all.add(PageEncoding.PLAIN);
    }
    out.list(2, ThriftStruct.I32, all.size());
    all.forEach(each -> out.element(each.number));
  }

  private void describeValues(ThriftStruct out) {
    byte[] min = null;
    byte[] max = null;
    for (Page page : pages) {
      if (page.range != null) {
        min = min == null || type.compare(page.range.min, min) < 0 ? page.range.min : min;
        max = max == null || type.compare(page.range.max, max) > 0 ? page.range.max : max;
      }
    }
    out.struct(12).i64(3, absent);
    if (min != null) {
      out.binary(5, max).binary(6, min);
    }
    out.end();
  }

  private void describePages(ThriftStruct out) {
    out.list(13, ThriftStruct.STRUCT, pagesByEncoding.size() + (hasDictionary ? 1 : 0));
    if (hasDictionary) {
      describePages(out, ParquetOutput.DICTIONARY_PAGE, PageEncoding.PLAIN, 1);
    }
    pagesByEncoding.forEach(
        (encoding, count) -> describePages(out, ParquetOutput.DATA_PAGE_V2, encoding, count));
  }

  private static void describePages(
      ThriftStruct out, int pageType, PageEncoding encoding, int count) {
    out.element().i32(1, pageType).i32(2, encoding.number).i32(3, count).end();
  }

  /** Whether its values are in order, so that an index can tell where they are. */
  boolean hasColumnIndex() {
    return hasOrder;
  }

  /** The smallest and largest values of its pages. */
  void columnIndex(ThriftStruct out) {
    byte[] none = {};
    out.list(1, ThriftStruct.BOOL, pages.size());
    pages.forEach(page -> out.element(page.range == null));
    out.list(2, ThriftStruct.BINARY, pages.size());
    pages.forEach(page -> out.element(page.range == null ? none : page.range.min));
    out.list(3, ThriftStruct.BINARY, pages.size());
    pages.forEach(page -> out.element(page.range == null ? none : page.range.max));
    out.i32(4, order());
    out.list(5, ThriftStruct.I64, pages.size());
    pages.forEach(page -> out.element(page.absent));
    out.end();
  }

  /** In which direction both ends of the pages move; pages without a value do not count. */
  private int order() {
    boolean rises = true;
    boolean falls = true;
    PageRange before = null;
    for (Page page : pages) {
      if (page.range != null) {
        if (before != null) {
          int min = type.compare(before.min, page.range.min);
          int max = type.compare(before.max, page.range.max);
          rises &= min <= 0 && max <= 0;
          falls &= min >= 0 && max >= 0;
        }
        before = page.range;
      }
    }
    return rises ? ASCENDING : falls ? DESCENDING : UNORDERED;
  }

  void placeColumnIndex(long offset, int bytes) {
    columnIndexOffset = offset;
    columnIndexBytes = bytes;
  }

  /** Where its pages lie. */
  void offsetIndex(ThriftStruct out) {
    out.list(1, ThriftStruct.STRUCT, pages.size());
    for (Page page : pages) {
      out.element().i64(1, page.offset).i32(2, page.bytes).i64(3, page.firstRow).end();
    }
    out.end();
  }

  void placeOffsetIndex(long offset, int bytes) {
    offsetIndexOffset = offset;
    offsetIndexBytes = bytes;
  }
}
