package io.booklake.read;

import io.booklake.table.ColumnRange;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.internal.column.columnindex.OffsetIndex;

/**
 * Everything of a Parquet file but its pages: the footer, and where the pages lie and what they
 * hold. It is read once, from the file's end; the indexes of a column are decoded when they are
 * first asked for. For any number of threads.
 */
final class IndexedFile {
  private static final byte[] MAGIC = "PAR1".getBytes(StandardCharsets.US_ASCII);
  private static final int END_BYTES = Integer.BYTES + MAGIC.length;

  /** Enough for footer and indexes of most files; where it is not, they are read once more. */
  private static final int TAIL_BYTES = 64 << 10;

  /** The bytes themselves, and about as many for what is decoded of them. */
  private static final int DECODED_SIZE = 2;

  private final String path;
  private final long length;
  private final byte[] tail;
  private final Footer footer;
  private final List<ColumnDescriptor> descriptors;
  private final Map<String, Integer> columns = new HashMap<>();
  private final AtomicReferenceArray<OffsetIndex> offsetIndexes;
  private final AtomicReferenceArray<List<ColumnRange>> pageRanges;

  private IndexedFile(String path, long length, byte[] tail, Footer footer) {
    this.path = path;
    this.length = length;
    this.tail = tail;
    this.footer = footer;
    descriptors = footer.columns();
    for (int i = 0; i < descriptors.size(); i++) {
      columns.put(String.join(".", descriptors.get(i).getPath()), i);
    }
    int chunks = rowGroups() * descriptors.size();
    offsetIndexes = new AtomicReferenceArray<>(chunks);
    pageRanges = new AtomicReferenceArray<>(chunks);
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
    long indexes = length - END_BYTES - footerBytes;
    for (Footer.Group group : footer.rowGroups()) {
      for (StoredChunk chunk : group.chunks()) {
        indexes = Math.min(indexes, begin(chunk, path));
      }
    }
    // A table's files are many, and the ends of all of them are to fit into the cache.
    byte[] kept = new byte[Math.toIntExact(length - indexes)];
    int missing = Math.max(0, kept.length - tail.remaining());
    tail.get(tail.limit() - (kept.length - missing), kept, missing, kept.length - missing);
    if (missing > 0) {
      FileParts.Span front = new FileParts.Span(indexes, missing);
      bytes.read(path, length, List.of(front), room).get(0).get(kept, 0, missing);
    }
    return new IndexedFile(path, length, kept, footer);
  }

  private static ByteBuffer tail(String path, long length, long size, FileParts bytes, Room room)
      throws IOException {
    FileParts.Span span = new FileParts.Span(length - size, Math.toIntExact(size));
    return bytes.read(path, length, List.of(span), room).get(0).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** Where the first of a column's indexes begins. */
  private static long begin(StoredChunk chunk, String path) throws IOException {
    if (chunk.offsetIndex() == StoredChunk.NONE) {
      throw new IOException(
          path + " has no page index, so it was not written by booklake: ingest its rows again");
    }
    return chunk.columnIndex() == StoredChunk.NONE
        ? chunk.offsetIndex()
        : Math.min(chunk.offsetIndex(), chunk.columnIndex());
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

  /** About how much memory it takes. */
  int weight() {
    return DECODED_SIZE * tail.length;
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

  /** Where the pages of a column lie. */
  OffsetIndex offsetIndex(int rowGroup, int column) {
    int chunk = rowGroup * columns.size() + column;
    OffsetIndex index = offsetIndexes.get(chunk);
    if (index == null) {
      StoredChunk stored = chunk(rowGroup, column);
      try {
        index = PagePlaces.read(tail, from(stored.offsetIndex()), stored.offsetIndexBytes());
      } catch (IOException e) {
        throw new UncheckedIOException(path + " is damaged", e);
      }
      offsetIndexes.set(chunk, index);
    }
    return index;
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

  /** What the pages of a column to search by hold; empty where the file does not say. */
  List<ColumnRange> pageRanges(int rowGroup, int column) {
    StoredChunk stored = chunk(rowGroup, column);
    if (stored.columnIndex() == StoredChunk.NONE) {
      return List.of();
    }
    int chunk = rowGroup * columns.size() + column;
    List<ColumnRange> known = pageRanges.get(chunk);
    if (known == null) {
      try {
        known =
            PageRanges.read(
                descriptor(column).getPrimitiveType().getPrimitiveTypeName(),
                tail,
                from(stored.columnIndex()),
                stored.columnIndexBytes());
      } catch (IOException e) {
        throw new UncheckedIOException(path + " is damaged", e);
      }
      pageRanges.set(chunk, known);
    }
    return known;
  }

  private int from(long offset) {
    return Math.toIntExact(offset - (length - tail.length));
  }
}
