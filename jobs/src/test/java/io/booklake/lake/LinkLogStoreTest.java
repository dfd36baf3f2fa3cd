package io.booklake.lake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Of several writers of one version exactly one succeeds. */
class LinkLogStoreTest {
  private static final int WRITERS = 4;

  @TempDir private Path folder;
  private final Configuration configuration = new Configuration(false);

  @Test
  void ofSeveralWritersExactlyOneSucceedsAndItsLinesStay() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(WRITERS);
    try {
      for (int version = 0; version < 200; version++) {
        Path target = folder.resolve(version + ".json");
        CyclicBarrier start = new CyclicBarrier(WRITERS);
        List<Future<Boolean>> writers = new ArrayList<>();
        for (int writer = 0; writer < WRITERS; writer++) {
          List<String> lines = List.of("written by " + writer, "ü");
          writers.add(
              threads.submit(
                  () -> {
                    start.await();
                    return succeeds(target, lines.iterator());
                  }));
        }
        List<Integer> winners = new ArrayList<>();
        for (int writer = 0; writer < WRITERS; writer++) {
          if (writers.get(writer).get()) {
            winners.add(writer);
          }
        }
        assertThat(winners).hasSize(1);
        assertThat(target).hasContent("written by " + winners.get(0) + "\nü\n");
      }
    } finally {
      threads.shutdownNow();
    }
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).as("no drafts").hasSize(200);
    }
  }

  @Test
  void aWriterThatFailsLeavesNothing() throws IOException {
    Iterator<String> broken =
        new Iterator<>() {
          @Override
          public boolean hasNext() {
            return true;
          }

          @Override
          public String next() {
            throw new NoSuchElementException("no more lines");
          }
        };
    assertThatThrownBy(() -> succeeds(folder.resolve("0.json"), broken))
        .hasMessage("no more lines");
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void whatMayBeOverwrittenIs() throws IOException {
    Path target = Files.writeString(folder.resolve("_last_checkpoint"), "old");
    new LinkLogStore(configuration)
        .write(hadoop(target), List.of("new").iterator(), true, configuration);
    assertThat(target).hasContent("new\n");
  }

  private boolean succeeds(Path target, Iterator<String> lines) throws IOException {
    try {
      new LinkLogStore(configuration).write(hadoop(target), lines, false, configuration);
      return true;
    } catch (FileAlreadyExistsException e) {
      return false;
    }
  }

  private static org.apache.hadoop.fs.Path hadoop(Path path) {
    return new org.apache.hadoop.fs.Path(path.toUri());
  }
}
