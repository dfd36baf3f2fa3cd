package io.booklake.landing;

import io.booklake.delta.LocalDisk;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** How a file is written under another name, and gets its own when it is whole. */
final class WholeFiles {
  private WholeFiles() {}

  static OutputStream create(FileSystem files, Path path) throws IOException {
    Optional<OutputStream> onDisk = LocalDisk.newFile(files, path);
    return onDisk.isPresent() ? onDisk.get() : files.create(path, true);
  }

  /** Puts a file in place of another; the other must be no folder. */
  static void replace(FileSystem files, Path from, Path to) throws IOException {
    if (!files.rename(from, to)) {
      if (!files.exists(from)) {
        throw new FileNotFoundException(from + " was removed by somebody else");
      }
      // Not every file system replaces by renaming.
      files.delete(to, false);
      if (!files.rename(from, to)) {
        throw new IOException("cannot rename " + from + " to " + to);
      }
    }
  }

  /** Whether a folder has that name: a file renamed to it would lie in it. */
  static boolean isFolder(FileSystem files, Path path) throws IOException {
    try {
      return files.getFileStatus(path).isDirectory();
    } catch (FileNotFoundException e) {
      return false;
    }
  }
}
