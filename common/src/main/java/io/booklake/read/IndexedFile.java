package io.booklake.read;

import io.booklake.table.ColumnRange;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.apache.parquet.column.ColumnDescriptor;

/**
 * Everything of a Parquet file but its pages. The footer is read first. Where the pages of a row
 * group lie and what they hold is read when it is first asked for, unless it was among the bytes
 * that were read for the footer: a jump needs one row group of a file, and the ends of many files
 * are to fit into the cache. For any number of threads.
 */
final class IndexedFile {
  private static final byte[] MAGIC = "PAR1".getBytes(StandardCharsets.US_ASCII);
  private static final int END_BYTES = Integer.BYTES + MAGIC.length;

  /** Enough for the footer of most files, and for the indexes of small ones. */
  private static final int TAIL_BYTES = 64 << 10;

  private final String path;
  private final long length;
  private final Footer footer;
  private final int footerBytes;
  private final List<ColumnDescriptor> descriptors;
  private final Map<String, Integer> columns = new HashMap<>();

  /** By row group; null where it was not read yet. */
  private final AtomicReferenceArray<PageIndex> indexes;

  private IndexedFile(String path, long length, Footer footer, int footerBytes) {
    this.path = path;
    this.length = length;
    this.footer = footer;
    this.footerBytes = footerBytes;
    descriptors = footer.columns();
    for (int i = 0; i < descriptors.size(); i++) {
      columns.put(String.join(".", descriptors.get(i).getPath()), i);
    }
    indexes = new AtomicReferenceArray<>(rowGroups());
  }

  /**
   * Reads the end of a file.
   *
   * @throws IOException if the file cannot be read or is no Parquet file with a page index
   */
  static IndexedFile read(String path, long length, FileParts bytes, Room room) throws IOException {
    if (length < MAGIC.length + END_BYTES) {
      throw noParquet(path, null);
    }
    ByteBuffer tail = tail(path, length, Math.min(length, TAIL_BYTES), bytes, room);
    long footerBytes = tail.getInt(tail.limit() - END_BYTES);
    boolean ends =
        tail.slice(tail.limit() - MAGIC.length, MAGIC.length).equals(ByteBuffer.wrap(MAGIC));
    if (!ends || footerBytes < 0 || footerBytes > length - MAGIC.length - END_BYTES) {
      throw noParquet(path, null);
    }
    if (footerBytes + END_BYTES > tail.remaining()) {
      tail = tail(path, length, footerBytes + END_BYTES, bytes, room);
    }
    int footerBegin = (int) (tail.limit() - END_BYTES - footerBytes);
    Footer footer;
    try {
      footer = Footer.read(tail.array(), tail.arrayOffset() + footerBegin, (int) footerBytes);
    } catch (IOException | RuntimeException e) {
      throw noParquet(path, e);
    }
    IndexedFile file = new IndexedFile(path, length, footer, (int) footerBytes);
    long tailBegin = length - tail.remaining();
    for (int i = 0; i < file.rowGroups(); i++) {
      List<FileParts.Span> spans = file.spans(i);
      if (spans.stream().allMatch(span -> span.offset() >= tailBegin)) {
        file.keep(i, spans, slices(spans, tail, tailBegin));
      }
    }
    return file;
  }

  private static ByteBuffer tail(String path, long length, long size, FileParts bytes, Room room)
      throws IOException {
    FileParts.Span span = new FileParts.Span(length - size, Math.toIntExact(size));
    return bytes.read(path, length, List.of(span), room).get(0).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static List<ByteBuffer> slices(
      List<FileParts.Span> spans, ByteBuffer tail, long tailBegin) {
    return spans.stream()
        .map(span -> tail.slice(tail.position() + (int) (span.offset() - tailBegin), span.length()))
        .toList();
  }

  private static IOException noParquet(String path, Exception cause) {
    return new IOException(path + " is no Parquet file, or it is damaged", cause);
  }

  String path() {
    return path;
  }

  long length() {
    return length;
  }

  /** About how much memory it takes, with the indexes that were read so far. */
  int weight() {
    int weight = footerBytes;
    for (int i = 0; i < rowGroups(); i++) {
      PageIndex index = indexes.get(i);
      if (index != null) {
        weight += index.weight();
      }
    }
    return weight;
  }

  /** How many there are. */
  int rowGroups() {
    return footer.rowGroups().size();
  }

  /** Rows of a row group. */
  long rows(int rowGroup) {
    return footer.rowGroups().get(rowGroup).rows();
  }

  /** How many there are. */
  int columns() {
    return descriptors.size();
  }

  /** A column's number; -1 for one that was added to the table later. */
  int column(String name) {
    return columns.getOrDefault(name, -1);
  }

  ColumnDescriptor descriptor(int column) {
    return descriptors.get(column);
  }

  /** Columns and what holds them, each before what is in it; the first one is the whole row. */
  List<Footer.Element> elements() {
    return footer.elements();
  }

  StoredChunk chunk(int rowGroup, int column) {
    return footer.rowGroups().get(rowGroup).chunks().get(column);
  }

  /** What is thrown where pages of a column are not what was written. */
  IOException damaged(int column, Exception cause) {
    return new IOException(
        path
            + ": column "
            + String.join(".", descriptor(column).getPath())
            + " cannot be read, so the file is damaged; 'booklake verify' tells how much, and"
            + " ingesting its ticker-days again with --force mends it",
        cause);
  }

  /**
   * What a column to search by holds in a row group; null if the file does not say, or does not
   * have the column.
   *
   * @param column its number; -1 for one that the file does not have
   */
  ColumnRange range(int rowGroup, int column) {
    return column < 0 ? null : chunk(rowGroup, column).range();
  }

  /** The index of a row group's pages; null if it was not read yet. */
  PageIndex knownIndex(int rowGroup) {
    return indexes.get(rowGroup);
  }

  /**
   * The index of a row group's pages.
   *
   * @throws IOException if it was not read yet, and cannot be
   */
  PageIndex index(int rowGroup, FileParts bytes, Room room) throws IOException {
    readIndexes(List.of(rowGroup), bytes, room);
    return indexes.get(rowGroup);
  }

  /**
   * Reads those indexes of row groups that were not read yet, all of them at once.
   *
   * @throws IOException if they cannot be read
   */
  void readIndexes(List<Integer> rowGroups, FileParts bytes, Room room) throws IOException {
    Map<Integer, List<FileParts.Span>> missing = new LinkedHashMap<>();
    for (int each : rowGroups) {
      if (indexes.get(each) == null) {
        missing.put(each, spans(each));
      }
    }
    if (missing.isEmpty()) {
      return;
    }
    List<FileParts.Span> all = missing.values().stream().flatMap(List::stream).toList();
    Iterator<ByteBuffer> read = bytes.read(path, length, all, room).iterator();
    missing.forEach(
        (rowGroup, spans) ->
            keep(rowGroup, spans, spans.stream().map(span -> read.next()).toList()));
  }

  private void keep(int rowGroup, List<FileParts.Span> spans, List<ByteBuffer> bytes) {
    indexes.set(rowGroup, new PageIndex(path, footer, rowGroup, spans, bytes));
  }

  /** Where the index of a row group's pages lies. */
  private List<FileParts.Span> spans(int rowGroup) throws IOException {
    try {
      return PageIndex.spans(footer.rowGroups().get(rowGroup).chunks(), length);
    } catch (IOException e) {
      throw new IOException(path + ": " + e.getMessage(), e);
    }
  }
}
