package io.booklake.hub;

import java.io.Serializable;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * A file of a dataset at one commit.
 *
 * @param path relative, with slashes, checked to stay inside the repository; it may hold what no
 *     terminal should be given, until {@link #checkName}
 * @param size bytes
 * @param blobId git's SHA-1 of the blob: of the content, or of the pointer where it lies in LFS
 * @param lfsSha256 SHA-256 of the content, hexadecimal; null for a file that git itself holds
 * @param xetHash the Hub's other address of a file in LFS; null where it told none. Not used here,
 *     but kept for Python in the shared cache
 */
public record RepositoryFile(
    String path, long size, String blobId, String lfsSha256, String xetHash)
    implements Serializable {
  /** A thousand of the largest files that the Hub takes: sums of such sizes are numbers, too. */
  private static final long MOST_BYTES = 1L << 50;

  private static final Pattern SHA1 = Pattern.compile("[0-9a-f]{40}");
  private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

  /**
   * Checks everything: it comes from a server, and becomes names of files.
   *
   * @throws IllegalArgumentException if something is not what it should be
   */
  public RepositoryFile {
    RepositoryPath.checkInside(path);
    boolean hashes =
        SHA1.matcher(Objects.requireNonNull(blobId, "blobId")).matches()
            && (lfsSha256 == null || SHA256.matcher(lfsSha256).matches())
            && (xetHash == null || SHA256.matcher(xetHash).matches());
    if (size < 0 || size > MOST_BYTES || !hashes) {
      throw new IllegalArgumentException(
          "'" + Printable.of(path) + "' has no proper size or checksum");
    }
  }

  /**
   * Checks that it can have its name on a disk and in a message. One file of a dataset that cannot
   * is no reason to refuse the others.
   *
   * @throws HubException of kind {@code NAME} if not
   */
  public void checkName() throws HubException {
    if (!RepositoryPath.isPlain(path)) {
      throw new HubException(
          HubException.Kind.NAME,
          "'"
              + Printable.of(path)
              + "' cannot be the name of a file here: too long, or unprintable");
    }
  }

  /** Whether a terminal may be given its name. */
  public boolean isPrintable() {
    return RepositoryPath.isPrintable(path);
  }

  /** True for a git commit as the Hub names it. */
  static boolean isCommit(String text) {
    return SHA1.matcher(text).matches();
  }

  /** Names the content: the SHA-256 of a file in LFS, git's SHA-1 of any other. */
  public String etag() {
    return lfsSha256 == null ? blobId : lfsSha256;
  }

  /** For people and manifests: {@code sha256:...} or {@code git:...}. */
  public String checksum() {
    return (lfsSha256 == null ? "git:" : "sha256:") + etag();
  }
}
