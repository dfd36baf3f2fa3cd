package io.booklake.job;

import io.booklake.hub.Downloads;
import io.booklake.hub.Hub;
import io.booklake.hub.RepositoryFile;
import io.booklake.hub.hadoop.HubConfiguration;
import io.booklake.landing.Delivery;
import io.booklake.landing.LandingFolder;
import io.booklake.landing.Parcel;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;
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

  private final Run run;
  private final Hub hub;
  private final LandingFolder folder;
  private final String landing;
  private final Configuration configuration;

  Deliveries(Run run, Hub hub, LandingFolder folder, String landing, Configuration configuration) {
    this.run = run;
    this.hub = hub;
    this.folder = folder;
    this.landing = landing;
    this.configuration = configuration;
  }

  /**
   * Does it.
   *
   * @param each told how each went, in their order
   * @throws IOException if what is wrong concerns all of them; those told before are delivered
   */
  void execute(List<Parcel> parcels, Consumer<Delivery.Outcome> each) throws IOException {
    long bytes = parcels.stream().mapToLong(Parcel::bytes).sum();
    try (Progress.Step step = run.progress().begin("fetch", bytes, "bytes")) {
      if (folder.isLocal()) {
        byThreads(parcels, step, each);
      } else {
        byTasks(parcels, step, each);
      }
    }
  }

  private void byThreads(List<Parcel> parcels, Progress.Step step, Consumer<Delivery.Outcome> each)
      throws IOException {
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try {
      List<Future<Delivery.Outcome>> outcomes = new ArrayList<>();
      for (Parcel parcel : parcels) {
        outcomes.add(threads.submit(() -> deliver(parcel, step)));
      }
      IOException failure = null;
      for (Future<Delivery.Outcome> outcome : outcomes) {
        try {
          // After a failure only what is done already counts.
          if (failure == null || outcome.isDone()) {
            each.accept(outcome.get());
          }
        } catch (ExecutionException e) {
          threads.shutdownNow();
          failure = failure == null ? asFailure(e.getCause()) : failure;
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

  private Delivery.Outcome deliver(Parcel parcel, Progress.Step step) throws IOException {
    List<Progress.Step> bars = new ArrayList<>();
    try {
      return new Delivery(hub, folder)
          .deliver(
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
              });
    } finally {
      bars.forEach(Progress.Step::close);
    }
  }

  /** A bar of its own for a file that takes a while. */
  private Progress.Step bar(RepositoryFile file) {
    boolean worthIt = file.size() >= Downloads.LARGE_BYTES;
    String name = file.path().substring(file.path().lastIndexOf('/') + 1);
    return (worthIt ? run.progress() : Progress.SILENT).begin(name, file.size(), "bytes");
  }

  private void byTasks(List<Parcel> parcels, Progress.Step step, Consumer<Delivery.Outcome> each)
      throws IOException {
    JavaSparkContext context = new JavaSparkContext(run.spark().sparkContext());
    SerializableConfiguration settings =
        new SerializableConfiguration(HubConfiguration.forOthers(configuration));
    LongAccumulator received = context.sc().longAccumulator(BYTES);
    String target = landing;
    try (TaskProgress progress = new TaskProgress(run.spark(), step, BYTES, false)) {
      context
          .parallelize(parcels, Math.min(parcels.size(), MOST_TASKS))
          .mapPartitions(some -> deliverAll(some, settings.value(), target, received::add))
          .collect()
          .forEach(each);
    }
  }

  /** What a task does. */
  private static Iterator<Delivery.Outcome> deliverAll(
      Iterator<Parcel> parcels, Configuration configuration, String landing, LongConsumer received)
      throws IOException {
    Hub hub = new Hub(HubConfiguration.settings(configuration));
    List<Delivery.Outcome> outcomes = new ArrayList<>();
    while (parcels.hasNext()) {
      Parcel parcel = parcels.next();
      try (LandingFolder folder =
          new LandingFolder(configuration, landing, parcel.snapshot().dataset())) {
        outcomes.add(new Delivery(hub, folder).deliver(parcel, file -> received));
      }
    }
    return outcomes.iterator();
  }
}
