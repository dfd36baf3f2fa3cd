package io.booklake.read;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.parquet.internal.column.columnindex.OffsetIndex;

/**
 * What was read last, within a bound: the ends of files, and pages. These stay encoded, as of
 * thousands of rows in a page mostly a few are asked for; so they take a tenth of the memory, and
 * are no burden for the garbage collector while the cache fills. For any thread.
 */
final class PageCache {
  /** Of the bytes, the part for pages; the rest is for the ends of files. */
  private static final double PAGES = 0.75;

  private final PageDecoders decoders;
  private final FileParts bytes;
  private final Cache<String, IndexedFile> files;
  private final Cache<PageKey, StoredPage> pages;
  private final Cache<PageKey, DictionaryValues> dictionaries;

  /** A cache of about so many bytes of what {@code bytes} gives. */
  PageCache(PageDecoders decoders, FileParts bytes, long capacity) {
    this.decoders = decoders;
    this.bytes = bytes;
    long pageBytes = (long) (PAGES * capacity);
    files =
        bounded()
            .maximumWeight((capacity - pageBytes) / 2)
            .weigher((String path, IndexedFile file) -> file.weight())
            .build();
    dictionaries =
        bounded()
            .maximumWeight((capacity - pageBytes) / 2)
            .weigher((PageKey key, DictionaryValues dictionary) -> dictionary.weight())
            .build();
    pages =
        bounded()
            .maximumWeight(pageBytes)
            .weigher((PageKey key, StoredPage page) -> page.weight())
            .build();
  }

  /**
   * What is too much is dropped by the thread that puts more in. By default another thread is woken
   * for that at each put, which costs the one that waits for pages more than to do it.
   */
  private static Caffeine<Object, Object> bounded() {
    return Caffeine.newBuilder().executor(Runnable::run);
  }

  /** The end of a file. */
  IndexedFile file(String path, long length) throws IOException {
    IndexedFile file = files.getIfPresent(path);
    if (file == null) {
      try (PageDecoder decoder = decoders.open()) {
        file = IndexedFile.read(path, length, bytes, decoder.room());
      }
      files.put(path, file);
    }
    return file;
  }

  /**
   * Where the pages of a row group lie and what they hold.
   *
   * @throws IOException if it is not here and cannot be read
   */
  PageIndex index(IndexedFile file, int rowGroup) throws IOException {
    PageIndex index = file.knownIndex(rowGroup);
    if (index == null) {
      readIndexes(file, List.of(rowGroup));
      index = file.knownIndex(rowGroup);
    }
    return index;
  }

  /** Reads the indexes of several row groups that are going to be asked for, all at once. */
  void readIndexes(IndexedFile file, List<Integer> rowGroups) throws IOException {
    if (rowGroups.stream().anyMatch(each -> file.knownIndex(each) == null)) {
      try (PageDecoder decoder = decoders.open()) {
        file.readIndexes(rowGroups, bytes, decoder.room());
      }
      // It weighs more now, if it is still here.
      files.asMap().replace(file.path(), file, file);
    }
  }

  /**
   * Pages of one row group.
   *
   * @param pages by key
   * @param dictionaries of their columns, where pages refer to one, by key
   */
  record Found(Map<PageKey, StoredPage> pages, Map<PageKey, DictionaryValues> dictionaries) {

    /** Dictionaries that pages refer to. */
    private Set<PageKey> referred() {
      Set<PageKey> referred = new HashSet<>();
      pages.forEach(
          (key, page) -> {
            if (page.isNumbered()) {
              referred.add(key.dictionary());
            }
          });
      return referred;
    }
  }

  /** Pages of one row group with the dictionaries they need; what is not here is read together. */
  Found pages(IndexedFile file, Set<PageKey> wanted) throws IOException {
    Found found = new Found(new HashMap<>(), new HashMap<>());
    List<PageKey> missing = new ArrayList<>();
    for (PageKey key : wanted) {
      StoredPage page = pages.getIfPresent(key);
      if (page == null) {
        missing.add(key);
      } else {
        found.pages.put(key, page);
      }
      // Behind a dictionary that became too large are pages that do not refer to it.
      boolean mayRefer = page == null || page.isNumbered();
      PageKey numbered = key.dictionary();
      if (mayRefer
          && !found.dictionaries.containsKey(numbered)
          && file.chunk(key.rowGroup(), key.column()).hasDictionary()) {
        DictionaryValues dictionary = dictionaries.getIfPresent(numbered);
        if (dictionary == null) {
          missing.add(numbered);
        }
        found.dictionaries.put(numbered, dictionary);
      }
    }
    if (!missing.isEmpty()) {
      load(file, missing, found);
    }
    return found;
  }

  private void load(IndexedFile file, List<PageKey> missing, Found found) throws IOException {
    List<FileParts.Span> spans = new ArrayList<>(missing.size());
    for (PageKey key : missing) {
      spans.add(span(file, key));
    }
    try (PageDecoder decoder = decoders.open()) {
      List<ByteBuffer> parts = bytes.read(file.path(), file.length(), spans, decoder.room());
      for (int i = 0; i < missing.size(); i++) {
        PageKey key = missing.get(i);
        if (key.page() != PageKey.DICTIONARY) {
          StoredPage page = decoder.page(file, key, parts.get(i));
          pages.put(key, page);
          found.pages.put(key, page);
        }
      }
      Set<PageKey> referred = found.referred();
      for (int i = 0; i < missing.size(); i++) {
        PageKey key = missing.get(i);
        if (referred.contains(key)) {
          DictionaryValues dictionary = decoder.dictionary(file, key, parts.get(i));
          dictionaries.put(key, dictionary);
          found.dictionaries.put(key, dictionary);
        }
      }
    }
  }

  private FileParts.Span span(IndexedFile file, PageKey key) throws IOException {
    if (key.page() == PageKey.DICTIONARY) {
      StoredChunk chunk = file.chunk(key.rowGroup(), key.column());
      long begin = chunk.dictionary();
      return new FileParts.Span(begin, Math.toIntExact(chunk.pages() - begin));
    }
    OffsetIndex places = index(file, key.rowGroup()).places(key.column());
    return new FileParts.Span(
        places.getOffset(key.page()), places.getCompressedPageSize(key.page()));
  }
}
