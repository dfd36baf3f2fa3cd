package io.booklake.lake.columnar;

import java.io.IOException;
import java.net.URI;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.util.Progressable;

/** Local files behind {@code full:}, on a disk without space, for which Linux has a device. */
public final class FullFileSystem extends RawLocalFileSystem {
  private static final Path WITHOUT_SPACE = new Path("/dev/full");

  @Override
  public URI getUri() {
    return URI.create("full:///");
  }

  @Override
  public String getScheme() {
    return "full";
  }

  @Override
  public FSDataOutputStream create(
      Path path,
      boolean overwrite,
      int bufferSize,
      short replication,
      long blockSize,
      Progressable progress)
      throws IOException {
    super.create(path, overwrite, bufferSize, replication, blockSize, progress).close();
    return super.create(WITHOUT_SPACE, true, bufferSize, replication, blockSize, progress);
  }

  /** The device belongs to no file system of this scheme. */
  @Override
  protected void checkPath(Path path) {
    if (!path.equals(WITHOUT_SPACE)) {
      super.checkPath(path);
    }
  }
}
