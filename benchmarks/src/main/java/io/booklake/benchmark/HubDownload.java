package io.booklake.benchmark;

import io.booklake.hub.DatasetRevision;
import io.booklake.hub.Downloads;
import io.booklake.hub.Hub;
import io.booklake.hub.HubSettings;
import io.booklake.hub.RepositoryFile;
import io.booklake.hub.Snapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Downloads all files of a dataset into the cache, eight at a time, as {@code fetch} does, and says
 * how many seconds all of them took and how many the second half of them, when the JVM is warm.
 * {@code benchmarks/hub} runs it beside curl.
 */
public final class HubDownload {
  private static final int THREADS = 8;

  private HubDownload() {}

  /** {@code DATASET}; the Hub and the cache are those of the environment. */
  public static void main(String[] arguments) throws Exception {
    Hub hub = new Hub(HubSettings.ofProcess());
    Snapshot snapshot = hub.resolve(DatasetRevision.parse(arguments[0]));
    List<RepositoryFile> files = hub.list(snapshot);
    Downloads downloads = new Downloads(hub);
    AtomicInteger done = new AtomicInteger();
    AtomicLong half = new AtomicLong();
    long started = System.nanoTime();
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try {
      List<Future<?>> all = new ArrayList<>();
      for (RepositoryFile file : files) {
        all.add(
            threads.submit(
                () -> {
                  downloads.download(snapshot, file, bytes -> {});
                  if (done.incrementAndGet() == files.size() / 2) {
                    half.set(System.nanoTime());
                  }
                  return null;
                }));
      }
      for (Future<?> each : all) {
        each.get();
      }
    } finally {
      threads.shutdownNow();
    }
    long ended = System.nanoTime();
    System.out.printf(
        Locale.ROOT, "%.2f %.2f%n", (ended - started) / 1e9, (ended - half.get()) / 1e9);
  }
}
