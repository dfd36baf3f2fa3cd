package io.booklake.serve;

import io.booklake.read.LakeReader;
import java.io.IOException;

/** Starts servers of a lake; found by {@link java.util.ServiceLoader}. */
public interface LakeServerProvider {
  /**
   * Starts one.
   *
   * @throws IOException if it cannot listen at the address
   */
  LakeServer start(LakeReader lake, ServerSettings settings) throws IOException;
}
