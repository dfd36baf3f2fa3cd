package io.booklake.landing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.booklake.hub.DatasetId;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Fetches that change a manifest take turns, and one that is stopped notes what it did. */
class ManifestFileTest {
  private static final Manifest.Entry ENTRY =
      new Manifest.Entry("0".repeat(40), 3, "git:" + "0".repeat(40));

  @TempDir private java.nio.file.Path folder;
  private ManifestFile manifest;

  @BeforeEach
  void open() throws IOException {
    Path dataset = new Path(folder.toUri());
    manifest =
        new ManifestFile(
            FileSystem.getLocal(new Configuration()),
            dataset,
            new Path(dataset, "_incoming"),
            DatasetId.parse("owner/lobster"));
  }

  @Test
  void whoChangesItHoldsTheLockThatOtherProcessesAskFor() throws IOException {
    AtomicBoolean isAsked = new AtomicBoolean();
    try (FileChannel other = lock()) {
      manifest.change(
          entries -> {
            assertThatThrownBy(other::tryLock).isInstanceOf(OverlappingFileLockException.class);
            isAsked.set(true);
          });
      assertThat(isAsked).isTrue();
      assertThat(other.tryLock()).as("and lets go of it").isNotNull();
    }
  }

  @Test
  void whoIsInterruptedNotesWhatItDidAndStaysInterrupted() throws IOException {
    boolean staysInterrupted;
    Thread.currentThread().interrupt();
    try {
      manifest.change(entries -> entries.put("a.csv", ENTRY));
    } finally {
      staysInterrupted = Thread.interrupted();
    }

    assertThat(staysInterrupted).isTrue();
    assertThat(manifest.read().files()).containsExactly(Map.entry("a.csv", ENTRY));
  }

  private FileChannel lock() throws IOException {
    java.nio.file.Path incoming = Files.createDirectories(folder.resolve("_incoming"));
    return FileChannel.open(
        incoming.resolve("manifest.lock"), StandardOpenOption.WRITE, StandardOpenOption.CREATE);
  }
}
