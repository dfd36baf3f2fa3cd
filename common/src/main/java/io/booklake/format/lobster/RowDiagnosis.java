package io.booklake.format.lobster;

import io.booklake.model.EventType;
import io.booklake.model.ExchangeTime;
import io.booklake.model.Price;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/** Finds out, slowly and in words, what is wrong with a row that a parser refused. */
final class RowDiagnosis {
  private static final Pattern NUMBER = Pattern.compile("-?\\d+");
  private static final Pattern TIME =
      Pattern.compile("\\d{1,5}(\\.\\d{1," + MessageParser.MOST_DECIMALS + "})?");
  private static final Pattern WORD = Pattern.compile(".*[A-Za-z].*");

  private final String file;
  private final long line;
  private final String[] fields;

  private RowDiagnosis(String file, long line, String text) {
    this.file = file;
    this.line = line;
    this.fields = text.split(",", -1);
  }

  /**
   * What is wrong with a message row.
   *
   * @param columns 6 or 7, as the first row has
   * @param previousNanos time of the row before
   */
  static Rejection ofMessage(String file, long line, String text, int columns, long previousNanos) {
    RowDiagnosis row = new RowDiagnosis(file, line, text);
    Rejection general = row.general(text, columns);
    return general != null ? general : row.message(columns, previousNanos);
  }

  /** What is wrong with an orderbook row of {@code levels} levels. */
  static Rejection ofOrderbook(String file, long line, String text, int levels) {
    RowDiagnosis row = new RowDiagnosis(file, line, text);
    Rejection general = row.general(text, 4 * levels);
    return general != null ? general : row.orderbook(levels);
  }

  /** What can be wrong with a row of either file; null if nothing is. */
  private Rejection general(String text, int columns) {
    if (text.indexOf('\0') >= 0) {
      return whole(Reason.NUL_BYTE, "a zero byte", "text");
    }
    if (text.length() >= LineBuffer.LONGEST_LINE) {
      return whole(
          Reason.LINE_TOO_LONG,
          "a line of " + LineBuffer.LONGEST_LINE + " bytes or more",
          columns + " columns");
    }
    if (line == 1 && text.startsWith("\u00ef\u00bb\u00bf")) {
      return whole(Reason.BYTE_ORDER_MARK, "a UTF-8 byte order mark", "a number");
    }
    if (text.endsWith("\r")) {
      return whole(
          Reason.CARRIAGE_RETURN, "a carriage return before the line end", "a line feed alone");
    }
    if (text.isBlank()) {
      return whole(Reason.EMPTY_LINE, "an empty line", columns + " columns");
    }
    if (line == 1 && isHeader()) {
      return whole(Reason.HEADER_ROW, quoted(text), "an event");
    }
    if (fields.length != columns) {
      return whole(
          Reason.COLUMN_COUNT, fields.length + " columns in " + quoted(text), columns + " columns");
    }
    return null;
  }

  /** Most columns of a header are words; of a broken row few are. */
  private boolean isHeader() {
    long words = Arrays.stream(fields).filter(field -> WORD.matcher(field).matches()).count();
    return 2 * words > fields.length;
  }

  private Rejection message(int columns, long previousNanos) {
    if (!TIME.matcher(fields[0]).matches()) {
      return at(1, Reason.TIME_MALFORMED, "seconds after midnight");
    }
    long nanos = exactNanos(fields[0]);
    if (nanos >= ExchangeTime.NANOS_PER_DAY) {
      return at(1, Reason.TIME_OUT_OF_DAY, "less than 86400 seconds");
    }
    for (int column = 2; column <= 6; column++) {
      Rejection notANumber = number(column);
      if (notANumber != null) {
        return notANumber;
      }
    }
    if (nanos < previousNanos) {
      return at(
          1,
          Reason.TIME_FALLS,
          "at least " + ExchangeTime.wallClock(previousNanos) + " as in the row before");
    }
    if (fields[1].length() != 1 || value(2) < EventType.NEW_ORDER || value(2) > EventType.HALT) {
      return at(2, Reason.EVENT_TYPE, "1 to 7");
    }
    Rejection outOfRange = value(2) == EventType.HALT ? halt() : order();
    if (outOfRange != null) {
      return outOfRange;
    }
    return at(columns, Reason.MARKET_PARTICIPANT, "null or up to 8 letters and digits");
  }

  private Rejection halt() {
    if (value(3) < -1) {
      return at(3, Reason.ORDER_ID, "0 or -1 in a halt");
    }
    if (value(4) < -1 || value(4) > MessageParser.LARGEST_SIZE) {
      return at(4, Reason.SIZE_OUT_OF_RANGE, "0 or -1 in a halt");
    }
    if (value(5) < EventType.TRADING_HALTS || value(5) > EventType.TRADING_RESUMES) {
      return at(
          5, Reason.PRICE_OUT_OF_RANGE, "-1 (halted), 0 (quoting resumes) or 1 (trading resumes)");
    }
    return Math.abs(value(6)) > 1 ? at(6, Reason.DIRECTION, "-1, 0 or 1 in a halt") : null;
  }

  private Rejection order() {
    boolean cross = value(2) == EventType.CROSS_TRADE;
    if (cross ? value(3) < -4 || value(3) > -1 : value(3) < 0) {
      return at(3, Reason.ORDER_ID, cross ? "-1 to -4 for a cross" : "0 or more");
    }
    if (value(4) <= 0 || value(4) > MessageParser.LARGEST_SIZE) {
      return at(4, Reason.SIZE_OUT_OF_RANGE, "1 to " + MessageParser.LARGEST_SIZE);
    }
    if (value(5) <= 0 || value(5) > Price.MAX) {
      return at(5, Reason.PRICE_OUT_OF_RANGE, "1 to " + Price.MAX);
    }
    return Math.abs(value(6)) != 1 ? at(6, Reason.DIRECTION, "1 or -1") : null;
  }

  private Rejection orderbook(int levels) {
    for (int column = 1; column <= 4 * levels; column++) {
      Rejection notANumber = number(column);
      if (notANumber != null) {
        return notANumber;
      }
    }
    for (int level = 1; level <= levels; level++) {
      for (Side side :
          List.of(new Side("ask", 4 * level - 3, 1), new Side("bid", 4 * level - 1, -1))) {
        Rejection wrong = level(level, side);
        if (wrong != null) {
          return wrong;
        }
      }
    }
    throw new IllegalStateException("a parser refused a valid row: " + file + ", line " + line);
  }

  /** Where one side of a level stands in the row; direction 1 where prices rise with the level. */
  private record Side(String name, int column, int direction) {}

  private Rejection level(int level, Side side) {
    long price = value(side.column);
    long size = value(side.column + 1);
    long empty = side.direction * Price.EMPTY_ASK;
    long before = level == 1 ? 0 : value(side.column - 4);
    if (price == empty) {
      return size == 0 ? null : at(side.column + 1, Reason.BOOK_GAP, "size 0 in an empty level");
    }
    if (price <= 0 || price > Price.MAX) {
      return at(
          side.column,
          Reason.PRICE_OUT_OF_RANGE,
          "1 to " + Price.MAX + ", or " + empty + " in an empty level");
    }
    if (size <= 0 || size > MessageParser.LARGEST_SIZE) {
      return at(side.column + 1, Reason.SIZE_OUT_OF_RANGE, "1 to " + MessageParser.LARGEST_SIZE);
    }
    if (level == 1) {
      return null;
    }
    if (before == empty) {
      return at(side.column, Reason.BOOK_GAP, "an empty level behind an empty level");
    }
    return side.direction * (price - before) > 0
        ? null
        : at(
            side.column,
            Reason.BOOK_UNSORTED,
            side.name
                + (side.direction > 0 ? " above " : " below ")
                + before
                + " of level "
                + (level - 1));
  }

  private Rejection number(int column) {
    String field = fields[column - 1];
    if (!NUMBER.matcher(field).matches()) {
      return at(column, Reason.NOT_A_NUMBER, "a whole number");
    }
    return field.replace("-", "").length() > LineBuffer.MOST_DIGITS
        ? at(column, Reason.NUMBER_TOO_LARGE, "at most " + LineBuffer.MOST_DIGITS + " digits")
        : null;
  }

  private long value(int column) {
    return Long.parseLong(fields[column - 1]);
  }

  private static long exactNanos(String seconds) {
    return new BigDecimal(seconds)
        .setScale(9, RoundingMode.HALF_UP)
        .unscaledValue()
        .longValueExact();
  }

  private Rejection at(int column, Reason reason, String expected) {
    return new Rejection(reason, file, line, column, quoted(fields[column - 1]), expected);
  }

  private Rejection whole(Reason reason, String found, String expected) {
    return new Rejection(reason, file, line, 0, found, expected);
  }

  private static String quoted(String text) {
    return "'" + text + "'";
  }
}
