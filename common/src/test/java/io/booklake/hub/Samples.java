package io.booklake.hub;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** Datasets for a {@link HubDouble} that runs as a program. */
final class Samples {
  private Samples() {}

  /** Small, empty, large and oddly named files in folders. */
  static Map<String, byte[]> mixed() {
    Map<String, byte[]> files = new TreeMap<>();
    files.put(
        "README.md", "---\npretty_name: mixed\n---\nA dataset.\n".getBytes(StandardCharsets.UTF_8));
    files.put(".gitattributes", "*.parquet filter=lfs\n".getBytes(StandardCharsets.UTF_8));
    files.put("empty.txt", new byte[0]);
    files.put("folder with blanks/ä+b%20&c#.csv", "1,2\n".getBytes(StandardCharsets.UTF_8));
    files.put("a/b/c/deep.csv", random(70_000, 1));
    files.put("a/b/c/same.csv", random(70_000, 1));
    files.put("a/table.parquet", random(3_000_000, 2));
    files.put("pack.zip", random(200_000, 3));
    return files;
  }

  static byte[] random(int size, long seed) {
    byte[] bytes = new byte[size];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }

  /** Files of 20 KB, a hundred in a folder. */
  static Map<String, byte[]> small(int files) {
    Map<String, byte[]> small = new TreeMap<>();
    for (int i = 0; i < files; i++) {
      small.put(String.format("part-%02d/file-%04d.csv", i / 100, i), random(20_000, i));
    }
    return small;
  }

  static void addTo(HubDouble hub) {
    hub.dataset("owner/mixed").putAll(mixed());
    Map<String, byte[]> small = small(5_000);
    hub.dataset("bench/small").putAll(small);
    hub.dataset("bench/distant").putAll(small);
    hub.dataset("bench/large").putZeros("large.bin", 2L << 30);
    hub.dataset("owner/empty");
  }
}
