package io.booklake.format.lobster;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SeekableByteChannel;
import java.util.OptionalLong;
import java.util.zip.ZipException;

/**
 * The record at the end of a zip archive, which says how many entries it has (PKWARE, .ZIP File
 * Format Specification 6.3.10, 4.3.14 to 4.3.16).
 */
final class EndOfArchive {
  private static final int SIGNATURE = 0x06054b50;
  private static final int BYTES = 22;
  private static final int MAX_COMMENT_BYTES = 0xffff;
  private static final int ENTRIES_AT = 10;
  private static final int SEE_ZIP64 = 0xffff;

  private static final int LOCATOR_SIGNATURE = 0x07064b50;
  private static final int LOCATOR_BYTES = 20;
  private static final int LOCATOR_OFFSET_AT = 8;
  private static final int ZIP64_BYTES = 56;
  private static final int ZIP64_ENTRIES_AT = 32;

  private EndOfArchive() {}

  /**
   * Entries of the archive.
   *
   * @throws ZipException if it has no such record
   */
  static long entries(SeekableByteChannel archive) throws IOException {
    // Few archives have a comment, and of a store each further byte is asked for.
    OptionalLong entries = entries(archive, BYTES);
    return entries.isPresent()
        ? entries.getAsLong()
        : entries(archive, BYTES + MAX_COMMENT_BYTES)
            .orElseThrow(() -> new ZipException("no end record of a zip archive"));
  }

  private static OptionalLong entries(SeekableByteChannel archive, int most) throws IOException {
    long from = Math.max(0, archive.size() - most);
    ByteBuffer tail = bytes(archive, from, (int) (archive.size() - from));
    for (int at = tail.limit() - BYTES; at >= 0; at--) {
      if (tail.getInt(at) == SIGNATURE) {
        int entries = Short.toUnsignedInt(tail.getShort(at + ENTRIES_AT));
        return OptionalLong.of(entries == SEE_ZIP64 ? zip64(archive, from + at, entries) : entries);
      }
    }
    return OptionalLong.empty();
  }

  /** An archive may also have just so many entries. */
  private static long zip64(SeekableByteChannel archive, long end, int entries) throws IOException {
    if (end < LOCATOR_BYTES) {
      return entries;
    }
    ByteBuffer locator = bytes(archive, end - LOCATOR_BYTES, LOCATOR_BYTES);
    if (locator.getInt(0) != LOCATOR_SIGNATURE) {
      return entries;
    }
    long at = locator.getLong(LOCATOR_OFFSET_AT);
    if (at < 0 || at > end - ZIP64_BYTES) {
      throw new ZipException("an end record for zip64 at byte " + at + ", where none can be");
    }
    return bytes(archive, at, ZIP64_BYTES).getLong(ZIP64_ENTRIES_AT);
  }

  private static ByteBuffer bytes(SeekableByteChannel archive, long from, int count)
      throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(count).order(ByteOrder.LITTLE_ENDIAN);
    archive.position(from);
    while (bytes.hasRemaining()) {
      if (archive.read(bytes) < 0) {
        throw new ZipException("it ends " + bytes.remaining() + " bytes early");
      }
    }
    return bytes;
  }
}
