package io.booklake.cli;

import java.io.IOException;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.security.AccessControlException;

/**
 * Local files behind {@code fading:}, some of which can be opened once and then no more, and a
 * folder {@code locked} that may not be listed.
 */
public final class FadingFileSystem extends RawLocalFileSystem {
  private static final Map<String, AtomicInteger> OPENED = new ConcurrentHashMap<>();

  /** From now on the file of this name opens once. */
  static void fade(String name) {
    OPENED.put(name, new AtomicInteger());
  }

  @Override
  public URI getUri() {
    return URI.create("fading:///");
  }

  @Override
  public String getScheme() {
    return "fading";
  }

  @Override
  public FileStatus[] listStatus(Path folder) throws IOException {
    if (folder.getName().equals("locked")) {
      throw new AccessControlException(folder + ": Permission denied");
    }
    return super.listStatus(folder);
  }

  @Override
  public FSDataInputStream open(Path file, int bufferSize) throws IOException {
    AtomicInteger opened = OPENED.get(file.getName());
    if (opened != null && opened.incrementAndGet() > 1) {
      throw new IOException("connection reset");
    }
    return super.open(file, bufferSize);
  }
}
