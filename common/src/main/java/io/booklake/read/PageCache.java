package io.booklake.read;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.booklake.table.Column;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.column.Dictionary;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.internal.column.columnindex.OffsetIndex;

/** What was read last, within a bound: the ends of files, and pages as values. For any thread. */
final class PageCache {
  /** Of the bytes, the part for pages; the rest is for the ends of files. */
  private static final double PAGES = 0.75;

  private static final int OBJECT_BYTES = 96;

  private final Configuration configuration;
  private final FileParts bytes;
  private final Cache<String, IndexedFile> files;
  private final Cache<PageKey, CachedPage> pages;
  private final Cache<PageKey, Dictionary> dictionaries;

  /** A cache of about so many bytes of what {@code bytes} gives. */
  PageCache(Configuration configuration, FileParts bytes, long capacity) {
    this.configuration = configuration;
    this.bytes = bytes;
    long pageBytes = (long) (PAGES * capacity);
    files =
        Caffeine.newBuilder()
            .maximumWeight((capacity - pageBytes) / 2)
            .weigher((String path, IndexedFile file) -> file.weight())
            .build();
    dictionaries =
        Caffeine.newBuilder()
            .maximumWeight((capacity - pageBytes) / 2)
            .weigher((PageKey key, Dictionary dictionary) -> weight(dictionary))
            .build();
    pages =
        Caffeine.newBuilder()
            .maximumWeight(pageBytes)
            .weigher((PageKey key, CachedPage page) -> page.weight())
            .build();
  }

  private static int weight(Dictionary dictionary) {
    return OBJECT_BYTES + (dictionary.getMaxId() + 1) * Long.BYTES;
  }

  /** The end of a file. */
  IndexedFile file(String path, long length) throws IOException {
    IndexedFile file = files.getIfPresent(path);
    if (file == null) {
      file = IndexedFile.read(path, length, bytes);
      files.put(path, file);
    }
    return file;
  }

  /**
   * Pages of one row group, those that are not here read together.
   *
   * @param wanted by page which column of the catalog it is of
   */
  Map<PageKey, CachedPage> pages(IndexedFile file, Map<PageKey, Column> wanted) throws IOException {
    Map<PageKey, CachedPage> found = new HashMap<>();
    List<PageKey> missing = new ArrayList<>();
    for (PageKey key : wanted.keySet()) {
      CachedPage values = pages.getIfPresent(key);
      if (values == null) {
        missing.add(key);
      } else {
        found.put(key, values);
      }
    }
    if (!missing.isEmpty()) {
      load(file, missing, wanted, found);
    }
    return found;
  }

  private void load(
      IndexedFile file,
      List<PageKey> missing,
      Map<PageKey, Column> wanted,
      Map<PageKey, CachedPage> found)
      throws IOException {
    Map<PageKey, Dictionary> numbered = new HashMap<>();
    List<PageKey> reads = new ArrayList<>();
    for (PageKey key : missing) {
      PageKey dictionary =
          new PageKey(key.path(), key.rowGroup(), key.column(), PageKey.DICTIONARY);
      if (file.chunk(key.rowGroup(), key.column()).hasDictionaryPage()
          && !numbered.containsKey(dictionary)) {
        Dictionary known = dictionaries.getIfPresent(dictionary);
        numbered.put(dictionary, known);
        if (known == null) {
          reads.add(dictionary);
        }
      }
    }
    int dictionaryReads = reads.size();
    reads.addAll(missing);
    List<ByteBuffer> parts =
        bytes.read(file.path(), file.length(), reads.stream().map(key -> span(file, key)).toList());
    try (PageDecoder decoder = new PageDecoder(configuration)) {
      for (int i = 0; i < dictionaryReads; i++) {
        Dictionary dictionary = decoder.dictionary(file, reads.get(i), parts.get(i));
        dictionaries.put(reads.get(i), dictionary);
        numbered.put(reads.get(i), dictionary);
      }
      for (int i = dictionaryReads; i < reads.size(); i++) {
        PageKey key = reads.get(i);
        Dictionary dictionary =
            numbered.get(new PageKey(key.path(), key.rowGroup(), key.column(), PageKey.DICTIONARY));
        CachedPage values =
            new CachedPage(
                decoder.values(
                    file, key, wanted.get(key), rows(file, key), parts.get(i), dictionary));
        pages.put(key, values);
        found.put(key, values);
      }
    }
  }

  private static FileParts.Span span(IndexedFile file, PageKey key) {
    ColumnChunkMetaData chunk = file.chunk(key.rowGroup(), key.column());
    if (key.page() == PageKey.DICTIONARY) {
      long begin = chunk.getDictionaryPageOffset();
      return new FileParts.Span(begin, Math.toIntExact(chunk.getFirstDataPageOffset() - begin));
    }
    OffsetIndex index = file.offsetIndex(key.rowGroup(), key.column());
    return new FileParts.Span(index.getOffset(key.page()), index.getCompressedPageSize(key.page()));
  }

  private static int rows(IndexedFile file, PageKey key) {
    OffsetIndex index = file.offsetIndex(key.rowGroup(), key.column());
    long last =
        index.getLastRowIndex(key.page(), file.rowGroups().get(key.rowGroup()).getRowCount());
    return (int) (last + 1 - index.getFirstRowIndex(key.page()));
  }
}
