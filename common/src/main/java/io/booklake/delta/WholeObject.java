package io.booklake.delta;

import java.io.IOException;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.StreamCapabilities;

/** An object of a store that is there whole or not at all. */
public final class WholeObject {
  private WholeObject() {}

  /**
   * Writes all of it, and closes the stream. Where that fails on the way the stream is given up: to
   * close it would make an object of what came before, as on a store whose client is out of disk. A
   * file system that cannot give up is no store, and keeps what came.
   */
  public static void write(FSDataOutputStream out, byte[] bytes) throws IOException {
    try {
      out.write(bytes);
    } catch (IOException | RuntimeException e) {
      try {
        if (out.hasCapability(StreamCapabilities.ABORTABLE_STREAM)) {
          out.abort();
        } else {
          out.close();
        }
      } catch (IOException | RuntimeException other) {
        e.addSuppressed(other);
      }
      throw e;
    }
    out.close();
  }
}
