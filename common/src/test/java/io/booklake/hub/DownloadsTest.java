package io.booklake.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Downloads under faults: nothing is lost, and nothing half has a final name. */
class DownloadsTest {
  private static final String DATASET = "owner/mixed";
  private static final Pattern RANGE = Pattern.compile("bytes=(\\d+)-(\\d*)");

  @TempDir Path folder;
  private Path cache;
  private HubDouble server;
  private HubFixture client;

  @BeforeEach
  void start() throws IOException {
    cache = folder.resolve("cache");
    server = new HubDouble();
    client = new HubFixture(server, cache);
    server.dataset(DATASET).putAll(Samples.mixed());
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void everyFileIsWholeUnderItsNameAndEqualContentsAreKeptOnce() throws Exception {
    Snapshot snapshot = client.resolve(DATASET);
    List<RepositoryFile> files = client.hub.list(snapshot);
    AtomicLong received = new AtomicLong();
    for (RepositoryFile file : files) {
      Path link = new Downloads(client.hub).download(snapshot, file, received::addAndGet);
      assertThat(link).hasBinaryContent(Samples.mixed().get(file.path()));
      assertThat(link)
          .isEqualTo(
              cache
                  .resolve("datasets--owner--mixed/snapshots")
                  .resolve(snapshot.commit())
                  .resolve(file.path()));
      assertThat(Files.readSymbolicLink(link)).isRelative();
    }
    assertThat(received.get()).isEqualTo(files.stream().mapToLong(RepositoryFile::size).sum());
    assertThat(HubFixture.blobs(cache)).hasSize(files.size() - 1);
    assertThat(partials()).isEmpty();
    assertThat(cache.resolve("CACHEDIR.TAG")).exists();

    server.forget();
    for (RepositoryFile file : files) {
      new Downloads(client.hub).download(snapshot, file, bytes -> {});
    }
    assertThat(server.seen()).isEmpty();
  }

  @Test
  void aConnectionThatIsCutAtEveryTenthOfAFileIsContinuedWhereItBroke() throws Exception {
    byte[] content = Samples.mixed().get("a/table.parquet");
    int tenth = content.length / 10;
    AtomicInteger cuts = new AtomicInteger();
    server.intercept(
        (seen, exchange) -> {
          int from = from(exchange);
          int to = Math.min(content.length, from + tenth);
          if (!seen.server().equals("storage") || to == content.length) {
            return false;
          }
          cuts.incrementAndGet();
          cut(exchange, content, from, to);
          return true;
        });

    assertThat(client.download(DATASET, "a/table.parquet")).hasBinaryContent(content);
    assertThat(cuts.get()).isGreaterThanOrEqualTo(9);
    assertThat(partials()).isEmpty();
  }

  @Test
  void aSmallFileThatIsCutAtEveryTenthIsContinuedWhereItBroke() throws Exception {
    byte[] content = Samples.mixed().get("a/b/c/deep.csv");
    int tenth = content.length / 10;
    List<Integer> asked = new CopyOnWriteArrayList<>();
    server.intercept(
        (seen, exchange) -> {
          if (!seen.target().contains("/resolve/")) {
            return false;
          }
          int from = from(exchange);
          asked.add(from);
          if (from + tenth >= content.length) {
            return false;
          }
          cut(exchange, content, from, from + tenth);
          return true;
        });

    assertThat(client.download(DATASET, "a/b/c/deep.csv")).hasBinaryContent(content);
    assertThat(asked).doesNotHaveDuplicates().hasSize(10).isSorted();
    assertThat(partials()).isEmpty();
  }

  @Test
  void aDownloadThatIsCutForGoodIsContinuedByTheNextRun() throws Exception {
    byte[] content = Samples.mixed().get("a/table.parquet");
    for (int tenth = 1; tenth < 10; tenth++) {
      int reached = content.length / 10 * tenth;
      server.intercept(
          (seen, exchange) -> {
            if (!seen.server().equals("storage")) {
              return false;
            }
            cut(exchange, content, from(exchange), Math.max(reached, from(exchange)));
            return true;
          });
      HubException refused =
          refused(() -> new HubFixture(server, cache).download(DATASET, "a/table.parquet"));
      assertThat(refused.kind()).isEqualTo(HubException.Kind.UNREACHABLE);
      assertThat(refused).hasMessageContaining("continues");
      assertThat(HubFixture.blobs(cache)).isEmpty();
      assertThat(partials())
          .singleElement()
          .satisfies(
              partial ->
                  assertThat(Files.readAllBytes(partial))
                      .isEqualTo(Arrays.copyOf(content, (int) Files.size(partial))));
      server.heal();
    }
    long there = Files.size(partials().get(0));
    server.forget();
    assertThat(new HubFixture(server, cache).download(DATASET, "a/table.parquet"))
        .hasBinaryContent(content);
    assertThat(there).isGreaterThan(content.length / 2);
    assertThat(server.contentBytes()).isEqualTo(content.length - there);
  }

  /** The server holds the connection until the download is done: nothing else would end it. */
  @ParameterizedTest
  @ValueSource(strings = {"pack.zip", "a/table.parquet"})
  @Timeout(60)
  void aServerThatFallsSilentIsGivenUpAndAskedAgain(String path) throws Exception {
    byte[] content = Samples.mixed().get(path);
    CountDownLatch done = new CountDownLatch(1);
    AtomicInteger silences = new AtomicInteger(2);
    server.intercept(
        (seen, exchange) -> {
          if (!seen.server().equals("storage") || silences.getAndDecrement() <= 0) {
            return false;
          }
          int from = from(exchange);
          head(exchange, content, from);
          exchange.getResponseBody().write(content, from, 1000);
          exchange.getResponseBody().flush();
          HubFixture.await(done);
          return true;
        });
    HubFixture impatient = new HubFixture(server, cache, Duration.ofMillis(200));
    assertThat(impatient.download(DATASET, path)).hasBinaryContent(content);
    done.countDown();
    assertThat(silences.get()).isNegative();
  }

  @Test
  @Timeout(60)
  void aServerThatSendsNothingBehindTheHeadOfASmallAnswerIsGivenUp() throws Exception {
    byte[] content = Samples.mixed().get("pack.zip");
    CountDownLatch done = new CountDownLatch(1);
    AtomicInteger silences = new AtomicInteger(1);
    server.intercept(
        (seen, exchange) -> {
          if (!seen.server().equals("storage") || silences.getAndDecrement() <= 0) {
            return false;
          }
          head(exchange, content, 0);
          exchange.getResponseBody().flush();
          HubFixture.await(done);
          return true;
        });
    HubFixture impatient = new HubFixture(server, cache, Duration.ofMillis(200));
    assertThat(impatient.download(DATASET, "pack.zip")).hasBinaryContent(content);
    done.countDown();
    assertThat(silences.get()).isNegative();
  }

  /** Small, of some size, and by ranges: each is waited for in another way. */
  @ParameterizedTest
  @ValueSource(strings = {"pack.zip", "a/table.parquet", "large.zip"})
  @Timeout(60)
  void aDownloadThatIsInterruptedEndsAndSaysSo(String path) throws Exception {
    server.dataset(DATASET).put("large.zip", Samples.random((int) Downloads.LARGE_BYTES + 1, 7));
    Snapshot snapshot = client.resolve(DATASET);
    RepositoryFile file = client.file(snapshot, path);
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch done = new CountDownLatch(1);
    server.intercept(
        (seen, exchange) -> {
          if (!seen.server().equals("storage")) {
            return false;
          }
          HubFixture.sendSome(exchange, new byte[(int) file.size()], 1000);
          begun.countDown();
          HubFixture.await(done);
          return true;
        });
    ExecutorService threads = Executors.newSingleThreadExecutor();
    try {
      Future<String> outcome =
          threads.submit(
              () -> {
                IOException ended =
                    catchThrowableOfType(
                        IOException.class,
                        () -> new Downloads(client.hub).download(snapshot, file, bytes -> {}));
                return ended.getClass() + " " + Thread.currentThread().isInterrupted();
              });
      begun.await();
      threads.shutdownNow();
      assertThat(outcome.get()).isEqualTo(InterruptedIOException.class + " true");
    } finally {
      done.countDown();
      threads.shutdownNow();
    }
    assertThat(HubFixture.blobs(cache)).isEmpty();
  }

  @Test
  void aCacheThatIsEmptiedMeanwhileIsFilledAgain() throws Exception {
    Path first = client.download(DATASET, "a/b/c/deep.csv");
    try (Stream<Path> all = Files.walk(cache)) {
      all.sorted(Comparator.reverseOrder())
          .forEach(path -> assertThat(path.toFile().delete()).isTrue());
    }
    assertThat(client.download(DATASET, "a/b/c/deep.csv"))
        .isEqualTo(first)
        .hasBinaryContent(Samples.mixed().get("a/b/c/deep.csv"));
    assertThat(cache.resolve("CACHEDIR.TAG")).exists();
  }

  @Test
  void aServerThatKnowsNoRangesStartsAgain() throws Exception {
    byte[] content = Samples.mixed().get("pack.zip");
    AtomicInteger count = new AtomicInteger();
    server.intercept(
        (seen, exchange) -> {
          if (!seen.server().equals("storage")) {
            return false;
          }
          exchange.sendResponseHeaders(200, content.length);
          int to = count.getAndIncrement() == 0 ? content.length / 2 : content.length;
          exchange.getResponseBody().write(content, 0, to);
          return true;
        });
    AtomicLong received = new AtomicLong();
    Snapshot snapshot = client.resolve(DATASET);
    Path file =
        new Downloads(client.hub)
            .download(snapshot, client.file(snapshot, "pack.zip"), received::addAndGet);
    assertThat(file).hasBinaryContent(content);
    assertThat(received.get()).isEqualTo(content.length);
    assertThat(count.get()).isEqualTo(2);
  }

  @Test
  void aServerThatBeginsAnewAndBreaksOffEachTimeIsGivenUp() throws Exception {
    byte[] content = Samples.mixed().get("pack.zip");
    AtomicInteger count = new AtomicInteger();
    server.intercept(
        (seen, exchange) -> {
          if (!seen.server().equals("storage")) {
            return false;
          }
          count.incrementAndGet();
          exchange.sendResponseHeaders(200, content.length);
          exchange.getResponseBody().write(content, 0, 1000);
          return true;
        });
    assertThat(refused(() -> client.download(DATASET, "pack.zip")).kind())
        .isEqualTo(HubException.Kind.UNREACHABLE);
    assertThat(count.get()).isEqualTo(1 + Backoff.RETRIES);
    assertThat(HubFixture.blobs(cache)).isEmpty();
  }

  @Test
  void aContentWithAnotherChecksumNeverGetsAName() throws Exception {
    for (String path : List.of("a/table.parquet", "a/b/c/deep.csv")) {
      byte[] wrong = Samples.mixed().get(path);
      wrong[wrong.length / 2]++;
      server.intercept(
          (seen, exchange) -> {
            boolean content = seen.server().equals("storage") || path.endsWith(".csv");
            if (!content || !seen.target().matches("(/datasets/.*resolve.*deep.csv|/owner/.*)")) {
              return false;
            }
            exchange.sendResponseHeaders(200, wrong.length);
            exchange.getResponseBody().write(wrong);
            return true;
          });
      HubException refused = refused(() -> client.download(DATASET, path));
      assertThat(refused.kind()).isEqualTo(HubException.Kind.CORRUPT);
      assertThat(refused).hasMessageContainingAll(path, "checksum");
      assertThat(HubFixture.blobs(cache)).isEmpty();
      assertThat(partials()).isEmpty();
      server.heal();
    }
  }

  @Test
  void rubbishOfAnEarlierRunIsNotBelieved() throws Exception {
    byte[] content = Samples.mixed().get("a/table.parquet");
    Snapshot snapshot = client.resolve(DATASET);
    RepositoryFile file = client.file(snapshot, "a/table.parquet");
    Path blobs = Files.createDirectories(cache.resolve("datasets--owner--mixed/blobs"));
    for (byte[] rubbish : List.of(new byte[1000], new byte[content.length + 1])) {
      Files.write(blobs.resolve(file.etag() + ".b00c1a4e.incomplete"), rubbish);
      assertThat(client.download(DATASET, "a/table.parquet")).hasBinaryContent(content);
      Files.delete(blobs.resolve(file.etag()));
    }
    Files.write(blobs.resolve(file.etag()), new byte[7]);
    assertThat(client.download(DATASET, "a/table.parquet")).hasBinaryContent(content);
  }

  @Test
  void aShorterOrLongerFileThanTheListingSaysIsCorrupt() throws Exception {
    Snapshot snapshot = client.resolve(DATASET);
    RepositoryFile real = client.file(snapshot, "pack.zip");
    for (long size : new long[] {real.size() - 1, real.size() + 1}) {
      RepositoryFile wrong =
          new RepositoryFile(real.path(), size, real.blobId(), real.lfsSha256(), null);
      HubException refused =
          refused(() -> new Downloads(client.hub).download(snapshot, wrong, bytes -> {}));
      assertThat(refused.kind()).isEqualTo(HubException.Kind.CORRUPT);
      assertThat(HubFixture.blobs(cache)).isEmpty();
    }
  }

  @Test
  void aShorterFileIsCorruptAlsoWhereTheServerTellsNoLength() throws Exception {
    byte[] content = Samples.mixed().get("pack.zip");
    Snapshot snapshot = client.resolve(DATASET);
    RepositoryFile real = client.file(snapshot, "pack.zip");
    RepositoryFile longer =
        new RepositoryFile(real.path(), real.size() + 1, real.blobId(), real.lfsSha256(), null);
    AtomicInteger asked = new AtomicInteger();
    server.intercept(
        (seen, exchange) -> {
          if (!seen.server().equals("storage") || asked.getAndIncrement() > 0) {
            return false;
          }
          exchange.sendResponseHeaders(200, 0);
          exchange.getResponseBody().write(content);
          return true;
        });
    HubException refused =
        refused(() -> new Downloads(client.hub).download(snapshot, longer, bytes -> {}));
    assertThat(refused.kind()).isEqualTo(HubException.Kind.CORRUPT);
    assertThat(refused).hasMessageContaining("shorter");
    assertThat(HubFixture.blobs(cache)).isEmpty();
  }

  @Test
  void aFileThatVanishedIsNamed() throws Exception {
    Snapshot snapshot = client.resolve(DATASET);
    RepositoryFile gone = new RepositoryFile("gone.csv", 1, "0".repeat(40), null, null);
    HubException refused =
        refused(() -> new Downloads(client.hub).download(snapshot, gone, bytes -> {}));
    assertThat(refused.kind()).isEqualTo(HubException.Kind.NO_FILE);
    assertThat(refused).hasMessageContainingAll("gone.csv", snapshot.commit());
    assertThat(refused.concernsWholeDataset()).isFalse();
  }

  @Test
  void anAddressThatExpiredIsAskedForAgain() throws Exception {
    Snapshot snapshot = client.resolve(DATASET);
    RepositoryFile file = client.file(snapshot, "a/table.parquet");
    RemoteFile remote = client.hub.remote(snapshot, file);
    byte[] target = new byte[1000];
    assertThat(remote.read(0, ByteBuffer.wrap(target))).isTrue();
    AtomicInteger expired = new AtomicInteger(1);
    server.intercept(
        (seen, exchange) -> {
          if (!seen.server().equals("storage") || expired.getAndDecrement() <= 0) {
            return false;
          }
          HubDouble.refuse(exchange, 403, null, "Request has expired");
          return true;
        });
    assertThat(remote.read(500, ByteBuffer.wrap(target))).isTrue();
    assertThat(target)
        .isEqualTo(Arrays.copyOfRange(Samples.mixed().get("a/table.parquet"), 500, 1500));
    server.forget();
    remote.read(0, ByteBuffer.wrap(target, 0, 10));
    assertThat(server.seen()).allMatch(seen -> seen.server().equals("storage")).hasSize(1);
  }

  @Test
  void anAddressThatExpiredIsAskedForAgainAlsoIfItsRefusalBreaksOff() throws Exception {
    byte[] content = Samples.mixed().get("a/table.parquet");
    AtomicInteger asked = new AtomicInteger();
    server.intercept(
        (seen, exchange) -> {
          int time = seen.server().equals("storage") ? asked.incrementAndGet() : 0;
          if (time == 1) {
            cut(exchange, content, 0, 1_000_000);
          } else if (time == 2) {
            exchange.sendResponseHeaders(403, 1000);
            exchange.getResponseBody().write("expired".getBytes(StandardCharsets.UTF_8));
          }
          return time == 1 || time == 2;
        });
    assertThat(client.download(DATASET, "a/table.parquet")).hasBinaryContent(content);
    assertThat(asked.get()).isEqualTo(3);
  }

  /** No checksum would tell of a part. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "bytes 0-999/3000000",
        "bytes 500-1500/3000000",
        "bytes 500-1499/3000001",
        "bytes 500-1499/*",
        "bytes"
      })
  void aPartThatIsNotTheOneThatWasAskedForIsRefused(String range) throws Exception {
    Snapshot snapshot = client.resolve(DATASET);
    Hub.Content content = client.hub.content(snapshot, client.file(snapshot, "a/table.parquet"));
    server.intercept(
        (seen, exchange) -> {
          if (!seen.server().equals("storage")) {
            return false;
          }
          exchange.getResponseHeaders().set("Content-Range", range);
          exchange.sendResponseHeaders(206, 1000);
          exchange.getResponseBody().write(new byte[1000]);
          return true;
        });
    HubException refused = refused(() -> read(content));
    assertThat(refused.kind()).isEqualTo(HubException.Kind.CORRUPT);
    assertThat(refused).hasMessageContainingAll("a/table.parquet", "found " + range);
  }

  private static byte[] read(Hub.Content content) throws IOException {
    byte[] part = new byte[1000];
    content.read(500, part, 0, 1000);
    return part;
  }

  @Test
  void aRangeThatIsCutIsContinuedWhereItBrokeAndFillsNothingElse() throws Exception {
    byte[] content = Samples.mixed().get("a/table.parquet");
    int length = content.length - 2000;
    List<String> asked = new CopyOnWriteArrayList<>();
    server.intercept(
        (seen, exchange) -> {
          if (!seen.server().equals("storage")) {
            return false;
          }
          asked.add(exchange.getRequestHeaders().getFirst("Range"));
          HubFixture.sendSome(exchange, content, length / 10);
          return true;
        });
    Snapshot snapshot = client.resolve(DATASET);
    RemoteFile remote = client.hub.remote(snapshot, client.file(snapshot, "a/table.parquet"));
    byte[] target = new byte[length + 20];

    assertThat(remote.read(1000, ByteBuffer.wrap(target, 10, length))).isTrue();

    byte[] expected = new byte[length + 20];
    System.arraycopy(content, 1000, expected, 10, length);
    assertThat(target).isEqualTo(expected);
    assertThat(asked)
        .hasSizeBetween(10, 11)
        .doesNotHaveDuplicates()
        .allMatch(range -> range.endsWith("-" + (1000 + length - 1)));
  }

  @Test
  @Timeout(60)
  void severalRangesOfALargeFileAreUnderWayAtOnce() throws Exception {
    byte[] content = Samples.random((int) Downloads.LARGE_BYTES + 12_345, 7);
    server.dataset(DATASET).put("large.zip", content);
    // None is answered before several were asked.
    CountDownLatch several = new CountDownLatch(4);
    server.intercept(
        (seen, exchange) -> {
          if (seen.server().equals("storage")) {
            several.countDown();
            HubFixture.await(several);
          }
          return false;
        });
    assertThat(client.download(DATASET, "large.zip")).hasBinaryContent(content);
  }

  @Test
  void rangesOfALargeFileComeInParallelAndStopInOrder() throws Exception {
    byte[] content = Samples.random((int) Downloads.LARGE_BYTES + 12_345, 7);
    server.dataset(DATASET).put("large.zip", content);
    AtomicInteger asked = new AtomicInteger();
    server.intercept(
        (seen, exchange) -> {
          if (seen.server().equals("storage") && asked.incrementAndGet() > 6) {
            HubDouble.refuse(exchange, 403, null, "Request has expired");
            return true;
          }
          return false;
        });
    HubException refused = refused(() -> client.download(DATASET, "large.zip"));
    assertThat(refused.kind()).isEqualTo(HubException.Kind.UNAUTHORIZED);
    long there = Files.size(partials().get(0));
    assertThat(Files.readAllBytes(partials().get(0)))
        .isEqualTo(Arrays.copyOf(content, (int) there));
    server.awaitQuiet();
    server.heal();
    server.forget();

    assertThat(client.download(DATASET, "large.zip")).hasBinaryContent(content);
    assertThat(server.contentBytes()).isEqualTo(content.length - there);
  }

  @Test
  void aLargeFileComesAlsoFromAServerThatKnowsNoRanges() throws Exception {
    byte[] content = Samples.random((int) Downloads.LARGE_BYTES + 5, 8);
    server.dataset(DATASET).put("large.zip", content);
    server.intercept(
        (seen, exchange) -> {
          if (!seen.server().equals("storage")) {
            return false;
          }
          exchange.sendResponseHeaders(200, content.length);
          exchange.getResponseBody().write(content);
          return true;
        });
    assertThat(client.download(DATASET, "large.zip")).hasBinaryContent(content);
  }

  @Test
  void manyThreadsThatWantOneFileDownloadItOnce() throws Exception {
    Snapshot snapshot = client.resolve(DATASET);
    RepositoryFile file = client.file(snapshot, "a/table.parquet");
    server.forget();
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      List<Future<Path>> all = new ArrayList<>();
      for (int i = 0; i < 16; i++) {
        all.add(
            threads.submit(() -> new Downloads(client.hub).download(snapshot, file, bytes -> {})));
      }
      for (Future<Path> each : all) {
        assertThat(each.get()).hasBinaryContent(Samples.mixed().get("a/table.parquet"));
      }
    } finally {
      threads.shutdownNow();
    }
    assertThat(server.contentBytes()).isEqualTo(file.size());
    assertThat(partials()).isEmpty();
  }

  @Test
  void aLinkThatIsPlantedBetweenTwoDownloadsIsNotFollowed() throws Exception {
    Path inside = client.download(DATASET, "a/table.parquet").getParent();
    Path outside = Files.createDirectory(folder.resolve("outside"));
    Files.delete(inside.resolve("table.parquet"));
    Files.delete(inside);
    Files.createSymbolicLink(inside, outside);

    HubException refused = refused(() -> client.download(DATASET, "a/table.parquet"));

    assertThat(refused.kind()).isEqualTo(HubException.Kind.UNSAFE);
    assertThat(outside).isEmptyDirectory();
  }

  @Test
  void aLinkThatLeadsOutOfTheCacheIsNotFollowed() throws Exception {
    Snapshot snapshot = client.resolve(DATASET);
    Path outside = Files.createDirectory(folder.resolve("outside"));
    Path snapshots =
        Files.createDirectories(
            cache.resolve("datasets--owner--mixed/snapshots").resolve(snapshot.commit()));
    Files.createSymbolicLink(snapshots.resolve("a"), outside);
    HubException refused = refused(() -> client.download(DATASET, "a/table.parquet"));
    assertThat(refused.kind()).isEqualTo(HubException.Kind.UNSAFE);
    assertThat(outside).isEmptyDirectory();
  }

  @Test
  void aLinkToAnotherContentIsReplaced() throws Exception {
    Path link = client.download(DATASET, "pack.zip");
    Files.delete(link);
    Files.createSymbolicLink(link, Path.of("../../blobs/other"));
    assertThat(client.download(DATASET, "pack.zip"))
        .hasBinaryContent(Samples.mixed().get("pack.zip"));
  }

  @Test
  void aFullDiskSaysWhereToMakeRoomAndIsContinuedOnceThereIs() throws Exception {
    Path disk = Files.createDirectory(folder.resolve("disk"));
    assumeTrue(
        mount(disk, "-t", "tmpfs", "-o", "size=1m", "tmpfs"),
        "skipped: only root can mount a small disk");
    try {
      HubFixture small = new HubFixture(server, disk.resolve("cache"));
      HubException refused = refused(() -> small.download(DATASET, "a/table.parquet"));
      assertThat(refused.kind()).isEqualTo(HubException.Kind.CACHE);
      assertThat(refused).hasMessageContainingAll("No space left", "HF_HUB_CACHE");
      assertThat(refused(() -> small.download(DATASET, "a/b/c/deep.csv")).kind())
          .isEqualTo(HubException.Kind.CACHE);
      assertThat(HubFixture.blobs(small.cache)).isEmpty();

      assertThat(mount(disk, "-o", "remount,size=20m")).isTrue();
      server.forget();
      assertThat(small.download(DATASET, "a/table.parquet"))
          .hasBinaryContent(Samples.mixed().get("a/table.parquet"));
      assertThat(server.contentBytes()).isLessThan(Samples.mixed().get("a/table.parquet").length);
    } finally {
      new ProcessBuilder("umount", "--lazy", disk.toString()).start().waitFor();
    }
  }

  @Test
  void aFullDiskLeavesNoReferenceBehindThatPythonCannotRead() throws Exception {
    Path disk = Files.createDirectory(folder.resolve("disk"));
    assumeTrue(
        mount(disk, "-t", "tmpfs", "-o", "size=64k", "tmpfs"),
        "skipped: only root can mount a small disk");
    try {
      HubFixture small = new HubFixture(server, disk.resolve("cache"));
      Path own = Files.createDirectories(small.cache.resolve("datasets--owner--mixed"));
      Snapshot snapshot = small.resolve(DATASET);
      List<RepositoryFile> files = small.hub.list(snapshot);
      Path filler = disk.resolve("filler");
      assertThatIOException().isThrownBy(() -> Files.write(filler, new byte[1 << 20]));
      assertThat(refused(() -> keep(small, snapshot, files)).kind())
          .isEqualTo(HubException.Kind.CACHE);
      assertThat(regularFiles(own)).isEmpty();

      Files.delete(filler);
      keep(small, snapshot, files);
      assertThat(own.resolve("refs")).isDirectoryContaining(path -> path.endsWith("main"));
      assertThat(regularFiles(own.resolve("refs"))).hasSize(1);
    } finally {
      new ProcessBuilder("umount", "--lazy", disk.toString()).start().waitFor();
    }
  }

  @Test
  void whatKilledRunsLeftGoesWhenItIsOld() throws Exception {
    Path own = Files.createDirectories(cache.resolve("datasets--owner--mixed"));
    Path references = Files.createDirectories(own.resolve("refs"));
    Path half = Files.writeString(references.resolve("main.0123abcd.tmp"), "0123");
    Path branch = Files.writeString(references.resolve("odd.0123abcd.tmp"), "0".repeat(40));
    Path left = Files.writeString(own.resolve("0123abcd.tmp"), "0123");
    Path underWay = Files.writeString(own.resolve("0123abce.tmp"), "0123");
    for (Path path : List.of(half, branch, left)) {
      Files.setLastModifiedTime(path, FileTime.from(Instant.now().minus(Duration.ofHours(25))));
    }
    Snapshot snapshot = client.resolve(DATASET);
    keep(client, snapshot, client.hub.list(snapshot));
    assertThat(regularFiles(references))
        .containsExactlyInAnyOrder(branch, references.resolve("main"));
    assertThat(left).doesNotExist();
    assertThat(underWay).exists();
  }

  private static Object keep(HubFixture client, Snapshot snapshot, List<RepositoryFile> files)
      throws IOException {
    new Downloads(client.hub).keep(snapshot, files);
    return snapshot;
  }

  private static List<Path> regularFiles(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(Files::isRegularFile).toList();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {256, 300})
  void aNameThatIsTooLongIsRefusedAlone(int length) throws Exception {
    String path = "x".repeat(length);
    server.dataset(DATASET).put(path, new byte[1]);
    HubException refused = refused(() -> client.download(DATASET, path));
    assertThat(refused.kind()).isEqualTo(HubException.Kind.NAME);
    assertThat(client.download(DATASET, "README.md")).exists();
  }

  @Test
  void aNameOfTheLengthThatDisksTakeIsOne() throws Exception {
    String path = "ä".repeat(127) + "x";
    server.dataset(DATASET).put(path, new byte[] {7});
    Path link = client.download(DATASET, path);
    assertThat(link).hasBinaryContent(new byte[] {7});
    Files.delete(link);
    Files.createSymbolicLink(link, Path.of("../../blobs/other"));
    assertThat(client.download(DATASET, path)).hasBinaryContent(new byte[] {7});
  }

  @ParameterizedTest
  @ValueSource(strings = {"pack.zip/more.zip", "pack.zip/deep/down/more.zip", "a/b"})
  void aFileThatIsAFolderAtOnceIsRefusedAlone(String path) throws Exception {
    server.dataset(DATASET).put(path, new byte[] {7});
    for (String other : List.of("pack.zip", "a/b/c/deep.csv")) {
      assertThat(client.download(DATASET, other)).exists();
    }
    HubException refused = refused(() -> client.download(DATASET, path));
    assertThat(refused.kind()).isEqualTo(HubException.Kind.NAME);
    assertThat(refused).hasMessageContaining("a file and a folder at once");
  }

  private static boolean mount(Path disk, String... options) throws Exception {
    List<String> command = new ArrayList<>(List.of("mount"));
    command.addAll(List.of(options));
    command.add(disk.toString());
    try {
      return new ProcessBuilder(command).start().waitFor() == 0;
    } catch (IOException e) {
      return false;
    }
  }

  private List<Path> partials() throws IOException {
    try (Stream<Path> files = Files.list(cache.resolve("datasets--owner--mixed/blobs"))) {
      return files.filter(file -> file.toString().endsWith(".incomplete")).toList();
    }
  }

  private static int from(HttpExchange exchange) {
    Matcher range = RANGE.matcher(String.valueOf(exchange.getRequestHeaders().getFirst("Range")));
    return range.matches() ? Integer.parseInt(range.group(1)) : 0;
  }

  private static void head(HttpExchange exchange, byte[] content, int from) throws IOException {
    exchange
        .getResponseHeaders()
        .set("Content-Range", "bytes " + from + "-" + (content.length - 1) + "/" + content.length);
    exchange.sendResponseHeaders(from == 0 ? 200 : 206, content.length - from);
  }

  /** Promises all, sends a part, and closes the connection. */
  private static void cut(HttpExchange exchange, byte[] content, int from, int to)
      throws IOException {
    head(exchange, content, from);
    OutputStream out = exchange.getResponseBody();
    out.write(content, from, to - from);
    out.flush();
  }

  private interface Call {
    Object call() throws IOException;
  }

  private static HubException refused(Call call) {
    HubException refused = catchThrowableOfType(HubException.class, call::call);
    assertThat(refused).isNotNull();
    return refused;
  }
}
