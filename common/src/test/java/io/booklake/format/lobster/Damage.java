package io.booklake.format.lobster;

import java.util.Arrays;

/**
 * Damage to the bytes of packed files. Archives have their message file first; offsets are those of
 * PKWARE's APPNOTE 4.3.7 (local header) and 4.3.12 (central directory).
 */
final class Damage {
  private static final int LOCAL_HEADER_BYTES = 30;

  /** A method that the zip reader knows and cannot read without another library. */
  private static final byte ZSTANDARD = 93;

  private Damage() {}

  static byte[] cut(byte[] packed, int length) {
    return Arrays.copyOf(packed, length);
  }

  /** The trailer of a gzip file is CRC-32 and length, four bytes each. */
  static byte[] gzipChecksum(byte[] packed) {
    packed[packed.length - 8] ^= 1;
    return packed;
  }

  static byte[] zipEncrypted(byte[] packed) {
    packed[6] |= 1;
    packed[directory(packed) + 8] |= 1;
    return packed;
  }

  static byte[] zipMethod(byte[] packed) {
    packed[8] = ZSTANDARD;
    packed[directory(packed) + 10] = ZSTANDARD;
    return packed;
  }

  static byte[] zipChecksum(byte[] packed) {
    packed[directory(packed) + 16] ^= 1;
    return packed;
  }

  static byte[] zipLength(byte[] packed) {
    packed[directory(packed) + 24] ^= 1;
    return packed;
  }

  /** A first block of the reserved type: all its bits are set. */
  static byte[] zipData(byte[] packed) {
    packed[dataBegin(packed)] = (byte) 0xff;
    return packed;
  }

  /** The packed length as the directory has it is what readers go by. */
  static byte[] zipEntryCut(byte[] packed) {
    packed[directory(packed) + 20] = 12;
    return packed;
  }

  private static int dataBegin(byte[] packed) {
    return LOCAL_HEADER_BYTES + packed[26] + packed[28];
  }

  /** Begin of the central directory: its first entry is the message file's. */
  static int directory(byte[] packed) {
    for (int i = 0; ; i++) {
      if (packed[i] == 'P' && packed[i + 1] == 'K' && packed[i + 2] == 1 && packed[i + 3] == 2) {
        return i;
      }
    }
  }
}
