package io.booklake.serve;

import java.net.URI;

/** A server that runs. */
public interface LakeServer extends AutoCloseable {
  /** Where it answers. */
  URI address();

  /** Waits until it is closed. */
  void await() throws InterruptedException;

  /** Ends it, after the answers that are under way. */
  @Override
  void close();
}
