package io.booklake.hub;

import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;

/**
 * Sees whether a body falls silent: the JDK's client waits for ever once the head of an answer is
 * there. One thread looks at all bodies now and then, and ends where none came for a while. To plan
 * a look for each would wake that thread as often as a small file comes.
 */
final class SilenceWatch {
  private static final Duration STEP = Duration.ofMillis(50);

  /** Looks at nobody before the thread ends: between two small files there is nobody, too. */
  private static final int IDLE_LOOKS = 20;

  private static final Set<SilenceWatch> WATCHED = ConcurrentHashMap.newKeySet();
  private static final Object CHANGE = new Object();

  /** The thread that looks; null if none does. */
  private static Thread looking;

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

  private static void look() {
    try {
      int idle = 0;
      while (idle < IDLE_LOOKS || !isOver()) {
        LockSupport.parkNanos(STEP.toNanos());
        // Whoever interrupts it, with a whole group of threads, means no download of others.
        Thread.interrupted();
        idle = WATCHED.isEmpty() ? idle + 1 : 0;
        lookAtAll();
      }
    } finally {
      synchronized (CHANGE) {
        if (Thread.currentThread().equals(looking)) {
          looking = null;
        }
      }
    }
  }

  private static void lookAtAll() {
    for (SilenceWatch each : WATCHED) {
      if (System.nanoTime() - each.sinceNanos.getAsLong() > each.silence.toNanos()) {
        each.stop();
        // In a thread of its own: what goes wrong with one ends no looks at others.
        inBackground(each.givingUp);
      }
    }
  }

  /** Whoever comes later begins another. */
  private static boolean isOver() {
    synchronized (CHANGE) {
      boolean over = WATCHED.isEmpty();
      if (over) {
        looking = null;
      }
      return over;
    }
  }

  private static Thread inBackground(Runnable task) {
    Thread thread = new Thread(task, "booklake-hub-guard");
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  void start() {
    WATCHED.add(this);
    synchronized (CHANGE) {
      if (looking == null) {
        looking = inBackground(SilenceWatch::look);
      }
    }
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
