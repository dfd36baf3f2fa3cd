package io.booklake.format.lobster;

import static io.booklake.model.ExchangeTime.NANOS_PER_DAY;
import static io.booklake.model.ExchangeTime.NANOS_PER_SECOND;

import io.booklake.model.EventType;
import io.booklake.model.Price;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Parses message rows from bytes to columns, without a float, a string or an object per row.
 *
 * <p>The fast path only finds out whether a row is right; what is wrong with one that is not is
 * found by {@link RowDiagnosis}, slowly and in words.
 */
final class MessageParser {
  /** Largest number of shares in one event or level. */
  static final long LARGEST_SIZE = Integer.MAX_VALUE;

  /**
   * LOBSTER writes up to 12. A bound keeps every row far shorter than a line may be, so that no row
   * can run into the end of the buffer.
   */
  static final int MOST_DECIMALS = 18;

  private static final int MOST_DIGITS_OF_SECONDS = 5;

  private static final long[] POWERS_OF_TEN = {
    1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000, 1_000_000_000
  };

  private final LineBuffer lines;
  private final boolean hasParticipant;
  private long previousNanos;
  private String lastParticipant;
  private byte[] lastParticipantBytes = new byte[0];

  MessageParser(LineBuffer lines, boolean hasParticipant) {
    this.lines = lines;
    this.hasParticipant = hasParticipant;
  }

  /** Time of the last row parsed, nanoseconds after midnight; 0 before the first. */
  long previousNanos() {
    return previousNanos;
  }

  /**
   * Parses the current line into a row of {@code batch} and moves to the next.
   *
   * @return false where the line is not a valid row; the position is then unchanged
   */
  boolean parse(EventBatch batch, int row) {
    lines.at = lines.position;
    long nanos = time(lines.bytes);
    if (nanos < previousNanos || nanos >= NANOS_PER_DAY || lines.next() != ',') {
      return false;
    }
    int type = lines.next() - '0';
    if (type < EventType.NEW_ORDER || type > EventType.HALT || lines.next() != ',') {
      return false;
    }
    long orderId = lines.number();
    if (orderId == LineBuffer.MALFORMED || lines.next() != ',') {
      return false;
    }
    long size = lines.number();
    if (size == LineBuffer.MALFORMED || lines.next() != ',') {
      return false;
    }
    long price = lines.number();
    if (price == LineBuffer.MALFORMED || lines.next() != ',') {
      return false;
    }
    long direction = lines.number();
    if (!isValid(type, orderId, size, price, direction)) {
      return false;
    }
    if (hasParticipant) {
      if (lines.next() != ',' || !participant(lines.bytes)) {
        return false;
      }
      batch.mpid[row] = lastParticipant;
    }
    if (lines.bytes[lines.at] != '\n') {
      return false;
    }
    batch.timeNanos[row] = nanos;
    batch.type[row] = (byte) type;
    batch.orderId[row] = orderId;
    batch.size[row] = size;
    batch.price[row] = price;
    batch.direction[row] = (byte) direction;
    previousNanos = nanos;
    lines.position = lines.at + 1;
    return true;
  }

  /** Whether the numbers of a row fit its type. */
  private static boolean isValid(int type, long orderId, long size, long price, long direction) {
    if (type == EventType.HALT) {
      return price >= EventType.TRADING_HALTS
          && price <= EventType.TRADING_RESUMES
          && size >= -1
          && size <= LARGEST_SIZE
          && orderId >= -1
          && direction >= -1
          && direction <= 1;
    }
    boolean idFits = type == EventType.CROSS_TRADE ? orderId >= -4 && orderId <= -1 : orderId >= 0;
    return idFits
        && size > 0
        && size <= LARGEST_SIZE
        && price > 0
        && price <= Price.MAX
        && (direction == 1 || direction == -1);
  }

  /**
   * Nanoseconds after midnight: the decimal number half-up to nine places, computed from its
   * digits. A double cannot: it is wrong on 1.3 % of the rows of a real file.
   */
  private long time(byte[] bytes) {
    int p = lines.at;
    long eight = EightBytes.at(bytes, p);
    int digits = EightBytes.digits(eight);
    if (digits == 0 || digits > MOST_DIGITS_OF_SECONDS) {
      return LineBuffer.MALFORMED;
    }
    long nanos = EightBytes.number(eight, digits) * NANOS_PER_SECOND;
    p += digits;
    if (bytes[p] == '.') {
      p++;
      int begin = p;
      eight = EightBytes.at(bytes, p);
      digits = EightBytes.digits(eight);
      if (digits == 0) {
        return LineBuffer.MALFORMED;
      }
      long fraction = EightBytes.number(eight, digits);
      p += digits;
      // Behind eight there may be a ninth, and behind that what is rounded.
      int digit = bytes[p] - '0';
      if (digit >= 0 && digit <= 9) {
        fraction = fraction * 10 + digit;
        digits++;
        p++;
      }
      nanos += fraction * POWERS_OF_TEN[9 - digits];
      digit = bytes[p] - '0';
      if (digit >= 0 && digit <= 9) {
        nanos += digit >= 5 ? 1 : 0;
        do {
          p++;
        } while (bytes[p] >= '0' && bytes[p] <= '9');
        if (p - begin > MOST_DECIMALS) {
          return LineBuffer.MALFORMED;
        }
      }
    }
    lines.at = p;
    return nanos;
  }

  /** Column 7. Few participants follow one another all day, so the last text is kept. */
  private boolean participant(byte[] bytes) {
    int begin = lines.at;
    int p = begin;
    while (isParticipantByte(bytes[p])) {
      p++;
    }
    int length = p - begin;
    if (length == 0 || length > 8) {
      return false;
    }
    lines.at = p;
    if (!sameAsLast(bytes, begin, length)) {
      String text = new String(bytes, begin, length, StandardCharsets.US_ASCII);
      lastParticipantBytes = text.getBytes(StandardCharsets.US_ASCII);
      lastParticipant = text.equals("null") ? null : text;
    }
    return true;
  }

  private boolean sameAsLast(byte[] bytes, int begin, int length) {
    return Arrays.equals(
        bytes, begin, begin + length, lastParticipantBytes, 0, lastParticipantBytes.length);
  }

  static boolean isParticipantByte(byte b) {
    return (b >= 'A' && b <= 'Z') || (b >= 'a' && b <= 'z') || (b >= '0' && b <= '9');
  }

  /** Moves to the next line without parsing this one; false where it is too long. */
  boolean skip() {
    return lines.skipLine();
  }
}
