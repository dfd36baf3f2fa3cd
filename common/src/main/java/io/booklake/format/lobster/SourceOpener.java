package io.booklake.format.lobster;

import java.io.IOException;
import java.io.InputStream;

/** Opens source files: on a Hadoop file system ({@link HadoopSource}), or made up by a test. */
@FunctionalInterface
public interface SourceOpener {
  /**
   * The CSV text of a file, unpacked.
   *
   * @throws RejectedException if it cannot be opened or unpacked
   */
  InputStream open(SourceFile file) throws IOException;
}
