package io.booklake.read;

import io.booklake.table.ColumnRange;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;

/**
 * What the pages of a column hold, of one to search by: whole numbers or text.
 *
 * @see <a href="https://parquet.apache.org/docs/file-format/pageindex/">Parquet, Page Index</a>
 */
final class PageRanges {
  private final PrimitiveTypeName type;
  private final byte[] bytes;
  private final ThriftBytes in;
  private boolean[] isNull;
  private Comparable<?>[] min;
  private Comparable<?>[] max;
  private long[] nulls;

  private PageRanges(PrimitiveTypeName type, byte[] bytes, int from, int length) {
    this.type = type;
    this.bytes = bytes;
    in = new ThriftBytes(bytes, from, length);
  }

  /**
   * Decodes a column index.
   *
   * @return by page
   * @throws IOException if the bytes are none
   */
  static List<ColumnRange> read(PrimitiveTypeName type, byte[] bytes, int from, int length)
      throws IOException {
    return new PageRanges(type, bytes, from, length).read();
  }

  private List<ColumnRange> read() throws IOException {
    for (int field = in.field(ThriftBytes.NONE);
        field != ThriftBytes.NONE;
        field = in.field(field)) {
      switch (field) {
        case 1 -> readNullPages();
        case 2 -> min = values();
        case 3 -> max = values();
        case 5 -> readNulls();
        default -> in.skip();
      }
    }
    if (min == null || max == null) {
      throw new IOException("the ranges of pages are not complete");
    }
    List<ColumnRange> ranges = new ArrayList<>(isNull.length);
    for (int page = 0; page < isNull.length; page++) {
      // Who does not count NULL may have one.
      ranges.add(new ColumnRange(min[page], max[page], nulls == null ? 1 : nulls[page]));
    }
    return ranges;
  }

  private void readNullPages() throws IOException {
    isNull = new boolean[in.truths()];
    for (int page = 0; page < isNull.length; page++) {
      isNull[page] = in.truthElement();
    }
  }

  private void readNulls() throws IOException {
    nulls = new long[pages(in.list(ThriftBytes.LONG))];
    for (int page = 0; page < nulls.length; page++) {
      nulls[page] = in.number();
    }
  }

  /** By page; null where all rows are. */
  private Comparable<?>[] values() throws IOException {
    Comparable<?>[] values = new Comparable<?>[pages(in.list(ThriftBytes.BINARY))];
    for (int page = 0; page < values.length; page++) {
      int length = in.count();
      if (!isNull[page]) {
        values[page] = Footer.value(type, bytes, in.position(), length);
      }
      in.pass(length);
    }
    return values;
  }

  private int pages(int count) throws IOException {
    if (isNull == null || count != isNull.length) {
      throw new IOException("the ranges of pages are not of as many pages");
    }
    return count;
  }
}
