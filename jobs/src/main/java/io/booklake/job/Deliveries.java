package io.booklake.job;

import io.booklake.hub.Downloads;
import io.booklake.hub.Hub;
import io.booklake.hub.RepositoryFile;
import io.booklake.hub.hadoop.HubConfiguration;
import io.booklake.landing.Delivery;
import io.booklake.landing.LandingFolder;
import io.booklake.landing.Parcel;
import io.booklake.spark.Spark;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import java.util.function.Supplier;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.util.LongAccumulator;
import org.apache.spark.util.SerializableConfiguration;

/**
 * Delivers many parcels at once: by threads of this process where only this machine sees the
 * landing zone, else by Spark's tasks, so that all executors pull.
 */
final class Deliveries {
  private static final String BYTES = "booklake.fetchedBytes";

  /** As many as Python's client has. */
  private static final int THREADS = 8;

  /** More tasks than this are scheduled more slowly than they run. */
  private static final int MOST_TASKS = 1000;

  private final String landing;
  private final Progress progress;
  private final Supplier<Spark> spark;

  /** Into a landing URI; Spark begins only where the landing zone is shared. */
  Deliveries(String landing, Progress progress, Supplier<Spark> spark) {
    this.landing = landing;
    this.progress = progress;
    this.spark = spark;
  }

  /**
   * Does it.
   *
   * @param each told how each went, in their order. Where one fails it is told as well of those
   *     that are delivered and of those that are untouched; of others nobody knows what the landing
   *     zone has
   * @throws IOException if what is wrong concerns all of them
   */
  void execute(Hub hub, LandingFolder folder, List<Parcel> parcels, Consumer<Delivery.Outcome> each)
      throws IOException {
    long bytes = Parcel.bytes(parcels);
    try (Progress.Step step = progress.begin("fetch", bytes, "bytes")) {
      if (folder.isLocal()) {
        byThreads(new Delivery(hub, folder), parcels, step, each);
      } else {
        byTasks(parcels, step, each);
      }
    }
  }

  /**
   * A parcel that a thread is to deliver.
   *
   * @param taken by who comes first: its thread, to replace it, or whoever says that nobody did
   */
  private record Ordered(Parcel parcel, AtomicBoolean taken, Future<Delivery.Outcome> outcome) {}

  private static boolean take(AtomicBoolean taken) {
    return taken.compareAndSet(false, true);
  }

  private void byThreads(
      Delivery delivery, List<Parcel> parcels, Progress.Step step, Consumer<Delivery.Outcome> each)
      throws IOException {
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try {
      List<Ordered> all = new ArrayList<>();
      for (Parcel parcel : parcels) {
        AtomicBoolean taken = new AtomicBoolean();
        all.add(
            new Ordered(
                parcel,
                taken,
                threads.submit(() -> deliver(delivery, parcel, step, () -> take(taken)))));
      }
      IOException failure = null;
      for (Ordered ordered : all) {
        try {
          // After a failure only what is done already counts.
          if (failure == null || ordered.outcome.isDone()) {
            each.accept(ordered.outcome.get());
            continue;
          }
        } catch (ExecutionException e) {
          threads.shutdownNow();
          failure = failure == null ? asFailure(e.getCause()) : failure;
        }
        if (take(ordered.taken)) {
          each.accept(Delivery.Outcome.untouched(ordered.parcel));
        }
      }
      if (failure != null) {
        throw failure;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while fetching");
    } finally {
      threads.shutdownNow();
    }
  }

  private static IOException asFailure(Throwable cause) {
    return cause instanceof IOException failure ? failure : new IOException(cause);
  }

  private Delivery.Outcome deliver(
      Delivery delivery, Parcel parcel, Progress.Step step, BooleanSupplier mayReplace)
      throws IOException {
    List<Progress.Step> bars = new ArrayList<>();
    try {
      return delivery.deliver(
          parcel,
          file -> {
            Progress.Step bar = bar(file);
            bars.add(bar);
            return count -> {
              bar.advance(count);
              synchronized (step) {
                step.advance(count);
              }
            };
          },
          mayReplace);
    } finally {
      bars.forEach(Progress.Step::close);
    }
  }

  /** A bar of its own for a file that takes a while. */
  private Progress.Step bar(RepositoryFile file) {
    boolean worthIt = file.size() >= Downloads.LARGE_BYTES;
    String name = file.path().substring(file.path().lastIndexOf('/') + 1);
    return (worthIt ? progress : Progress.SILENT).begin(name, file.size(), "bytes");
  }

  private void byTasks(List<Parcel> parcels, Progress.Step step, Consumer<Delivery.Outcome> each)
      throws IOException {
    Spark running = spark.get();
    SerializableConfiguration settings =
        new SerializableConfiguration(HubConfiguration.forOthers(running.hadoop()));
    LongAccumulator received = running.context().longAccumulator(BYTES);
    String target = landing;
    IOException failure = null;
    try (TaskProgress shown = new TaskProgress(running, step, BYTES, false)) {
      List<Share> shares =
          running
              .tasks()
              .parallelize(parcels, Math.min(parcels.size(), MOST_TASKS))
              .mapPartitions(
                  some -> List.of(share(some, settings.value(), target, received::add)).iterator())
              .collect();
      for (Share share : shares) {
        share.outcomes().forEach(each);
        failure = failure == null ? share.failure() : failure;
      }
    }
    if (failure != null) {
      throw failure;
    }
  }

  /**
   * What a task did.
   *
   * @param failure what ended it before its last parcel; null if nothing did. Handed over and not
   *     thrown: Spark would try three times more what failed in all tries, and forget what is
   *     delivered
   */
  private record Share(List<Delivery.Outcome> outcomes, IOException failure)
      implements Serializable {}

  /** What a task does. */
  private static Share share(
      Iterator<Parcel> parcels, Configuration configuration, String landing, LongConsumer received)
      throws IOException {
    Hub hub = new Hub(HubConfiguration.settings(configuration));
    List<Delivery.Outcome> outcomes = new ArrayList<>();
    while (parcels.hasNext()) {
      Parcel parcel = parcels.next();
      AtomicBoolean taken = new AtomicBoolean();
      try (LandingFolder folder =
          new LandingFolder(configuration, landing, parcel.snapshot().dataset())) {
        outcomes.add(
            new Delivery(hub, folder).deliver(parcel, file -> received, () -> take(taken)));
      } catch (InterruptedIOException e) {
        throw e;
      } catch (IOException e) {
        if (take(taken)) {
          outcomes.add(Delivery.Outcome.untouched(parcel));
        }
        parcels.forEachRemaining(rest -> outcomes.add(Delivery.Outcome.untouched(rest)));
        return new Share(outcomes, e);
      }
    }
    return new Share(outcomes, null);
  }
}
