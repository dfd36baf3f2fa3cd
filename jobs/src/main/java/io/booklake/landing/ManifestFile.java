package io.booklake.landing;

import io.booklake.delta.WholeObject;
import io.booklake.hub.DatasetId;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Consumer;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;

/**
 * The manifest of a dataset's folder, which several fetches may change at once: each reads it again
 * and changes its own entries only.
 *
 * <p>On a disk of this machine they take turns by the operating system's lock. A store has none:
 * there a change that falls into the moment in which another is written may be lost, and its
 * parcels are fetched once more.
 */
final class ManifestFile {
  /** The manifest's name. */
  static final String NAME = "_manifest.json";

  private static final String LOCK = "manifest.lock";

  /** Whose objects appear at once, when they are whole; to rename is to copy there. */
  private static final String OBJECTS = "s3a";

  /** The operating system's locks do not hold between threads of one process. */
  private static final Object TURN = new Object();

  private final FileSystem files;
  private final Path path;
  private final Path incoming;
  private final DatasetId dataset;

  /**
   * Of a dataset's folder.
   *
   * @param incoming where it lies until it is whole
   */
  ManifestFile(FileSystem files, Path folder, Path incoming, DatasetId dataset) {
    this.files = files;
    this.path = new Path(folder, NAME);
    this.incoming = incoming;
    this.dataset = dataset;
  }

  /** The manifest of a dataset's folder; empty where there is none. */
  static Optional<Manifest> read(FileSystem files, Path path) throws IOException {
    try (InputStream in = files.open(path)) {
      return Optional.of(Manifest.parse(in.readAllBytes()));
    } catch (FileNotFoundException e) {
      // That is said of a folder as well.
      if (WholeFiles.isFolder(files, path)) {
        throw new IOException("found a folder, expected a manifest", e);
      }
      return Optional.empty();
    }
  }

  /** As it is now; without files where there is none. */
  Manifest read() throws IOException {
    try {
      return read(files, path).orElseGet(() -> Manifest.empty(dataset));
    } catch (IOException e) {
      throw new IOException(
          path + " cannot be read: " + e.getMessage() + ". Delete it to fetch all files again.", e);
    }
  }

  /**
   * Changes it.
   *
   * @param change done to the entries that it has by then
   */
  void change(Consumer<Map<String, Manifest.Entry>> change) throws IOException {
    // Who is interrupted still has to note what it did, and the lock would refuse.
    boolean isInterrupted = Thread.interrupted();
    synchronized (TURN) {
      try (FileChannel turn = turn()) {
        if (turn != null) {
          turn.lock();
        }
        Manifest before = read();
        Map<String, Manifest.Entry> entries = new TreeMap<>(before.files());
        change.accept(entries);
        if (!entries.equals(before.files())) {
          write(new Manifest(Manifest.VERSION, dataset.toString(), entries).text());
        }
      } finally {
        if (isInterrupted) {
          Thread.currentThread().interrupt();
        }
      }
    }
  }

  /** Null where there are no locks. */
  private FileChannel turn() throws IOException {
    if (!(files instanceof LocalFileSystem)) {
      return null;
    }
    java.nio.file.Path folder = java.nio.file.Path.of(incoming.toUri());
    Files.createDirectories(folder);
    return FileChannel.open(
        folder.resolve(LOCK), StandardOpenOption.WRITE, StandardOpenOption.CREATE);
  }

  private void write(byte[] text) throws IOException {
    if (files.getUri().getScheme().equals(OBJECTS)) {
      WholeObject.write(files.create(path, true), text);
      return;
    }
    Path whole = new Path(incoming, UUID.randomUUID().toString());
    try (OutputStream out = WholeFiles.create(files, whole)) {
      out.write(text);
    }
    WholeFiles.replace(files, whole, path);
  }
}
