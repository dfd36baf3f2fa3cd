package io.booklake.hub;

import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Looks now and then at a body that may fall silent: the JDK's client waits for ever once the head
 * of an answer is there.
 */
final class SilenceWatch {
  private static final ScheduledThreadPoolExecutor LOOKS = looks();

  private final Duration silence;
  private final Runnable look;
  private volatile ScheduledFuture<?> looking;

  /**
   * Of one body.
   *
   * @param silence how long it may be silent
   * @param look done four times in that
   */
  SilenceWatch(Duration silence, Runnable look) {
    this.silence = silence;
    this.look = look;
  }

  private static ScheduledThreadPoolExecutor looks() {
    ScheduledThreadPoolExecutor looks =
        new ScheduledThreadPoolExecutor(
            1,
            task -> {
              Thread thread = new Thread(task, "booklake-hub-guard");
              thread.setDaemon(true);
              return thread;
            });
    // Thousands of small bodies would be kept until the next look otherwise.
    looks.setRemoveOnCancelPolicy(true);
    return looks;
  }

  void start() {
    long step = Math.max(1, silence.toMillis() / 4);
    looking = LOOKS.scheduleWithFixedDelay(look, step, step, TimeUnit.MILLISECONDS);
  }

  /** No more looks; of one that was never begun as well. */
  void stop() {
    ScheduledFuture<?> known = looking;
    if (known != null) {
      known.cancel(false);
    }
  }

  /** Whether it has been silent for too long, since a time of {@link System#nanoTime}. */
  boolean isOver(long sinceNanos) {
    return System.nanoTime() - sinceNanos > silence.toNanos();
  }

  /** What the reader is told. */
  HttpTimeoutException timeout(Throwable cause) {
    HttpTimeoutException timeout =
        new HttpTimeoutException("no byte for " + silence.toSeconds() + " s");
    timeout.initCause(cause);
    return timeout;
  }
}
