package io.booklake.read;

/**
 * Bytes and numbers that are used again and again for what is soon done with: a file that is newly
 * opened, pages before they are decompressed, and dictionaries before they are stored in few bytes
 * would be most of what the garbage collector has to look at. For one thread.
 */
final class Room {
  /** What takes more gets an array that is not kept. */
  private static final int MOST_KEPT_BYTES = 1 << 20;

  private byte[] bytes = new byte[0];
  private long[] numbers = new long[0];

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

  /**
   * At least so many numbers, with anything in them. Bytes that were given before stay as they are.
   *
   * @param count of numbers
   */
  long[] numbers(int count) {
    if (count > MOST_KEPT_BYTES / Long.BYTES) {
      return new long[count];
    }
    if (numbers.length < count) {
      numbers =
          new long[Math.min(MOST_KEPT_BYTES / Long.BYTES, Math.max(count, 2 * numbers.length))];
    }
    return numbers;
  }
}
