package io.booklake.lake;

import io.delta.storage.HadoopFileSystemLogStore;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.StandardCopyOption;
import java.util.Iterator;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * Writes commits to a local disk so that of several writers of one version exactly one succeeds.
 *
 * <p>Delta's own store looks whether the version exists and then renames a file to it. On a local
 * disk a rename replaces what is there, so that a writer who comes between the two loses its commit
 * without being told. A hard link is made only where nothing is yet, by whichever thread or
 * process.
 */
public final class LinkLogStore extends HadoopFileSystemLogStore {

  /** Where Delta Kernel looks for the class that writes commits to {@code file:} URIs. */
  static final String SETTING = "io.delta.kernel.logStore.file.impl";

  /** A store, as Delta Kernel makes it. */
  public LinkLogStore(Configuration configuration) {
    super(configuration);
  }

  /**
   * Writes a file that is seen whole or not at all.
   *
   * @throws java.nio.file.FileAlreadyExistsException if it exists and {@code overwrite} is false
   */
  @Override
  public void write(
      Path path, Iterator<String> lines, Boolean overwrite, Configuration configuration)
      throws IOException {
    java.nio.file.Path target = java.nio.file.Path.of(path.toUri().getPath());
    java.nio.file.Path draft = java.nio.file.Path.of(createTempPath(path).toUri().getPath());
    try {
      try (BufferedWriter out = Files.newBufferedWriter(draft)) {
        while (lines.hasNext()) {
          out.write(lines.next());
          out.write('\n');
        }
      }
      if (overwrite) {
        Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE);
      } else {
        Files.createLink(target, draft);
      }
    } finally {
      Files.deleteIfExists(draft);
    }
  }

  @Override
  public Boolean isPartialWriteVisible(Path path, Configuration configuration) {
    return true;
  }
}
