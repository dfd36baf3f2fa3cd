package io.booklake.hub;

import io.booklake.model.DigestPieces;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The checksum that names a file's content: SHA-256 where it lies in LFS, else git's own, SHA-1
 * over {@code blob SIZE}, a zero byte and the content.
 */
public final class Checksum {
  private final RepositoryFile file;
  private final MessageDigest digest;

  /** The checksum of a file's content, of which nothing was seen yet. */
  public Checksum(RepositoryFile file) {
    this.file = file;
    this.digest = file.lfsSha256() == null ? gitDigest(file.size()) : digest("SHA-256");
  }

  /** The next bytes. */
  public void update(byte[] bytes, int offset, int length) {
    DigestPieces.update(digest, bytes, offset, length);
  }

  /** Whether all that was seen is the file. May be asked once. */
  public boolean matches() {
    return HexFormat.of().formatHex(digest.digest()).equals(file.etag());
  }

  /** Git's digest of a blob, of which nothing was seen yet. */
  static MessageDigest gitDigest(long size) {
    MessageDigest digest = digest("SHA-1");
    digest.update(("blob " + size + "\0").getBytes(StandardCharsets.US_ASCII));
    return digest;
  }

  static MessageDigest digest(String algorithm) {
    try {
      return MessageDigest.getInstance(algorithm);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has " + algorithm, e);
    }
  }
}
