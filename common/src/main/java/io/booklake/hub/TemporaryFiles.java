package io.booklake.hub;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Files that get their names when they are whole. Until then they lie in the dataset's folder
 * itself, where Python looks at none: it takes every file below {@code refs} for a reference.
 */
final class TemporaryFiles {
  /** Whoever wrote it was killed. */
  private static final Duration ABANDONED_AFTER = Duration.ofDays(1);

  /** As earlier versions called them, beside the file they were to replace. */
  private static final Pattern FORMER = Pattern.compile(".+\\.[0-9a-f]{8}\\.tmp");

  private final Path folder;

  TemporaryFiles(Path folder) {
    this.folder = folder;
  }

  /** Makes a file under a name that nobody has. */
  @FunctionalInterface
  interface Writing {
    void to(Path path) throws IOException;
  }

  /** Puts a new file in place of another, or of none. */
  void replace(Path file, Writing writing) throws IOException {
    Path whole = folder.resolve(random() + ".tmp");
    try {
      writing.to(whole);
      Files.move(whole, file, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(whole);
    }
  }

  /** A name of a content that is not whole, as Python has them. */
  static Path incomplete(Path blob) {
    return blob.resolveSibling(blob.getFileName() + "." + random() + ".incomplete");
  }

  private static String random() {
    return HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextInt());
  }

  /** Removes what killed processes left, as far as that can be done. */
  void clear() {
    try (DirectoryStream<Path> own = Files.newDirectoryStream(folder, "*.tmp")) {
      for (Path left : own) {
        deleteOld(left);
      }
      deleteFormer(folder.resolve("refs"));
    } catch (IOException | UncheckedIOException | DirectoryIteratorException e) {
      // Of another user, say, or of somebody who was quicker: what is downloaded needs no room of
      // it.
      return;
    }
  }

  private static void deleteFormer(Path references) throws IOException {
    List<Path> former;
    try (Stream<Path> all = Files.walk(references)) {
      former =
          all.filter(path -> FORMER.matcher(path.getFileName().toString()).matches())
              .filter(Files::isRegularFile)
              .toList();
    }
    for (Path left : former) {
      // A branch may have such a name.
      if (!RepositoryFile.isCommit(Files.readString(left).strip())) {
        deleteOld(left);
      }
    }
  }

  private static void deleteOld(Path left) throws IOException {
    long ageMillis =
        System.currentTimeMillis()
            - Files.getLastModifiedTime(left, LinkOption.NOFOLLOW_LINKS).toMillis();
    if (ageMillis > ABANDONED_AFTER.toMillis()) {
      Files.deleteIfExists(left);
    }
  }
}
