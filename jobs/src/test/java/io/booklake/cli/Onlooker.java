package io.booklake.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.booklake.cli.PublishedState.Delivered;
import io.booklake.model.TickerDay;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;

/**
 * Somebody who reads all that a lake has published, again and again, while others write to it and
 * die. Each ticker-day must be that of one delivery, in all tables.
 */
final class Onlooker implements AutoCloseable {
  /** Computed after the per-event tables, which are published all together. */
  private static final Set<String> DERIVED = Set.of("candles", "volume_profile", "depth_metrics");

  private final PublishedState lake;
  private final Map<Delivered, Map<String, String>> deliveries;
  private final ExecutorService thread = Executors.newSingleThreadExecutor();
  private final Future<?> reading;
  private final Set<Map<Delivered, Map<String, String>>> states = new HashSet<>();
  private Set<TickerDay> known = Set.of();
  private volatile boolean isEnough;

  /**
   * Begins to look.
   *
   * @param deliveries what may be seen: the digests of all tables for each delivery
   */
  Onlooker(Path lake, Map<Delivered, Map<String, String>> deliveries) {
    this.lake = new PublishedState(lake);
    this.deliveries = deliveries;
    this.reading = thread.submit(this::look);
  }

  private Void look() throws InterruptedException {
    boolean isLast;
    do {
      isLast = isEnough;
      Map<Delivered, Map<String, String>> state = lake.now();
      if (states.add(state)) {
        check(state);
      }
      Thread.sleep(100);
    } while (!isLast);
    return null;
  }

  private void check(Map<Delivered, Map<String, String>> state) {
    state.forEach(
        (delivered, digests) -> {
          Map<String, String> whole = deliveries.get(delivered);
          assertThat(whole).as("a delivery that there was: %s", delivered).isNotNull();
          assertThat(whole).as("%s", delivered).containsAllEntriesOf(digests);
          Set<String> perEvent = new TreeSet<>(whole.keySet());
          perEvent.removeAll(DERIVED);
          assertThat(digests.keySet()).as("%s", delivered).containsAll(perEvent);
        });
    Set<TickerDay> days =
        state.keySet().stream().map(Delivered::tickerDay).collect(Collectors.toSet());
    assertThat(days).as("what was published stays").containsAll(known);
    known = days;
  }

  /**
   * Looks once more, at what was left, and goes.
   *
   * @return how many states were seen that differ
   * @throws ExecutionException if there was one that must not be
   */
  int leave() throws InterruptedException, ExecutionException {
    isEnough = true;
    reading.get();
    return states.size();
  }

  @Override
  public void close() {
    isEnough = true;
    thread.shutdown();
  }
}
