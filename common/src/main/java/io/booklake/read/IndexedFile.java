package io.booklake.read;

import io.booklake.table.ColumnRange;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.format.ColumnIndex;
import org.apache.parquet.format.Util;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.internal.column.columnindex.OffsetIndex;
import org.apache.parquet.internal.hadoop.metadata.IndexReference;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;

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
  private final AtomicReferenceArray<Map<String, ColumnRange>> ranges;

  private IndexedFile(String path, long length, byte[] tail, Footer footer) {
    this.path = path;
    this.length = length;
    this.tail = tail;
    this.footer = footer;
    descriptors = footer.schema().getColumns();
    for (int i = 0; i < descriptors.size(); i++) {
      columns.put(String.join(".", descriptors.get(i).getPath()), i);
    }
    int chunks = rowGroups().size() * descriptors.size();
    offsetIndexes = new AtomicReferenceArray<>(chunks);
    pageRanges = new AtomicReferenceArray<>(chunks);
    ranges = new AtomicReferenceArray<>(rowGroups().size());
  }

  /**
   * Reads the end of a file.
   *
   * @throws IOException if the file cannot be read or is no Parquet file with a page index
   */
  static IndexedFile read(String path, long length, FileParts bytes) throws IOException {
    if (length < MAGIC.length + END_BYTES) {
      throw noParquet(path, null);
    }
    byte[] tail = tail(path, length, (int) Math.min(length, TAIL_BYTES), bytes);
    long footerBytes =
        ByteBuffer.wrap(tail).order(ByteOrder.LITTLE_ENDIAN).getInt(tail.length - END_BYTES);
    boolean ends =
        Arrays.equals(MAGIC, 0, MAGIC.length, tail, tail.length - MAGIC.length, tail.length);
    if (!ends || footerBytes < 0 || footerBytes > length - MAGIC.length - END_BYTES) {
      throw noParquet(path, null);
    }
    if (footerBytes + END_BYTES > tail.length) {
      tail = tail(path, length, Math.toIntExact(footerBytes + END_BYTES), bytes);
    }
    int footerBegin = (int) (tail.length - END_BYTES - footerBytes);
    Footer footer;
    try {
      footer = Footer.read(tail, footerBegin, (int) footerBytes);
    } catch (IOException | RuntimeException e) {
      throw noParquet(path, e);
    }
    long indexes = length - END_BYTES - footerBytes;
    for (BlockMetaData group : footer.rowGroups()) {
      for (ColumnChunkMetaData chunk : group.getColumns()) {
        indexes = Math.min(indexes, begin(chunk.getOffsetIndexReference(), path));
        if (chunk.getColumnIndexReference() != null) {
          indexes = Math.min(indexes, chunk.getColumnIndexReference().getOffset());
        }
      }
    }
    if (length - indexes > tail.length) {
      tail = tail(path, length, Math.toIntExact(length - indexes), bytes);
    }
    // A table's files are many, and the ends of all of them are to fit into the cache.
    int before = tail.length - Math.toIntExact(length - indexes);
    return new IndexedFile(path, length, Arrays.copyOfRange(tail, before, tail.length), footer);
  }

  private static byte[] tail(String path, long length, int size, FileParts bytes)
      throws IOException {
    ByteBuffer read =
        bytes.read(path, length, List.of(new FileParts.Span(length - size, size))).get(0);
    if (read.arrayOffset() == 0 && read.array().length == size) {
      return read.array();
    }
    byte[] tail = new byte[size];
    read.get(tail);
    return tail;
  }

  private static long begin(IndexReference reference, String path) throws IOException {
    if (reference == null) {
      throw new IOException(
          path + " has no page index, so it was not written by booklake: ingest its rows again");
    }
    return reference.getOffset();
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

  List<BlockMetaData> rowGroups() {
    return footer.rowGroups();
  }

  /** A column's number; -1 for one that was added to the table later. */
  int column(String name) {
    return columns.getOrDefault(name, -1);
  }

  ColumnDescriptor descriptor(int column) {
    return descriptors.get(column);
  }

  ColumnChunkMetaData chunk(int rowGroup, int column) {
    return rowGroups().get(rowGroup).getColumns().get(column);
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
      IndexReference reference = chunk(rowGroup, column).getOffsetIndexReference();
      try {
        index = PagePlaces.read(tail, from(reference), reference.getLength());
      } catch (IOException e) {
        throw new UncheckedIOException(path + " is damaged", e);
      }
      offsetIndexes.set(chunk, index);
    }
    return index;
  }

  /** What the pages of a column hold; empty where the file does not say. */
  List<ColumnRange> pageRanges(int rowGroup, int column) {
    IndexReference reference = chunk(rowGroup, column).getColumnIndexReference();
    if (reference == null) {
      return List.of();
    }
    int chunk = rowGroup * columns.size() + column;
    List<ColumnRange> known = pageRanges.get(chunk);
    if (known == null) {
      try (InputStream in =
          new ByteArrayInputStream(tail, from(reference), reference.getLength())) {
        known =
            ranges(
                descriptor(column).getPrimitiveType().getPrimitiveTypeName(),
                Util.readColumnIndex(in));
      } catch (IOException e) {
        throw new UncheckedIOException(path + " is damaged", e);
      }
      pageRanges.set(chunk, known);
    }
    return known;
  }

  private static List<ColumnRange> ranges(PrimitiveTypeName type, ColumnIndex index) {
    List<ColumnRange> ranges = new ArrayList<>();
    for (int page = 0; page < index.getNull_pagesSize(); page++) {
      boolean isNull = index.getNull_pages().get(page);
      // Who does not count NULL may have one.
      long nulls = index.isSetNull_counts() ? index.getNull_counts().get(page) : 1;
      ranges.add(
          isNull
              ? new ColumnRange(null, null, nulls)
              : new ColumnRange(
                  value(type, index.getMin_values().get(page)),
                  value(type, index.getMax_values().get(page)),
                  nulls));
    }
    return ranges;
  }

  /** Conditions are on columns of these types alone. */
  private static Comparable<?> value(PrimitiveTypeName type, ByteBuffer stored) {
    ByteBuffer bytes = stored.slice().order(ByteOrder.LITTLE_ENDIAN);
    return switch (type) {
      case INT32 -> bytes.getInt();
      case INT64 -> bytes.getLong();
      case BINARY -> StandardCharsets.UTF_8.decode(bytes).toString();
      default -> throw new IllegalArgumentException("no column to search by has type " + type);
    };
  }

  private int from(IndexReference reference) {
    return Math.toIntExact(reference.getOffset() - (length - tail.length));
  }

  /** What the columns hold in a row group, as far as the footer says. */
  Map<String, ColumnRange> ranges(int rowGroup) {
    Map<String, ColumnRange> known = ranges.get(rowGroup);
    if (known == null) {
      known = FooterRanges.of(rowGroups().get(rowGroup));
      ranges.set(rowGroup, known);
    }
    return known;
  }
}
