package io.booklake.read;

import static org.assertj.core.api.Assertions.assertThat;

import io.booklake.delta.FileSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the cache reads of a file's end, and how much of it it keeps. */
class PageCacheTest {
  /** Of the bytes of a cache, the part for the ends of files. */
  private static final int PART_FOR_FILES = 8;

  @TempDir private Path folder;
  private Path path;
  private NotedParts parts;

  @BeforeEach
  void store() throws IOException {
    path = StoredRows.manyMessages(folder, 120_000, 1_000);
    parts = new NotedParts(Files.readAllBytes(path));
  }

  private PageCache cache(long forFiles) {
    PageDecoders decoders = new PageDecoders(FileSettings.local());
    return new PageCache(decoders, parts, PART_FOR_FILES * forFiles);
  }

  private IndexedFile file(PageCache cache) throws IOException {
    return cache.file(path.toString(), Files.size(path));
  }

  private static List<Integer> rowGroups(IndexedFile file) {
    return IntStream.range(0, file.rowGroups()).boxed().toList();
  }

  @Test
  void theIndexesOfAllRowGroupsAreReadAtOnceAndKept() throws IOException {
    PageCache cache = cache(1 << 20);
    IndexedFile file = file(cache);
    int opened = parts.asked.size();

    cache.readIndexes(file, rowGroups(file));
    for (int rowGroup : rowGroups(file)) {
      assertThat(cache.index(file, rowGroup)).isSameAs(file.knownIndex(rowGroup)).isNotNull();
    }
    cache.readIndexes(file, rowGroups(file));

    assertThat(parts.asked).hasSize(opened + 1);
    assertThat(file(cache)).isSameAs(file);
  }

  @Test
  void aFileWhoseIndexesAreReadWeighsMoreAndGivesWay() throws IOException {
    IndexedFile whole = file(cache(1 << 20));
    long without = whole.weight();
    whole.readIndexes(rowGroups(whole), parts, new Room());
    PageCache cache = cache((without + whole.weight()) / 2);
    IndexedFile file = file(cache);
    assertThat(file(cache)).isSameAs(file);

    cache.readIndexes(file, rowGroups(file));

    assertThat(file(cache)).isNotSameAs(file);
  }
}
