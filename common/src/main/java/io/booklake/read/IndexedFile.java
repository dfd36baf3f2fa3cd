package io.booklake.read;

import io.booklake.table.ColumnRange;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.format.Util;
import org.apache.parquet.format.converter.ParquetMetadataConverter;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.hadoop.metadata.ColumnPath;
import org.apache.parquet.hadoop.metadata.ParquetMetadata;
import org.apache.parquet.internal.column.columnindex.ColumnIndex;
import org.apache.parquet.internal.column.columnindex.OffsetIndex;
import org.apache.parquet.internal.filter2.columnindex.ColumnIndexStore;
import org.apache.parquet.internal.hadoop.metadata.IndexReference;
import org.apache.parquet.schema.MessageType;

/**
 * Everything of a Parquet file but its pages: the footer, and where the pages lie and what they
 * hold. It is read once, from the file's end; the indexes of a column are decoded when they are
 * first asked for. For any number of threads.
 */
final class IndexedFile {
  private static final byte[] MAGIC = "PAR1".getBytes(StandardCharsets.US_ASCII);
  private static final int END_BYTES = Integer.BYTES + MAGIC.length;

  /** Enough for footer and indexes of most files, and one read of an object store anyway. */
  private static final int TAIL_BYTES = 256 << 10;

  /** Decoded, a footer takes about as many times the bytes that it has in the file. */
  private static final int DECODED_SIZE = 4;

  /** Without options it takes no footer, however short, for short enough. */
  private static final ParquetMetadataConverter CONVERTER =
      new ParquetMetadataConverter(
          ParquetReadOptions.builder(new PlainParquetConfiguration()).build());

  private final String path;
  private final long length;
  private final byte[] tail;
  private final ParquetMetadata footer;
  private final Map<String, Integer> columns = new HashMap<>();
  private final Set<ColumnPath> paths = new HashSet<>();
  private final AtomicReferenceArray<OffsetIndex> offsetIndexes;
  private final AtomicReferenceArray<ColumnIndex> columnIndexes;
  private final AtomicReferenceArray<Map<String, ColumnRange>> ranges;

  private IndexedFile(String path, long length, byte[] tail, ParquetMetadata footer) {
    this.path = path;
    this.length = length;
    this.tail = tail;
    this.footer = footer;
    List<ColumnDescriptor> descriptors = schema().getColumns();
    for (int i = 0; i < descriptors.size(); i++) {
      ColumnPath column = ColumnPath.get(descriptors.get(i).getPath());
      paths.add(column);
      columns.put(column.toDotString(), i);
    }
    int chunks = rowGroups().size() * descriptors.size();
    offsetIndexes = new AtomicReferenceArray<>(chunks);
    columnIndexes = new AtomicReferenceArray<>(chunks);
    ranges = new AtomicReferenceArray<>(rowGroups().size());
  }

  /**
   * Reads the end of a file.
   *
   * @throws IOException if the file cannot be read or is no Parquet file with a page index
   */
  static IndexedFile read(String path, long length, FileBytes bytes) throws IOException {
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
    ParquetMetadata footer;
    try {
      footer =
          CONVERTER.readParquetMetadata(
              new ByteArrayInputStream(tail, footerBegin, (int) footerBytes),
              ParquetMetadataConverter.NO_FILTER);
    } catch (IOException | RuntimeException e) {
      throw noParquet(path, e);
    }
    long indexes = length - END_BYTES - footerBytes;
    for (BlockMetaData group : footer.getBlocks()) {
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
    return new IndexedFile(path, length, tail, footer);
  }

  private static byte[] tail(String path, long length, int size, FileBytes bytes)
      throws IOException {
    ByteBuffer read =
        bytes.read(path, length, List.of(new FileBytes.Span(length - size, size))).get(0);
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

  MessageType schema() {
    return footer.getFileMetaData().getSchema();
  }

  List<BlockMetaData> rowGroups() {
    return footer.getBlocks();
  }

  /** A column's number; -1 for one that was added to the table later. */
  int column(String name) {
    return columns.getOrDefault(name, -1);
  }

  /** The columns, as Parquet's filter wants them. */
  Set<ColumnPath> paths() {
    return paths;
  }

  ColumnDescriptor descriptor(int column) {
    return schema().getColumns().get(column);
  }

  ColumnChunkMetaData chunk(int rowGroup, int column) {
    return rowGroups().get(rowGroup).getColumns().get(column);
  }

  /** Where the pages of a column lie. */
  OffsetIndex offsetIndex(int rowGroup, int column) {
    int chunk = rowGroup * columns.size() + column;
    OffsetIndex index = offsetIndexes.get(chunk);
    if (index == null) {
      try (InputStream in = bytes(chunk(rowGroup, column).getOffsetIndexReference())) {
        index = ParquetMetadataConverter.fromParquetOffsetIndex(Util.readOffsetIndex(in));
      } catch (IOException e) {
        throw new UncheckedIOException(path + " is damaged", e);
      }
      offsetIndexes.set(chunk, index);
    }
    return index;
  }

  private ColumnIndex columnIndex(int rowGroup, int column) {
    IndexReference reference = chunk(rowGroup, column).getColumnIndexReference();
    if (reference == null) {
      return null;
    }
    int chunk = rowGroup * columns.size() + column;
    ColumnIndex index = columnIndexes.get(chunk);
    if (index == null) {
      try (InputStream in = bytes(reference)) {
        index =
            ParquetMetadataConverter.fromParquetColumnIndex(
                descriptor(column).getPrimitiveType(), Util.readColumnIndex(in));
      } catch (IOException e) {
        throw new UncheckedIOException(path + " is damaged", e);
      }
      columnIndexes.set(chunk, index);
    }
    return index;
  }

  private InputStream bytes(IndexReference reference) {
    int from = Math.toIntExact(reference.getOffset() - (length - tail.length));
    return new ByteArrayInputStream(tail, from, reference.getLength());
  }

  /** The indexes of a row group, for Parquet's own filter. */
  ColumnIndexStore indexes(int rowGroup) {
    return new ColumnIndexStore() {
      @Override
      public ColumnIndex getColumnIndex(ColumnPath name) {
        return columnIndex(rowGroup, column(name.toDotString()));
      }

      @Override
      public OffsetIndex getOffsetIndex(ColumnPath name) {
        return offsetIndex(rowGroup, column(name.toDotString()));
      }
    };
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
