package io.booklake.delta;

import java.io.IOException;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.StreamCapabilities;

/** An object of a store that is there whole or not at all. */
public final class WholeObject {
  private WholeObject() {}

  /**
   * Writes all of it, and closes the stream. Where that fails on the way the stream is given up: to
   * close it would make an object of what came before, as on a store whose client is out of disk.
   */
  public static void write(FSDataOutputStream out, byte[] bytes) throws IOException {
    try {
      out.write(bytes);
    } catch (IOException e) {
      if (out.hasCapability(StreamCapabilities.ABORTABLE_STREAM)) {
        out.abort();
      } else {
        out.close();
      }
      throw e;
    }
    out.close();
  }
}
