package io.booklake.read;

import java.io.IOException;
import org.apache.parquet.internal.column.columnindex.OffsetIndex;

/**
 * Where the pages of a column lie, and which rows begin them. Decoded straight from the file: a row
 * of {@code depth} needs the places of all pages of more than forty columns, thousands of numbers,
 * and Thrift makes an object of each three.
 *
 * @see <a href="https://parquet.apache.org/docs/file-format/pageindex/">Parquet, Page Index</a>
 * @see <a
 *     href="https://github.com/apache/thrift/blob/master/doc/specs/thrift-compact-protocol.md">Thrift,
 *     Compact Protocol</a>
 */
final class PagePlaces implements OffsetIndex {
  /** First field of a struct, a list. */
  private static final int LIST = 0x19;

  /** Elements of a list that are structs. */
  private static final int STRUCTS = 0x0C;

  /** In the list's head: the count stands behind it. */
  private static final int MANY = 15;

  /** The next field, a number of 64 bits. */
  private static final int LONG = 0x16;

  /** The next field, a number of 32 bits. */
  private static final int INT = 0x15;

  private static final int END = 0;

  private final long[] offsets;
  private final int[] sizes;
  private final long[] firstRows;

  private PagePlaces(int pages) {
    offsets = new long[pages];
    sizes = new int[pages];
    firstRows = new long[pages];
  }

  /**
   * Decodes an offset index.
   *
   * @throws IOException if the bytes are none
   */
  static PagePlaces read(byte[] bytes, int from, int length) throws IOException {
    ThriftBytes in = new ThriftBytes(bytes, from, length);
    in.expect(LIST);
    int head = in.next();
    int count = head >>> 4;
    if ((head & 0x0F) != STRUCTS) {
      throw new IOException("the places of pages are no list");
    }
    PagePlaces places = new PagePlaces(count == MANY ? in.count() : count);
    for (int i = 0; i < places.offsets.length; i++) {
      in.expect(LONG);
      places.offsets[i] = in.number();
      in.expect(INT);
      places.sizes[i] = (int) in.number();
      in.expect(LONG);
      places.firstRows[i] = in.number();
      in.expect(END);
    }
    return places;
  }

  @Override
  public int getPageCount() {
    return offsets.length;
  }

  @Override
  public long getOffset(int page) {
    return offsets[page];
  }

  @Override
  public int getCompressedPageSize(int page) {
    return sizes[page];
  }

  @Override
  public long getFirstRowIndex(int page) {
    return firstRows[page];
  }
}
