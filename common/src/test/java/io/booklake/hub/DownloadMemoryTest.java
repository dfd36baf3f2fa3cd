package io.booklake.hub;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a download keeps in memory, by a process that has little. */
class DownloadMemoryTest {
  private static final int HEAP_MEGABYTES = 160;

  @TempDir Path cache;

  @Test
  void aFileMuchLargerThanTheHeapIsDownloaded() throws Exception {
    long size = (4L * HEAP_MEGABYTES) << 20;
    try (HubDouble server = new HubDouble()) {
      String commit = server.dataset("owner/data").putZeros("large.bin", size);

      Process process = KilledDownloadTest.start(server, cache, HEAP_MEGABYTES);
      process.getInputStream().readAllBytes();

      assertThat(process.waitFor()).isZero();
      assertThat(
              cache.resolve("datasets--owner--data/snapshots").resolve(commit).resolve("large.bin"))
          .hasSize(size);
    }
  }
}
