package io.booklake.read;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads in the background what will be asked for next, into the same bounded cache. Who waits too
 * long is passed over: the one who scrubs is elsewhere by then.
 */
final class ReadAhead {
  private static final Logger LOG = LoggerFactory.getLogger(ReadAhead.class);
  private static final int MOST_WAITING = 4;
  private static final int IDLE_SECONDS = 5;

  private final ThreadPoolExecutor thread =
      new ThreadPoolExecutor(
          1,
          1,
          IDLE_SECONDS,
          TimeUnit.SECONDS,
          new ArrayBlockingQueue<>(MOST_WAITING),
          task -> {
            Thread reading = new Thread(task, "booklake-read-ahead");
            reading.setDaemon(true);
            return reading;
          },
          new ThreadPoolExecutor.DiscardOldestPolicy());

  ReadAhead() {
    thread.allowCoreThreadTimeOut(true);
  }

  /** Something that fills the cache. */
  interface Reading {
    void read() throws Exception;
  }

  /** Does it soon, or not at all. */
  void soon(Reading reading) {
    thread.execute(
        () -> {
          try {
            reading.read();
          } catch (Exception e) { // whoever asks for it next is told
            LOG.debug("nothing was read ahead", e);
          }
        });
  }

  /**
   * For tests: waits until all that was asked for so far is done. The pool's own counts do not
   * tell: between a task's leaving the queue and its beginning, they say that nothing is under way.
   */
  void settle() throws Exception {
    thread.submit(() -> {}).get();
  }
}
