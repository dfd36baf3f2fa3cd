package io.booklake.job;

import io.booklake.simulate.DayPlan;
import io.booklake.simulate.Landing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Makes ticker-days in LOBSTER's format: no Spark, one day per core at a time. The same plan gives
 * the same bytes.
 *
 * <pre>
 * {@code booklake simulate --landing /data/simulated --days 2 --ticker-count 4 --events 100000}
 * </pre>
 */
public final class SimulateJob {
  private final List<DayPlan> plans;
  private final Path folder;
  private final Landing.Packing packing;
  private final Progress progress;

  /** A job that writes {@code plans} into {@code folder}. */
  public SimulateJob(List<DayPlan> plans, Path folder, Landing.Packing packing, Progress progress) {
    this.plans = List.copyOf(plans);
    this.folder = folder;
    this.packing = packing;
    this.progress = progress;
  }

  /**
   * Does it, and reports each day.
   *
   * @throws InvalidInputException if the folder cannot be written
   */
  public Report execute() {
    long started = System.nanoTime();
    Landing landing = new Landing(folder, packing);
    List<List<Object>> rows = new ArrayList<>();
    ExecutorService threads =
        Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors());
    try (Progress.Step step = progress.begin("simulate", plans.size(), "ticker-days")) {
      List<Future<List<Path>>> days = new ArrayList<>();
      for (DayPlan plan : plans) {
        days.add(threads.submit(() -> landing.write(plan)));
      }
      for (int i = 0; i < plans.size(); i++) {
        List<Path> files = days.get(i).get();
        rows.add(row(plans.get(i), files));
        step.advance(1);
      }
    } catch (ExecutionException e) {
      if (!(e.getCause() instanceof IOException cause)) {
        throw new IllegalStateException("cannot simulate into " + folder, e.getCause());
      }
      throw new InvalidInputException("cannot write to " + folder + ": " + cause, e);
    } catch (IOException e) {
      throw new InvalidInputException("cannot write to " + folder + ": " + e, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while simulating", e);
    } finally {
      threads.shutdownNow();
    }
    double seconds = (System.nanoTime() - started) / 1e9;
    long events = plans.stream().mapToLong(DayPlan::events).sum();
    String title =
        String.format(
            Locale.ROOT,
            "simulate into %s: %d ticker-days, %,d events in %.1f s (%,.0f events/s)",
            folder,
            plans.size(),
            events,
            seconds,
            events / seconds);
    return new Report(
        title, List.of("trade_date", "ticker", "levels", "events", "bytes"), rows, false);
  }

  private static List<Object> row(DayPlan plan, List<Path> files) throws IOException {
    long bytes = 0;
    for (Path file : files) {
      bytes += Files.size(file);
    }
    String levels = String.join(",", plan.levels().stream().map(String::valueOf).toList());
    return List.of(plan.tradeDate(), plan.listing().ticker(), levels, plan.events(), bytes);
  }
}
