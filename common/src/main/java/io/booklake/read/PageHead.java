package io.booklake.read;

import java.io.IOException;

/**
 * What stands before each page. A row of {@code depth} is in more than forty pages, and Thrift
 * makes two dozen objects for each, and texts for complaints that are never made.
 *
 * @param headBytes its own length
 * @param bytes of the page as it is stored
 * @param wholeBytes of the page, decompressed
 * @param checksum CRC32 of the page as it is stored; null if the writer gave none
 * @param count of values, those that are NULL too
 * @param nulls how many of them are NULL; of the second version alone
 * @param encoding of the values, by its number in the format
 * @param isSecond whether it is of the format's second version, where levels are not compressed
 * @param repetitionBytes that come first; of the second version alone
 * @param definitionBytes that come next; of the second version alone
 * @param isCompressed whether what follows is
 * @see <a
 *     href="https://github.com/apache/parquet-format/blob/master/src/main/thrift/parquet.thrift">
 *     Parquet's structs</a>
 */
record PageHead(
    int headBytes,
    int bytes,
    int wholeBytes,
    Integer checksum,
    int count,
    int nulls,
    int encoding,
    boolean isSecond,
    int repetitionBytes,
    int definitionBytes,
    boolean isCompressed) {

  /**
   * Decodes what stands before a page.
   *
   * @param bytes of which the page must follow within {@code length}
   * @throws IOException if it does not, or the bytes are none
   */
  static PageHead read(byte[] bytes, int from, int length) throws IOException {
    ThriftBytes in = new ThriftBytes(bytes, from, length);
    int size = -1;
    int whole = -1;
    Integer checksum = null;
    Values values = null;
    for (int field = in.field(ThriftBytes.NONE);
        field != ThriftBytes.NONE;
        field = in.field(field)) {
      switch (field) {
        case 2 -> whole = in.integer();
        case 3 -> size = in.integer();
        case 4 -> checksum = in.integer();
        case 5, 7 -> values = Values.first(in); // numbered values have the same fields
        case 8 -> values = Values.second(in);
        default -> in.skip();
      }
    }
    int head = in.position() - from;
    if (values == null || whole < 0 || size < 0) {
      throw new IOException("a page has no head");
    }
    if (size > length - head) {
      throw new IOException("a page of " + size + " bytes has only " + (length - head));
    }
    return new PageHead(
        head,
        size,
        whole,
        checksum,
        values.count,
        values.nulls,
        values.encoding,
        values.isSecond,
        values.repetitionBytes,
        values.definitionBytes,
        values.isCompressed);
  }

  /** Of one of the kinds of pages. */
  private static final class Values {
    private int count;
    private int nulls;
    private int encoding;
    private boolean isSecond;
    private int repetitionBytes;
    private int definitionBytes;
    private boolean isCompressed = true;

    static Values first(ThriftBytes in) throws IOException {
      in.struct();
      Values values = new Values();
      for (int field = in.field(ThriftBytes.NONE);
          field != ThriftBytes.NONE;
          field = in.field(field)) {
        switch (field) {
          case 1 -> values.count = in.integer();
          case 2 -> values.encoding = in.integer();
          default -> in.skip();
        }
      }
      return values;
    }

    static Values second(ThriftBytes in) throws IOException {
      in.struct();
      Values values = new Values();
      values.isSecond = true;
      for (int field = in.field(ThriftBytes.NONE);
          field != ThriftBytes.NONE;
          field = in.field(field)) {
        switch (field) {
          case 1 -> values.count = in.integer();
          case 2 -> values.nulls = in.integer();
          case 4 -> values.encoding = in.integer();
          case 5 -> values.definitionBytes = in.integer();
          case 6 -> values.repetitionBytes = in.integer();
          case 7 -> values.isCompressed = in.truth();
          default -> in.skip();
        }
      }
      return values;
    }
  }
}
