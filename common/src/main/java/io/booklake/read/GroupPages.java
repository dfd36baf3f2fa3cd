package io.booklake.read;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.parquet.internal.column.columnindex.OffsetIndex;

/**
 * All pages of some columns of a row group: their bytes are read at once, and decoded when they are
 * asked for. Of small files nothing is worth a cache. For one thread, until the decoder's room is
 * used for anything else.
 */
final class GroupPages {
  private final IndexedFile file;
  private final int number;
  private final PageDecoder decoder;
  private final PageIndex index;

  /** By column. */
  private final Map<Integer, ByteBuffer> stored = new HashMap<>();

  /**
   * Reads the pages.
   *
   * @param number of the row group in the file
   * @param columns their numbers in the file, at least one
   * @throws IOException if the file cannot be read so far
   */
  GroupPages(
      IndexedFile file, int number, List<Integer> columns, FileParts bytes, PageDecoder decoder)
      throws IOException {
    this.file = file;
    this.number = number;
    this.decoder = decoder;
    index = file.index(number, bytes, decoder.room());
    List<FileParts.Span> spans = new ArrayList<>();
    for (int column : columns) {
      StoredChunk chunk = file.chunk(number, column);
      spans.add(new FileParts.Span(chunk.begin(), Math.toIntExact(chunk.bytes())));
    }
    List<ByteBuffer> read = bytes.read(file.path(), file.length(), spans, decoder.room());
    for (int i = 0; i < columns.size(); i++) {
      stored.put(columns.get(i), read.get(i));
    }
  }

  /** How many pages of values a column has. */
  int pages(int column) {
    return index.places(column).getPageCount();
  }

  /**
   * Decompresses a page of values.
   *
   * @throws IOException if the bytes are not what was written
   */
  StoredPage page(int column, int page) throws IOException {
    OffsetIndex places = index.places(column);
    return decoder.page(
        file,
        key(column, page),
        slice(column, places.getOffset(page), places.getCompressedPageSize(page)));
  }

  /**
   * The values that a column's pages may refer to; null if it has no such page.
   *
   * @throws IOException if the bytes are not what was written
   */
  DictionaryValues dictionary(int column) throws IOException {
    StoredChunk chunk = file.chunk(number, column);
    if (!chunk.hasDictionary()) {
      return null;
    }
    int length = Math.toIntExact(chunk.pages() - chunk.dictionary());
    return decoder.dictionary(
        file, key(column, PageKey.DICTIONARY), slice(column, chunk.dictionary(), length));
  }

  private PageKey key(int column, int page) {
    return new PageKey(file.path(), number, column, page);
  }

  private ByteBuffer slice(int column, long offset, int length) {
    long begin = file.chunk(number, column).begin();
    ByteBuffer pages = stored.get(column);
    return pages.slice(pages.position() + Math.toIntExact(offset - begin), length);
  }
}
