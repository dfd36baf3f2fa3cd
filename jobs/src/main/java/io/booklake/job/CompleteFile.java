package io.booklake.job;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** A local file for other programs, which see all of it or the one before. */
public final class CompleteFile {
  private final Path file;

  /**
   * A file that need not exist yet.
   *
   * @param option where the user named it
   * @throws InvalidInputException if its folder does not exist: better now than after a night
   */
  public CompleteFile(String option, Path file) {
    this.file = file.toAbsolutePath();
    if (!Files.isDirectory(this.file.getParent()) || Files.isDirectory(this.file)) {
      throw new InvalidInputException(
          option + ": found " + file + ", expected a file in a folder that exists");
    }
  }

  /** Puts a text in its place. */
  public void write(String text) throws IOException {
    // Hidden, and without the ending by which collectors choose their files.
    Path draft = file.resolveSibling("." + file.getFileName() + ".tmp");
    try {
      Files.writeString(draft, text);
      Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(draft);
    }
  }
}
