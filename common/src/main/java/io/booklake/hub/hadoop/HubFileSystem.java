package io.booklake.hub.hadoop;

import io.booklake.hub.DatasetRevision;
import io.booklake.hub.Hub;
import io.booklake.hub.RepositoryFile;
import io.booklake.hub.Snapshot;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.util.Progressable;

/**
 * Datasets on the Hub as a read-only file system, {@code hf://datasets/OWNER/NAME@REVISION/PATH}.
 * Files are read by ranges where they are; nothing is copied to a disk.
 *
 * <p>A branch is resolved when the file system first meets it and stays that commit: what one
 * process reads belongs together. Where several machines read one dataset, name the commit ({@link
 * HubLocation#pinned}). Files have no time of their own: theirs is 1970.
 */
public final class HubFileSystem extends FileSystem {
  private static final String READ_ONLY =
      "hf:// is for reading. To write to a dataset use: booklake publish";

  private final Map<DatasetRevision, HubTree> trees = new ConcurrentHashMap<>();
  private URI uri;
  private Hub hub;

  @Override
  public String getScheme() {
    return HubLocation.SCHEME;
  }

  @Override
  public void initialize(URI name, Configuration configuration) throws IOException {
    super.initialize(name, configuration);
    setConf(configuration);
    if (!"datasets".equals(name.getAuthority())) {
      throw new IOException("found " + name + ", expected hf://datasets/OWNER/NAME@REVISION/PATH");
    }
    uri = URI.create(name.getScheme() + "://" + name.getAuthority());
    hub = new Hub(HubConfiguration.settings(configuration));
  }

  @Override
  public URI getUri() {
    return uri;
  }

  /** None: there is nobody who gives out tokens of Hadoop's own, and the host is no host. */
  @Override
  public String getCanonicalServiceName() {
    return null;
  }

  private HubTree tree(DatasetRevision revision) throws IOException {
    try {
      return trees.computeIfAbsent(
          revision,
          wanted -> {
            try {
              Snapshot snapshot = hub.resolve(wanted);
              return new HubTree(snapshot, hub.list(snapshot));
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          });
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private static HubLocation location(Path path) throws FileNotFoundException {
    try {
      return HubLocation.of(path);
    } catch (IllegalArgumentException e) {
      FileNotFoundException missing = new FileNotFoundException(e.getMessage());
      missing.initCause(e);
      throw missing;
    }
  }

  @Override
  public FSDataInputStream open(Path path, int bufferBytes) throws IOException {
    HubLocation location = location(path);
    HubTree tree = tree(location.revision());
    RepositoryFile file = tree.file(location.path());
    if (file == null) {
      throw missing(path);
    }
    return new FSDataInputStream(new HubInputStream(hub, tree.snapshot(), file, statistics));
  }

  @Override
  public FileStatus getFileStatus(Path path) throws IOException {
    HubLocation location = location(path);
    return status(tree(location.revision()), location.path(), makeQualified(path));
  }

  private FileStatus status(HubTree tree, String path, Path qualified) throws IOException {
    RepositoryFile file = tree.file(path);
    if (file != null) {
      return new FileStatus(file.size(), false, 1, getDefaultBlockSize(qualified), 0, qualified);
    }
    if (tree.isFolder(path)) {
      return new FileStatus(0, true, 1, 0, 0, qualified);
    }
    throw missing(qualified);
  }

  @Override
  public FileStatus[] listStatus(Path path) throws IOException {
    HubLocation location = location(path);
    HubTree tree = tree(location.revision());
    Path qualified = makeQualified(path);
    FileStatus own = status(tree, location.path(), qualified);
    if (own.isFile()) {
      return new FileStatus[] {own};
    }
    var children = tree.children(location.path());
    FileStatus[] statuses = new FileStatus[children.size()];
    int next = 0;
    for (String child : children) {
      String name = child.substring(child.lastIndexOf('/') + 1);
      // A colon in a name is no scheme.
      statuses[next++] = status(tree, child, new Path(qualified, new Path(null, null, name)));
    }
    return statuses;
  }

  private static FileNotFoundException missing(Path path) {
    return new FileNotFoundException("nothing at " + path);
  }

  @Override
  public Path getWorkingDirectory() {
    return new Path(uri + "/");
  }

  @Override
  public void setWorkingDirectory(Path path) {
    throw new UnsupportedOperationException("hf:// needs whole paths");
  }

  @Override
  public FSDataOutputStream create(
      Path path,
      FsPermission permission,
      boolean overwrite,
      int bufferBytes,
      short replication,
      long blockBytes,
      Progressable progress)
      throws IOException {
    throw new IOException(READ_ONLY);
  }

  @Override
  public FSDataOutputStream append(Path path, int bufferBytes, Progressable progress)
      throws IOException {
    throw new IOException(READ_ONLY);
  }

  @Override
  public boolean rename(Path from, Path to) throws IOException {
    throw new IOException(READ_ONLY);
  }

  @Override
  public boolean delete(Path path, boolean recursive) throws IOException {
    throw new IOException(READ_ONLY);
  }

  @Override
  public boolean mkdirs(Path path, FsPermission permission) throws IOException {
    throw new IOException(READ_ONLY);
  }
}
