package io.booklake.hub;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/**
 * A file to publish.
 *
 * @param path where it goes in the repository
 * @param size bytes
 * @param source opened as often as it takes; must give the same bytes each time
 */
public record Upload(String path, long size, Source source) {

  /** Where the bytes are. */
  @FunctionalInterface
  public interface Source {
    /** Opens them from an offset to the end. */
    InputStream open(long from) throws IOException;
  }

  /**
   * Checks the path.
   *
   * @throws IllegalArgumentException if it leads out of the repository
   */
  public Upload {
    RepositoryPath.check(path);
  }

  /** A text. */
  public static Upload ofText(String path, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return new Upload(
        path,
        bytes.length,
        from -> new java.io.ByteArrayInputStream(bytes, (int) from, bytes.length - (int) from));
  }
}
