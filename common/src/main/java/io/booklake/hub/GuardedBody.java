package io.booklake.hub;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * A body that is given up when nothing comes for a while: the JDK's client waits for ever once the
 * head of an answer is there.
 */
final class GuardedBody extends FilterInputStream {
  private static final ScheduledExecutorService GUARDS = guards();
  private static final long NOT_READING = Long.MAX_VALUE;

  private final Duration silence;
  private final ScheduledFuture<?> guard;
  private volatile long readingSinceNanos = NOT_READING;
  private volatile boolean silent;

  GuardedBody(InputStream body, Duration silence) {
    super(body);
    this.silence = silence;
    long step = Math.max(1, silence.toMillis() / 4);
    this.guard = GUARDS.scheduleWithFixedDelay(this::look, step, step, TimeUnit.MILLISECONDS);
  }

  private static ScheduledExecutorService guards() {
    ScheduledThreadPoolExecutor guards =
        new ScheduledThreadPoolExecutor(
            1,
            task -> {
              Thread thread = new Thread(task, "booklake-hub-guard");
              thread.setDaemon(true);
              return thread;
            });
    // Thousands of small bodies would keep their guards until the next look otherwise.
    guards.setRemoveOnCancelPolicy(true);
    return guards;
  }

  private void look() {
    long since = readingSinceNanos;
    if (since != NOT_READING && System.nanoTime() - since > silence.toNanos()) {
      silent = true;
      guard.cancel(false);
      try {
        // Wakes the reader.
        in.close();
      } catch (IOException e) {
        // The reader reports the silence; how closing failed would add nothing.
        readingSinceNanos = NOT_READING;
      }
    }
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    readingSinceNanos = System.nanoTime();
    int count;
    try {
      count = super.read(target, offset, length);
    } catch (IOException e) {
      throw silent ? timeout(e) : e;
    } finally {
      readingSinceNanos = NOT_READING;
    }
    if (count < 0 && silent) {
      throw timeout(null);
    }
    return count;
  }

  private IOException timeout(IOException cause) {
    HttpTimeoutException timeout =
        new HttpTimeoutException("no byte for " + silence.toSeconds() + " s");
    timeout.initCause(cause);
    return timeout;
  }

  @Override
  public void close() throws IOException {
    guard.cancel(false);
    super.close();
  }
}
