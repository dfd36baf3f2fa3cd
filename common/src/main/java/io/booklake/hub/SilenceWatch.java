package io.booklake.hub;

import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;

/**
 * Sees whether a body falls silent: the JDK's client waits for ever once the head of an answer is
 * there. One thread looks at all bodies now and then. To plan a look for each would wake that
 * thread as often as a small file comes.
 */
final class SilenceWatch {
  private static final Duration STEP = Duration.ofMillis(50);
  private static final Set<SilenceWatch> WATCHED = ConcurrentHashMap.newKeySet();

  static {
    inBackground(SilenceWatch::lookForEver);
  }

  private final Duration silence;
  private final LongSupplier sinceNanos;
  private final Runnable givingUp;

  /**
   * Of one body.
   *
   * @param silence how long it may be silent
   * @param sinceNanos when it was last heard of, as {@link System#nanoTime} tells
   * @param givingUp done once where that is too long ago
   */
  SilenceWatch(Duration silence, LongSupplier sinceNanos, Runnable givingUp) {
    this.silence = silence;
    this.sinceNanos = sinceNanos;
    this.givingUp = givingUp;
  }

  private static void lookForEver() {
    while (!Thread.currentThread().isInterrupted()) {
      LockSupport.parkNanos(STEP.toNanos());
      for (SilenceWatch each : WATCHED) {
        if (System.nanoTime() - each.sinceNanos.getAsLong() > each.silence.toNanos()) {
          each.stop();
          // In a thread of its own: what goes wrong with one ends no looks at others.
          inBackground(each.givingUp);
        }
      }
    }
  }

  private static void inBackground(Runnable task) {
    Thread thread = new Thread(task, "booklake-hub-guard");
    thread.setDaemon(true);
    thread.start();
  }

  void start() {
    WATCHED.add(this);
  }

  /** No more looks. */
  void stop() {
    WATCHED.remove(this);
  }

  /** What a reader is told of a body that was silent for so long. */
  static HttpTimeoutException timeout(Duration silence) {
    return new HttpTimeoutException("no byte for " + silence.toSeconds() + " s");
  }
}
