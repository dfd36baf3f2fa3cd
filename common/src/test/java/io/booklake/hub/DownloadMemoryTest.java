package io.booklake.hub;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.ref.WeakReference;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a download keeps in memory, by a process that has little. */
class DownloadMemoryTest {
  private static final int HEAP_MEGABYTES = 160;
  private static final int FILES = 8;

  @TempDir Path cache;

  @Test
  void aFileMuchLargerThanTheHeapIsDownloaded() throws Exception {
    long size = (4L * HEAP_MEGABYTES) << 20;
    try (HubDouble server = new HubDouble()) {
      String commit = server.dataset("owner/data").putZeros("large.bin", size);

      Process process =
          KilledDownloadTest.start(KilledDownloadTest.class, server, cache, HEAP_MEGABYTES);
      process.getInputStream().readAllBytes();

      assertThat(process.waitFor()).isZero();
      assertThat(
              cache.resolve("datasets--owner--data/snapshots").resolve(commit).resolve("large.bin"))
          .hasSize(size);
    }
  }

  @Test
  void eightLargeFilesAtOnceTakeNoMoreThanTwo() throws Exception {
    try (HubDouble server = new HubDouble()) {
      Repository dataset = server.dataset("owner/data");
      for (int i = 0; i < FILES; i++) {
        dataset.putZeros("large-" + i + ".bin", Downloads.LARGE_BYTES + (32 << 20) + i);
      }

      Process process =
          KilledDownloadTest.start(DownloadMemoryTest.class, server, cache, 2 * HEAP_MEGABYTES);

      // One that hangs would hold up whoever reads what it says.
      if (!process.waitFor(2, TimeUnit.MINUTES)) {
        process.destroyForcibly();
      }
      assertThat(process.getInputStream().readAllBytes()).asString().isEqualTo("8 files");
      assertThat(process.waitFor()).isZero();
    }
  }

  @Test
  void aConnectionThatWaitsForItsNextUseKeepsNothingOfWhatItBrought() throws Exception {
    try (HubDouble server = new HubDouble()) {
      server.dataset("owner/data").putZeros("large.bin", Downloads.LARGE_BYTES);
      HubFixture client = new HubFixture(server, cache);
      Snapshot snapshot = client.resolve("owner/data");
      RemoteFile remote = client.hub.remote(snapshot, client.file(snapshot, "large.bin"));

      WeakReference<byte[]> brought = new WeakReference<>(range(remote));

      Instant deadline = Instant.now().plusSeconds(20);
      while (!brought.refersTo(null) && Instant.now().isBefore(deadline)) {
        System.gc();
        Thread.sleep(20);
      }
      assertThat(brought.refersTo(null)).isTrue();
    }
  }

  private static byte[] range(RemoteFile remote) throws IOException {
    byte[] bytes = new byte[1 << 20];
    assertThat(remote.read(0, ByteBuffer.wrap(bytes))).isTrue();
    return bytes;
  }

  /** What that process runs: {@code ENDPOINT CACHE DATASET}; all files at once. */
  public static void main(String[] arguments) throws Exception {
    Hub hub =
        new Hub(
            new HubSettings(
                URI.create(arguments[0]),
                Optional.empty(),
                Path.of(arguments[1]),
                false,
                Proxies.of(name -> null)));
    Snapshot snapshot = hub.resolve(DatasetRevision.parse(arguments[2]));
    ExecutorService threads = Executors.newFixedThreadPool(FILES);
    int whole = 0;
    try {
      List<Future<Path>> all = new ArrayList<>();
      for (RepositoryFile file : hub.list(snapshot)) {
        all.add(threads.submit(() -> new Downloads(hub).download(snapshot, file, bytes -> {})));
      }
      for (Future<Path> each : all) {
        whole += Files.exists(each.get()) ? 1 : 0;
      }
    } finally {
      threads.shutdownNow();
    }
    System.out.print(whole + " files");
  }
}
