package io.booklake.delta;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.CommonConfigurationKeysPublic;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * Which files lie on a disk of this machine, so that the JDK can read and make them. Hadoop's file
 * systems take a fifth of the time that a process needs to open a lake: they load each other, a
 * login and metrics before the first byte.
 */
public final class LocalDisk {
  private static final String SCHEME = "file";

  /** How Hadoop writes a file's URI; behind two slashes more, a host may stand. */
  private static final String NO_AUTHORITY = SCHEME + ":/";

  /** Whoever names a class here wants their files to be read by it. */
  private static final String FILE_SYSTEM = "fs.file.impl";

  private final boolean isPlain;
  private final Path defaultRoot;

  /** What has no scheme, or that of local files. */
  LocalDisk() {
    isPlain = true;
    defaultRoot = new Path(SCHEME + ":///");
  }

  /** With the settings of the file systems, of which some may be for local files. */
  LocalDisk(Configuration configuration) {
    isPlain = configuration.get(FILE_SYSTEM) == null;
    defaultRoot =
        new Path(
            configuration.get(
                CommonConfigurationKeysPublic.FS_DEFAULT_NAME_KEY,
                CommonConfigurationKeysPublic.FS_DEFAULT_NAME_DEFAULT));
  }

  /**
   * A folder's URI with its scheme and all that it lies in, as Hadoop would qualify it.
   *
   * @param folder as someone named it
   * @return empty if it is not on this machine's disks
   */
  public Optional<Path> qualified(Path folder) {
    Path root = folder.toUri().getScheme() == null ? defaultRoot : folder;
    return isPlain && isLocal(root)
        ? Optional.of(
            folder.makeQualified(
                new Path(SCHEME + ":///").toUri(), new Path(System.getProperty("user.dir"))))
        : Optional.empty();
  }

  /**
   * Where a file lies.
   *
   * @param path qualified, decoded URI
   * @return empty if Hadoop must be asked for it
   */
  public Optional<File> file(String path) {
    boolean isAsItStands =
        path.startsWith(NO_AUTHORITY)
            && !path.startsWith("/", NO_AUTHORITY.length())
            && !path.contains("/.");
    if (isPlain && isAsItStands) {
      // As below, but nothing is taken apart: that was a twentieth of a jump into a lake.
      return Optional.of(new File(path.substring(SCHEME.length() + 1)));
    }
    Path known = new Path(path);
    return isPlain && isLocal(known)
        ? Optional.of(new File(known.toUri().getPath()))
        : Optional.empty();
  }

  /**
   * Begins a new file where it lies on a disk of this machine, and the folders that it lies in.
   * Hadoop's local file system, unless its native library is there, starts a process for each file
   * and folder that it makes, to give them the permissions that they have anyway.
   *
   * @param files the file system that whoever asks would use
   * @return empty if Hadoop must make it
   * @throws java.nio.file.FileAlreadyExistsException if there is such a file
   */
  public static Optional<OutputStream> newFile(FileSystem files, Path path) throws IOException {
    Optional<java.nio.file.Path> place = place(files, path);
    if (place.isEmpty()) {
      return Optional.empty();
    }
    makeFolder(place.get().getParent());
    return Optional.of(
        Files.newOutputStream(
            place.get(), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE));
  }

  /** Makes a folder and those that it lies in, unless it is there: as {@link #newFile} does. */
  public static void newFolder(FileSystem files, Path folder) throws IOException {
    Optional<java.nio.file.Path> place = place(files, folder);
    if (place.isPresent()) {
      makeFolder(place.get());
    } else {
      files.mkdirs(folder);
    }
  }

  private static Optional<java.nio.file.Path> place(FileSystem files, Path path) {
    return new LocalDisk(files.getConf())
        .file(files.makeQualified(path).toString())
        .map(File::toPath);
  }

  /** Most are there already, some as links: to look first spares an exception for each. */
  static void makeFolder(java.nio.file.Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      Files.createDirectories(folder);
    }
  }

  private static boolean isLocal(Path path) {
    return SCHEME.equals(path.toUri().getScheme()) && path.toUri().getAuthority() == null;
  }
}
