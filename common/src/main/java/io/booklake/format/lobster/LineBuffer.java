package io.booklake.format.lobster;

import io.booklake.model.DigestPieces;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.zip.ZipException;

/**
 * A window over the bytes of one file that always holds at least one whole line, so that parsers
 * need no bounds checks of their own: a line ends with {@code \n}, which no field can contain.
 */
final class LineBuffer implements Closeable {
  /**
   * No line may have so many bytes: four times a row of {@link
   * io.booklake.model.TickerDay#MAX_LEVELS} levels.
   */
  static final int LONGEST_LINE = 1 << 16;

  /** What {@link #number} gives where there is no number. */
  static final long MALFORMED = Long.MIN_VALUE;

  private static final int CAPACITY = 1 << 18;

  /** No value has more, and 18 digits cannot overflow 64 bits. */
  static final int MOST_DIGITS = 18;

  /** With room for whoever looks at eight bytes where a number begins. */
  final byte[] bytes = new byte[CAPACITY + EightBytes.COUNT];

  /** Begin of the current line; parsers move it to the begin of the next one. */
  int position;

  /** Where the parser stands in the current line. */
  int at;

  private final String name;
  private final InputStream in;
  private final MessageDigest digest;
  private int limit;
  private boolean ended;
  private long bytesRead;
  private int fills;

  /**
   * Over {@code in}, which it closes.
   *
   * @param name the file, for messages
   * @param digest fed with all bytes; null to save the time
   */
  LineBuffer(String name, InputStream in, MessageDigest digest) {
    this.name = name;
    this.in = in;
    this.digest = digest;
  }

  String name() {
    return name;
  }

  /**
   * Changes whenever bytes were moved, so that what lay before the current line is no longer there.
   */
  int fills() {
    return fills;
  }

  long bytesRead() {
    return bytesRead;
  }

  /** The digest of what was read, hexadecimal. */
  String digestHex() {
    return HexFormat.of().formatHex(digest.digest());
  }

  /**
   * Makes sure that the current line is whole, its {@code \n} included; the last line gets one if
   * it lacks it.
   *
   * @return false at the end of the file
   */
  boolean hasLine() throws IOException {
    if (limit - position < LONGEST_LINE && !ended) {
      fill();
    }
    return position < limit;
  }

  /** The byte at {@link #at}, which moves behind it. */
  byte next() {
    return bytes[at++];
  }

  /**
   * The whole number at {@link #at}, which moves behind its digits.
   *
   * @return {@link #MALFORMED} where there is none, or one of over 18 digits
   */
  long number() {
    int sign = bytes[at] == '-' ? 1 : 0;
    at += sign;
    long eight = EightBytes.at(bytes, at);
    int digits = EightBytes.digits(eight);
    if (digits == 0) {
      return MALFORMED;
    }
    long value = EightBytes.number(eight, digits);
    at += digits;
    if (digits == EightBytes.COUNT) {
      value = withFurtherDigits(value);
    }
    // What is malformed is its own negative.
    return sign == 0 ? value : -value;
  }

  private long withFurtherDigits(long begun) {
    int begin = at - EightBytes.COUNT;
    long value = begun;
    int digit;
    while ((digit = bytes[at] - '0') >= 0 && digit <= 9) {
      value = value * 10 + digit;
      at++;
    }
    return at - begin > MOST_DIGITS ? MALFORMED : value;
  }

  /**
   * Moves to the next line without looking at this one.
   *
   * @return false where the line is too long; the position is then unchanged
   */
  boolean skipLine() {
    int p = position;
    while (bytes[p] != '\n') {
      p++;
    }
    if (p - position >= LONGEST_LINE) {
      return false;
    }
    position = p + 1;
    return true;
  }

  /**
   * True where the current line is longer than any row can be. Its end may then be out of sight.
   */
  boolean lineTooLong() {
    return lineLength() >= LONGEST_LINE;
  }

  /** Reads on to the end of the file, whatever it holds. */
  void readToEnd() throws IOException {
    while (hasLine()) {
      position = limit;
    }
  }

  /** The current line without its end, for messages and first looks; not for the hot path. */
  String line() {
    return new String(bytes, position, lineLength(), StandardCharsets.ISO_8859_1);
  }

  /** Bytes of the current line without its end. */
  int lineLength() {
    int end = position;
    while (end < limit && bytes[end] != '\n') {
      end++;
    }
    return end - position;
  }

  private void fill() throws IOException {
    fills++;
    System.arraycopy(bytes, position, bytes, 0, limit - position);
    limit -= position;
    position = 0;
    // One byte stays free for the line end that a last line may lack.
    while (limit < CAPACITY - 1) {
      int count = read();
      if (count < 0) {
        ended = true;
        if (limit > 0 && bytes[limit - 1] != '\n') {
          bytes[limit++] = '\n';
        }
        return;
      }
      if (digest != null) {
        DigestPieces.update(digest, bytes, limit, count);
      }
      bytesRead += count;
      limit += count;
    }
    // Behind the last byte: what stops a parser in a line that does not end.
    bytes[limit] = '\n';
  }

  private int read() throws IOException {
    try {
      return in.read(bytes, limit, CAPACITY - 1 - limit);
    } catch (EOFException e) {
      throw rejected(Reason.TRUNCATED, e);
    } catch (ZipException e) {
      throw rejected(Reason.CORRUPT_ARCHIVE, e);
    } catch (RejectedException e) {
      throw e;
    } catch (IOException e) {
      throw rejected(Reason.UNREADABLE, e);
    }
  }

  private RejectedException rejected(Reason reason, IOException cause) {
    RejectedException exception =
        new RejectedException(
            Rejection.ofFile(
                reason, name, cause + " after " + bytesRead + " bytes", "to read it to its end"));
    exception.initCause(cause);
    return exception;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
