package io.booklake.read;

/**
 * Bytes that are used again and again for what is soon done with: a file that is newly opened, and
 * pages before they are decompressed, would be most of what the garbage collector has to look at.
 * For one thread.
 */
final class Room {
  /** What takes more gets an array that is not kept. */
  private static final int MOST_KEPT_BYTES = 1 << 20;

  private byte[] bytes = new byte[0];

  /**
   * At least so many bytes, with anything in them. What was given before is used up by this.
   *
   * @param count of bytes
   */
  byte[] of(int count) {
    if (count > MOST_KEPT_BYTES) {
      return new byte[count];
    }
    if (bytes.length < count) {
      bytes = new byte[Math.min(MOST_KEPT_BYTES, Math.max(count, 2 * bytes.length))];
    }
    return bytes;
  }
}
