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
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.ParentNotDirectoryException;
import org.apache.hadoop.fs.Path;

/**
 * A dataset's folder in the landing zone, {@code LANDING/datasets--owner--name}: its files as they
 * lie in the repository, and the manifest. What is not whole lies below a name with an underscore,
 * which {@code ingest} passes over.
 */
public final class LandingFolder implements Closeable {
  /** How a dataset's folder begins, as in the Hub's cache. */
  static final String PREFIX = "datasets--";

  private static final String INCOMING = "_incoming";

  private static final String REMOVE_IT =
      "what an earlier commit had there is in the way. Remove it, and run it again.";

  /** First steps of what is not the dataset's own here. */
  private static final Set<String> OWN_NAMES = Set.of(ManifestFile.NAME, INCOMING);

  /** What they are called there: an earlier fetch may have put other files there. */
  private static final Pattern COPY = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

  /** A file waits no longer for the other one of its pair. */
  private static final Duration ABANDONED_AFTER = Duration.ofDays(1);

  private static final int BUFFER_BYTES = 128 << 10;

  private final FileSystem files;
  private final Path folder;
  private final ManifestFile manifest;

  /** The folder of a dataset below a landing URI. */
  public LandingFolder(Configuration configuration, String landing, DatasetId dataset)
      throws IOException {
    Path root = new Path(landing);
    // An instance of its own: files with Hadoop's own checksums beside them cannot be edited.
    this.files = FileSystem.newInstance(root.toUri(), configuration);
    files.setWriteChecksum(false);
    this.folder =
        files.makeQualified(new Path(root, PREFIX + dataset.owner() + "--" + dataset.name()));
    this.manifest = new ManifestFile(files, folder, new Path(folder, INCOMING), dataset);
  }

  /** True where only this machine sees it. */
  public boolean isLocal() {
    return files instanceof LocalFileSystem;
  }

  /** What was fetched before; nothing where there is no manifest. */
  public Manifest manifest() throws IOException {
    return manifest.read();
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

  /**
   * Takes what is to be replaced out of the manifest: a run that is killed before it notes what it
   * did must leave nothing there that no longer holds.
   *
   * @param before the manifest as it was when the parcels were chosen
   */
  public void forget(Manifest before, List<Parcel> parcels) throws IOException {
    Set<String> paths =
        parcels.stream()
            .flatMap(parcel -> parcel.files().stream())
            .map(RepositoryFile::path)
            .filter(before.files()::containsKey)
            .collect(Collectors.toSet());
    if (!paths.isEmpty()) {
      manifest.change(entries -> entries.keySet().removeAll(paths));
    }
  }

  /**
   * Notes what became of parcels.
   *
   * @param before the manifest as it was when the parcels were chosen: of what was refused the
   *     landing zone still has what is noted there
   */
  public void note(Manifest before, List<Delivery.Outcome> outcomes) throws IOException {
    manifest.change(
        entries -> {
          for (Delivery.Outcome outcome : outcomes) {
            for (RepositoryFile file : outcome.parcel().files()) {
              note(entries, before.files().get(file.path()), outcome, file);
            }
          }
        });
  }

  private static void note(
      Map<String, Manifest.Entry> entries,
      Manifest.Entry before,
      Delivery.Outcome outcome,
      RepositoryFile file) {
    Manifest.Entry meanwhile = entries.get(file.path());
    if (outcome.isDelivered()) {
      if (meanwhile == null || meanwhile.isOf(file)) {
        entries.put(
            file.path(),
            new Manifest.Entry(outcome.parcel().snapshot().commit(), file.size(), file.checksum()));
      } else {
        // Another fetch put another content there, and nobody knows whose came last.
        entries.remove(file.path());
      }
    } else if (before != null) {
      entries.putIfAbsent(file.path(), before);
    }
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
        OutputStream out = WholeFiles.create(files, to)) {
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

  /** Where that fails, what it was discarded for is what counts; a later fetch removes it. */
  void discard(Path copy) {
    try {
      files.delete(copy, false);
    } catch (IOException e) {
      return;
    }
  }

  /**
   * Refuses a name that cannot be had here, or is taken for something else, before anything is
   * brought for it.
   *
   * @throws HubException that concerns the file alone
   */
  void reserve(RepositoryFile file) throws HubException {
    file.checkName();
    String first = file.path().split("/", 2)[0];
    // Some disks take no notice of the case.
    if (OWN_NAMES.contains(first.toLowerCase(Locale.ROOT))) {
      throw new HubException(
          HubException.Kind.NAME,
          "'" + file.path() + "' cannot be put into " + folder + ": booklake keeps its own there.");
    }
  }

  /**
   * Makes the folder that a file is to lie in.
   *
   * @throws HubException that concerns the file alone, if it cannot lie there
   */
  void prepare(RepositoryFile file) throws IOException {
    Path target = target(file);
    try {
      LocalDisk.newFolder(files, target.getParent());
    } catch (IOException e) {
      if (e instanceof ParentNotDirectoryException || isBelowAFile(target)) {
        throw new HubException(
            HubException.Kind.NAME, target + " needs a folder where a file is: " + REMOVE_IT, e);
      }
      throw e;
    }
    refuseLinksOut(target.getParent());
    if (WholeFiles.isFolder(files, target)) {
      throw new HubException(
          HubException.Kind.NAME, target + " is a folder, and a file now: " + REMOVE_IT);
    }
  }

  /** Each file system has an exception of its own for that, and another for each depth. */
  private boolean isBelowAFile(Path path) throws IOException {
    Path above = path.getParent();
    while (above != null && !files.exists(above)) {
      above = above.getParent();
    }
    return above != null && !files.getFileStatus(above).isDirectory();
  }

  /** Gives a copy the name that was prepared, in place of what had it before. */
  void accept(RepositoryFile file, Path copy) throws IOException {
    WholeFiles.replace(files, copy, target(file));
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
