package io.booklake.hub;

import io.booklake.model.DigestPieces;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.HexFormat;

/**
 * A file to publish, with its checksums.
 *
 * @param upload the file
 * @param sha256 what its content is named in LFS
 * @param gitSha1 what it is named elsewhere
 */
record HashedUpload(Upload upload, String sha256, String gitSha1) {
  private static final int BUFFER_BYTES = 128 << 10;

  /** Reads the file once. */
  static HashedUpload of(Upload upload) throws IOException {
    MessageDigest sha256 = Checksum.digest("SHA-256");
    MessageDigest git = Checksum.gitDigest(upload.size());
    long size = 0;
    byte[] buffer = new byte[BUFFER_BYTES];
    try (InputStream in = upload.source().open(0)) {
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        DigestPieces.update(sha256, buffer, 0, count);
        DigestPieces.update(git, buffer, 0, count);
        size += count;
      }
    }
    if (size != upload.size()) {
      throw new IOException(
          upload.path() + ": found " + size + " bytes, expected " + upload.size());
    }
    HexFormat hex = HexFormat.of();
    return new HashedUpload(upload, hex.formatHex(sha256.digest()), hex.formatHex(git.digest()));
  }

  /** Whether a file of the dataset, or null, has this content. */
  boolean isAs(RepositoryFile there) {
    return there != null && (there.etag().equals(sha256) || there.etag().equals(gitSha1));
  }
}
