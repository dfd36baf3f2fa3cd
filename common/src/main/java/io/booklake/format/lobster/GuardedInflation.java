package io.booklake.format.lobster;

import java.io.Closeable;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;

/**
 * A stream of unpacked bytes that refuses to become a bomb, and that holds an archive's entry
 * against the size and checksum which the archive promises.
 */
final class GuardedInflation extends FilterInputStream {
  /**
   * Text of a book shrinks 15 to 100 times. Deflate's own limit is 1,032, which only made-up data
   * comes near.
   */
  static final long LARGEST_RATIO = 400;

  /** Up to here any ratio is harmless. */
  static final long ALWAYS_ALLOWED = 1L << 26;

  private final SourceFile file;
  private final Closeable archive;
  private final long promisedBytes;
  private final long promisedCrc;
  private final CRC32 crc = new CRC32();
  private long count;

  /** Of a gzip stream, which checks its own size and checksum. */
  GuardedInflation(SourceFile file, InputStream in) {
    this(file, in, in, -1, -1);
  }

  /** Of an archive's entry; closes the archive with itself. */
  GuardedInflation(
      SourceFile file, InputStream in, Closeable archive, long promisedBytes, long promisedCrc) {
    super(in);
    this.file = file;
    this.archive = archive;
    this.promisedBytes = promisedBytes;
    this.promisedCrc = promisedCrc;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    int read = in.read(target, offset, length);
    if (read < 0) {
      checkPromise();
      return read;
    }
    count += read;
    if (count > ALWAYS_ALLOWED && count / LARGEST_RATIO > file.storedBytes()) {
      throw new RejectedException(
          Rejection.ofFile(
              Reason.INFLATES_TOO_MUCH,
              file.location(),
              "over " + count + " bytes out of " + file.storedBytes(),
              "at most " + LARGEST_RATIO + " times as many"));
    }
    if (promisedBytes >= 0) {
      crc.update(target, offset, read);
    }
    return read;
  }

  private void checkPromise() throws RejectedException {
    if (promisedBytes >= 0 && (count != promisedBytes || crc.getValue() != promisedCrc)) {
      throw new RejectedException(
          Rejection.ofFile(
              Reason.CORRUPT_ARCHIVE,
              file.location(),
              count + " bytes with checksum " + Long.toHexString(crc.getValue()),
              promisedBytes + " bytes with checksum " + Long.toHexString(promisedCrc)));
    }
  }

  @Override
  public void close() throws IOException {
    try {
      in.close();
    } finally {
      archive.close();
    }
  }
}
