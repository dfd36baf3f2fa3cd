package io.booklake.format.lobster;

import java.io.Closeable;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** One thread beside the caller's, which does one task after another in the order of asking. */
public final class SerialExecutor implements Closeable {
  private final ThreadPoolExecutor executor;

  /** A thread that does not keep the JVM alive. */
  public SerialExecutor(String name) {
    executor =
        new ThreadPoolExecutor(
            1,
            1,
            0,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            work -> {
              Thread thread = new Thread(work, name);
              thread.setDaemon(true);
              return thread;
            });
  }

  /** Begins something, when what was asked for before is done. */
  public <T> Future<T> begin(Callable<T> work) {
    return executor.submit(work);
  }

  /**
   * Waits for something.
   *
   * @throws IOException as the work threw it, and so with all that is not checked
   */
  public static <T> T await(Future<T> begun) throws IOException {
    try {
      return begun.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw (IOException) new InterruptedIOException().initCause(e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException cause) {
        throw cause;
      }
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      if (e.getCause() instanceof Error cause) {
        throw cause;
      }
      throw new IOException(e.getCause());
    }
  }

  /**
   * Drops what was not begun yet, and returns when nothing is done any more. What is being done is
   * not interrupted: a file that is just made would be left half made.
   */
  @Override
  public void close() {
    executor.getQueue().clear();
    executor.shutdown();
    boolean interrupted = false;
    boolean ended = false;
    while (!ended) {
      try {
        ended = executor.awaitTermination(1, TimeUnit.DAYS);
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
