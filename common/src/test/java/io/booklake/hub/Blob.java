package io.booklake.hub;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;

/** A content that the {@link HubDouble} has: some bytes, or so many zeros that take no memory. */
final class Blob {
  private final byte[] bytes;
  private final long size;
  private final String sha256;
  private final boolean large;
  private final String gitSha1;

  private Blob(byte[] bytes, long size, String sha256, boolean large) {
    this.bytes = bytes;
    this.size = size;
    this.sha256 = sha256;
    this.large = large;
    this.gitSha1 = gitSha1(inGit());
  }

  /** Null for zeros. */
  byte[] bytes() {
    return bytes;
  }

  long size() {
    return size;
  }

  String sha256() {
    return sha256;
  }

  /** Whether it lies in LFS. */
  boolean large() {
    return large;
  }

  static Blob of(byte[] bytes, boolean large) {
    return new Blob(bytes, bytes.length, hex(Checksum.digest("SHA-256").digest(bytes)), large);
  }

  static Blob zeros(long size) {
    MessageDigest digest = Checksum.digest("SHA-256");
    byte[] some = new byte[1 << 20];
    for (long rest = size; rest > 0; rest -= some.length) {
      digest.update(some, 0, (int) Math.min(rest, some.length));
    }
    return new Blob(null, size, hex(digest.digest()), true);
  }

  /** What git holds: the content, or a pointer to it. */
  private byte[] inGit() {
    return large
        ? ("version https://git-lfs.github.com/spec/v1\noid sha256:"
                + sha256
                + "\nsize "
                + size
                + "\n")
            .getBytes(StandardCharsets.US_ASCII)
        : bytes;
  }

  private static String gitSha1(byte[] content) {
    return hex(Checksum.gitDigest(content.length).digest(content));
  }

  String etag() {
    return large ? sha256 : gitSha1;
  }

  void describe(ObjectNode entry) {
    entry.put("type", "file").put("oid", gitSha1).put("size", size);
    if (large) {
      entry
          .putObject("lfs")
          .put("oid", sha256)
          .put("size", size)
          .put("pointerSize", inGit().length);
    }
  }

  void write(OutputStream out, long from, long to) throws IOException {
    byte[] some = bytes == null ? new byte[1 << 17] : bytes;
    long position = from;
    while (position < to) {
      int count = (int) Math.min(to - position, bytes == null ? some.length : 1 << 17);
      out.write(some, bytes == null ? 0 : (int) position, count);
      position += count;
    }
  }

  private static String hex(byte[] digest) {
    return HexFormat.of().formatHex(digest);
  }
}
