package io.booklake.landing;

import io.booklake.delta.LocalDisk;
import io.booklake.hub.Checksum;
import io.booklake.hub.DatasetId;
import io.booklake.hub.HubException;
import io.booklake.hub.RepositoryFile;
import java.io.Closeable;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;

/**
 * A dataset's folder in the landing zone, {@code LANDING/datasets--owner--name}: its files as they
 * lie in the repository, and the manifest. What is not whole lies below a name with an underscore,
 * which {@code ingest} passes over.
 */
public final class LandingFolder implements Closeable {
  /** The manifest's name. */
  static final String MANIFEST = "_manifest.json";

  /** How a dataset's folder begins, as in the Hub's cache. */
  static final String PREFIX = "datasets--";

  private static final String INCOMING = "_incoming";

  /** What they are called there: a dataset may have a folder of that name. */
  private static final Pattern COPY = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

  /** A file waits no longer for the other one of its pair. */
  private static final Duration ABANDONED_AFTER = Duration.ofDays(1);

  private static final int BUFFER_BYTES = 128 << 10;

  private final FileSystem files;
  private final Path folder;
  private final DatasetId dataset;

  /** The folder of a dataset below a landing URI. */
  public LandingFolder(Configuration configuration, String landing, DatasetId dataset)
      throws IOException {
    Path root = new Path(landing);
    // An instance of its own: files with Hadoop's own checksums beside them cannot be edited.
    this.files = FileSystem.newInstance(root.toUri(), configuration);
    files.setWriteChecksum(false);
    this.folder =
        files.makeQualified(new Path(root, PREFIX + dataset.owner() + "--" + dataset.name()));
    this.dataset = dataset;
  }

  /** True where only this machine sees it. */
  public boolean isLocal() {
    return files instanceof LocalFileSystem;
  }

  /** What was fetched before; nothing where there is no manifest. */
  public Manifest manifest() throws IOException {
    Path path = new Path(folder, MANIFEST);
    try (InputStream in = files.open(path)) {
      return Manifest.parse(in.readAllBytes());
    } catch (FileNotFoundException e) {
      return Manifest.empty(dataset);
    } catch (IOException e) {
      throw new IOException(
          path + " cannot be read: " + e.getMessage() + ". Delete it to fetch all files again.", e);
    }
  }

  /** Whether all files of a parcel are there, as the Hub has them now. */
  public boolean holds(Manifest manifest, Parcel parcel) throws IOException {
    for (RepositoryFile file : parcel.files()) {
      Manifest.Entry entry = manifest.files().get(file.path());
      if (entry == null || !entry.isOf(file) || size(file) != file.size()) {
        return false;
      }
    }
    return true;
  }

  private long size(RepositoryFile file) throws IOException {
    try {
      FileStatus status = files.getFileStatus(target(file));
      return status.isFile() ? status.getLen() : -1;
    } catch (FileNotFoundException e) {
      return -1;
    }
  }

  /** Notes parcels that were delivered. */
  public void note(Manifest before, Iterable<Parcel> delivered) throws IOException {
    Map<String, Manifest.Entry> entries = new TreeMap<>(before.files());
    for (Parcel parcel : delivered) {
      for (RepositoryFile file : parcel.files()) {
        entries.put(
            file.path(),
            new Manifest.Entry(parcel.snapshot().commit(), file.size(), file.checksum()));
      }
    }
    Path whole = incoming();
    try (OutputStream out = newFile(whole)) {
      out.write(new Manifest(Manifest.VERSION, dataset.toString(), entries).text());
    }
    replace(whole, new Path(folder, MANIFEST));
  }

  /** Gives a copy of a file, not yet under its name. */
  Path receive(RepositoryFile file, java.nio.file.Path local) throws IOException {
    Path copy = incoming();
    boolean received = false;
    try {
      if (!copy(local, copy, new Checksum(file))) {
        throw new HubException(
            HubException.Kind.CORRUPT,
            "'" + file.path() + "' has changed in the cache: expected " + file.checksum());
      }
      received = true;
      return copy;
    } finally {
      if (!received) {
        // Half of it would fill a disk that is full for ever.
        discard(copy);
      }
    }
  }

  private boolean copy(java.nio.file.Path from, Path to, Checksum checksum) throws IOException {
    try (InputStream in = Files.newInputStream(from);
        OutputStream out = newFile(to)) {
      byte[] buffer = new byte[BUFFER_BYTES];
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        checksum.update(buffer, 0, count);
        out.write(buffer, 0, count);
      }
    }
    return checksum.matches();
  }

  /** Removes copies of runs that were killed; those of one that is under way lie beside them. */
  public void removeAbandoned() throws IOException {
    Path copies = new Path(folder, INCOMING);
    if (files.exists(copies)) {
      long newestAbandonedMillis = System.currentTimeMillis() - ABANDONED_AFTER.toMillis();
      for (FileStatus copy : files.listStatus(copies)) {
        boolean isOld = copy.getModificationTime() < newestAbandonedMillis;
        if (isOld && COPY.matcher(copy.getPath().getName()).matches()) {
          files.delete(copy.getPath(), false);
        }
      }
    }
  }

  private OutputStream newFile(Path path) throws IOException {
    Optional<OutputStream> onDisk = LocalDisk.newFile(files, path);
    return onDisk.isPresent() ? onDisk.get() : files.create(path, true);
  }

  /** Where that fails, what it was discarded for is what counts; a later fetch removes it. */
  void discard(Path copy) {
    try {
      files.delete(copy, false);
    } catch (IOException e) {
      return;
    }
  }

  /** Gives a copy its name, in place of what had it before. */
  void accept(RepositoryFile file, Path copy) throws IOException {
    Path target = target(file);
    LocalDisk.newFolder(files, target.getParent());
    refuseLinksOut(target.getParent());
    replace(copy, target);
  }

  private void replace(Path from, Path to) throws IOException {
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

  private void refuseLinksOut(Path parent) throws IOException {
    if (isLocal()) {
      java.nio.file.Path root = java.nio.file.Path.of(folder.toUri()).toRealPath();
      if (!java.nio.file.Path.of(parent.toUri()).toRealPath().startsWith(root)) {
        throw new HubException(
            HubException.Kind.UNSAFE, parent + " is a link that leads out of " + folder);
      }
    }
  }

  private Path target(RepositoryFile file) {
    Path target = folder;
    for (String step : file.path().split("/", -1)) {
      // The step alone: a colon in it is no scheme.
      target = new Path(target, new Path(null, null, step));
    }
    return target;
  }

  private Path incoming() {
    return new Path(new Path(folder, INCOMING), UUID.randomUUID().toString());
  }

  @Override
  public void close() throws IOException {
    files.close();
  }
}
