package io.booklake.hub;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Processes that download and are killed with SIGKILL: among bytes of a large file, and among the
 * renames and links of many small ones.
 */
class KilledDownloadTest {
  private static final int HEAP_MEGABYTES = 256;

  /** How the name of a partial file ends that a later run continues. */
  private static final String PARTIAL = ".b00c1a4e.incomplete";

  @TempDir Path cache;

  /** What the processes run: {@code ENDPOINT CACHE DATASET}; prints a line per file. */
  public static void main(String[] arguments) throws IOException {
    Hub hub =
        new Hub(
            new HubSettings(
                URI.create(arguments[0]),
                Optional.empty(),
                Path.of(arguments[1]),
                false,
                Proxies.of(name -> null)));
    Snapshot snapshot = hub.resolve(DatasetRevision.parse(arguments[2]));
    Downloads downloads = new Downloads(hub);
    downloads.keep(snapshot, hub.list(snapshot));
    for (RepositoryFile file : hub.list(snapshot)) {
      downloads.download(
          snapshot,
          file,
          bytes -> {
            System.out.print('.');
            System.out.flush();
          });
    }
  }

  @Test
  void smallFilesAreWholeOrNotThereWheneverTheProcessIsKilled() throws Exception {
    Map<String, byte[]> files = new TreeMap<>();
    for (int i = 0; i < 400; i++) {
      files.put("folder/file-" + i + ".csv", Samples.random(5_000 + i, i));
    }
    killAgainAndAgain(files, 6, 90, 100_000);
  }

  @Test
  void aLargeFileIsWholeOrNotThereWheneverTheProcessIsKilled() throws Exception {
    killAgainAndAgain(Map.of("large.zip", Samples.random(150 << 20, 9)), 3, 6, 80L << 20);
  }

  /**
   * Kills each process after some signs of life, and then lets one come to its end.
   *
   * @param underWay bytes that a process may have received and not yet written when it dies
   */
  private void killAgainAndAgain(Map<String, byte[]> files, int kills, int mostSigns, long underWay)
      throws Exception {
    try (HubDouble server = new HubDouble()) {
      server.dataset("owner/data").putAll(files);
      Random random = new Random(11);
      for (int i = 0; i < kills; i++) {
        Process process = start(KilledDownloadTest.class, server, cache, HEAP_MEGABYTES);
        InputStream signs = process.getInputStream();
        signs.readNBytes(1 + random.nextInt(mostSigns));
        process.destroyForcibly().waitFor();
        assertNothingHalf();
      }
      assertThat(server.seen()).isNotEmpty();
      server.awaitQuiet();
      long begun = partialBytes();
      long before = server.contentBytes();
      Process last = start(KilledDownloadTest.class, server, cache, HEAP_MEGABYTES);
      last.getInputStream().readAllBytes();
      assertThat(last.waitFor()).isZero();
      assertNothingHalf();
      String commit = server.dataset("owner/data").mainCommit();
      Path snapshot = cache.resolve("datasets--owner--data/snapshots").resolve(commit);
      for (Map.Entry<String, byte[]> file : files.entrySet()) {
        assertThat(snapshot.resolve(file.getKey())).hasBinaryContent(file.getValue());
      }
      long all = files.values().stream().mapToLong(content -> content.length).sum();
      assertThat(server.contentBytes()).isLessThanOrEqualTo(all + kills * underWay);
      assertThat(server.contentBytes() - before).isLessThanOrEqualTo(all - begun);
    }
  }

  /** A process that downloads all of {@code owner/data} into a cache, with a heap of its own. */
  static Process start(Class<?> program, HubDouble server, Path cache, int heapMegabytes)
      throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx" + heapMegabytes + "m",
            // As the launcher has it: the default collector cannot move arrays of this size
            // together.
            "-XX:+UseParallelGC",
            "-cp",
            System.getProperty("java.class.path"),
            program.getName(),
            server.endpoint().toString(),
            cache.toString(),
            "owner/data")
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  /** What the next process need not ask for again. */
  private long partialBytes() throws IOException {
    long bytes = 0;
    try (Stream<Path> all = Files.walk(cache)) {
      for (Path partial : all.filter(path -> path.toString().endsWith(PARTIAL)).toList()) {
        bytes += Files.size(partial);
      }
    }
    return bytes;
  }

  /** Every content with a final name has the checksum that is its name; every link leads to one. */
  private void assertNothingHalf() throws Exception {
    for (Path blob : HubFixture.blobs(cache)) {
      assertThat(checksum(blob)).isEqualTo(blob.getFileName().toString());
    }
    try (Stream<Path> all = Files.walk(cache)) {
      assertThat(all.filter(Files::isSymbolicLink)).allMatch(Files::exists);
    }
  }

  private static String checksum(Path blob) throws IOException {
    byte[] content = Files.readAllBytes(blob);
    boolean large = blob.getFileName().toString().length() == 64;
    MessageDigest digest = Checksum.digest(large ? "SHA-256" : "SHA-1");
    if (!large) {
      digest.update(
          ("blob " + content.length + "\0").getBytes(java.nio.charset.StandardCharsets.US_ASCII));
    }
    return HexFormat.of().formatHex(digest.digest(content));
  }
}
