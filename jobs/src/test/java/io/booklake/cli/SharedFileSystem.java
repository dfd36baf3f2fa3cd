package io.booklake.cli;

import java.net.URI;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;

/** The local disk as a file system that all machines are told to share: {@code shared:/folder}. */
public final class SharedFileSystem extends RawLocalFileSystem {
  static final String SCHEME = "shared";

  @Override
  public String getScheme() {
    return SCHEME;
  }

  @Override
  public URI getUri() {
    return URI.create(SCHEME + ":///");
  }

  @Override
  protected void checkPath(Path path) {
    String scheme = path.toUri().getScheme();
    if (scheme != null && !scheme.equals(SCHEME)) {
      throw new IllegalArgumentException("not shared: " + path);
    }
  }
}
