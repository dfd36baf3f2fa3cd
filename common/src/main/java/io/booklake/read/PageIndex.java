package io.booklake.read;

import io.booklake.table.ColumnRange;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.apache.parquet.internal.column.columnindex.OffsetIndex;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;

/**
 * Where the pages of a row group lie, and what those of each column hold: in memory as it is
 * stored, and decoded when it is first asked for. For any number of threads.
 *
 * @see <a href="https://parquet.apache.org/docs/file-format/pageindex/">Parquet, Page Index</a>
 */
final class PageIndex {
  /** The bytes themselves, and about as many for what is decoded of them. */
  private static final int DECODED_SIZE = 2;

  private static final Set<PrimitiveTypeName> ASKED =
      EnumSet.of(PrimitiveTypeName.INT32, PrimitiveTypeName.INT64, PrimitiveTypeName.BINARY);

  private final String path;
  private final Footer footer;
  private final List<StoredChunk> chunks;
  private final Piece storedPlaces;

  /** Null if the file does not say what pages hold. */
  private final Piece storedRanges;

  private final AtomicReferenceArray<OffsetIndex> places;
  private final AtomicReferenceArray<List<ColumnRange>> ranges;

  /** Some bytes of the file, and where they lie in it. */
  private static final class Piece {
    final long offset;
    final byte[] bytes;

    Piece(FileParts.Span span, ByteBuffer stored) {
      offset = span.offset();
      bytes = new byte[span.length()];
      stored.get(bytes);
    }

    int index(long offsetInFile) {
      return (int) (offsetInFile - offset);
    }
  }

  /**
   * The index of a row group.
   *
   * @param path of the file, for messages
   * @param rowGroup its number in the file
   * @param spans as {@link #spans} tells them
   * @param bytes of each of these, which are copied
   */
  PageIndex(
      String path,
      Footer footer,
      int rowGroup,
      List<FileParts.Span> spans,
      List<ByteBuffer> bytes) {
    this.path = path;
    this.footer = footer;
    chunks = footer.rowGroups().get(rowGroup).chunks();
    storedPlaces = new Piece(spans.get(0), bytes.get(0));
    storedRanges = spans.size() == 1 ? null : new Piece(spans.get(1), bytes.get(1));
    places = new AtomicReferenceArray<>(chunks.size());
    ranges = new AtomicReferenceArray<>(chunks.size());
  }

  /**
   * Where the index of a row group lies. Writers put where pages lie, of all row groups, behind
   * what pages hold, of all row groups: of one of them it is two pieces of the file.
   *
   * @param length of the file
   * @return where pages lie, then what they hold, if the file says that
   * @throws IOException if the file does not say where pages lie, or it cannot be there
   */
  static List<FileParts.Span> spans(List<StoredChunk> chunks, long length) throws IOException {
    List<FileParts.Span> places = new ArrayList<>();
    List<FileParts.Span> ranges = new ArrayList<>();
    for (StoredChunk chunk : chunks) {
      if (chunk.offsetIndex() == StoredChunk.NONE) {
        throw new IOException(
            "it has no page index, so it was not written by booklake: ingest its rows again");
      }
      places.add(new FileParts.Span(chunk.offsetIndex(), chunk.offsetIndexBytes()));
      if (chunk.columnIndex() != StoredChunk.NONE) {
        ranges.add(new FileParts.Span(chunk.columnIndex(), chunk.columnIndexBytes()));
      }
    }
    return ranges.isEmpty()
        ? List.of(around(places, length))
        : List.of(around(places, length), around(ranges, length));
  }

  /** From the first to the last of some bytes. */
  private static FileParts.Span around(List<FileParts.Span> spans, long length) throws IOException {
    long begin = Long.MAX_VALUE;
    long end = 0;
    for (FileParts.Span each : spans) {
      boolean isInFile = each.offset() >= 0 && each.length() <= length - each.offset();
      if (!isInFile || each.length() < 1) {
        throw new IOException("it is damaged: an index of its pages would be " + each);
      }
      begin = Math.min(begin, each.offset());
      end = Math.max(end, each.end());
    }
    if (end - begin > Integer.MAX_VALUE) {
      throw new IOException("it is damaged: the indexes of a row group are far from each other");
    }
    return new FileParts.Span(begin, (int) (end - begin));
  }

  /** Where the pages of a column lie. */
  OffsetIndex places(int column) {
    OffsetIndex known = places.get(column);
    if (known == null) {
      StoredChunk chunk = chunks.get(column);
      int from = storedPlaces.index(chunk.offsetIndex());
      try {
        known = PagePlaces.read(storedPlaces.bytes, from, chunk.offsetIndexBytes());
      } catch (IOException e) {
        throw new UncheckedIOException(path + " is damaged", e);
      }
      places.set(column, known);
    }
    return known;
  }

  /**
   * What the pages of a column hold; empty where the file does not say, or is not asked: of what is
   * neither whole numbers nor text.
   */
  List<ColumnRange> ranges(int column) {
    StoredChunk chunk = chunks.get(column);
    PrimitiveTypeName type = footer.columns().get(column).getPrimitiveType().getPrimitiveTypeName();
    if (chunk.columnIndex() == StoredChunk.NONE || !ASKED.contains(type)) {
      return List.of();
    }
    List<ColumnRange> known = ranges.get(column);
    if (known == null) {
      int from = storedRanges.index(chunk.columnIndex());
      try {
        known = PageRanges.read(type, storedRanges.bytes, from, chunk.columnIndexBytes());
      } catch (IOException e) {
        throw new UncheckedIOException(path + " is damaged", e);
      }
      ranges.set(column, known);
    }
    return known;
  }

  /** About how much memory it takes, in bytes, if all of it is decoded. */
  int weight() {
    int stored = storedPlaces.bytes.length + (storedRanges == null ? 0 : storedRanges.bytes.length);
    return DECODED_SIZE * stored;
  }
}
