package io.booklake.hub;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;

/** A body that is given up when nothing comes for a while. */
final class GuardedBody extends FilterInputStream {
  private static final long NOT_READING = Long.MAX_VALUE;

  private final SilenceWatch watch;
  private volatile long readingSinceNanos = NOT_READING;
  private volatile boolean silent;

  GuardedBody(InputStream body, Duration silence) {
    super(body);
    this.watch = new SilenceWatch(silence, this::silentSinceNanos, this::giveUp);
    watch.start();
  }

  /** A reader that has something else to do waits for nothing. */
  private long silentSinceNanos() {
    long since = readingSinceNanos;
    return since == NOT_READING ? System.nanoTime() : since;
  }

  private void giveUp() {
    silent = true;
    try {
      // Wakes the reader.
      in.close();
    } catch (IOException e) {
      // The reader reports the silence; how closing failed would add nothing.
      readingSinceNanos = NOT_READING;
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
      throw silent ? watch.timeout(e) : e;
    } finally {
      readingSinceNanos = NOT_READING;
    }
    if (count < 0 && silent) {
      throw watch.timeout(null);
    }
    return count;
  }

  @Override
  public void close() throws IOException {
    watch.stop();
    super.close();
  }
}
