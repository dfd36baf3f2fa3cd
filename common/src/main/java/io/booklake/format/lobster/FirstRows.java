package io.booklake.format.lobster;

import io.booklake.model.TickerDay;
import java.io.IOException;

/**
 * What the first rows tell of two files before they are parsed: columns, levels, and whether they
 * are exchanged.
 */
final class FirstRows {
  private static final int MESSAGE_COLUMNS = 6;

  private final int messageColumns;

  /** Looks at the first row of each file; either may be null. */
  FirstRows(TickerDay tickerDay, LineBuffer message, LineBuffer orderbook) throws IOException {
    String messageRow = firstRow(message);
    String bookRow = firstRow(orderbook);
    int bookColumns = columns(bookRow);
    messageColumns =
        columns(messageRow) == MESSAGE_COLUMNS + 1 ? MESSAGE_COLUMNS + 1 : MESSAGE_COLUMNS;
    if (isMessageRow(bookRow) && !isMessageRow(messageRow)) {
      throw new RejectedException(
          new Rejection(
              Reason.SWAPPED_FILES,
              orderbook.name(),
              1,
              0,
              "an event: '" + bookRow + "'",
              "a row of the book"));
    }
    boolean looksLikeBook =
        bookRow != null && bookColumns % 4 == 0 && !isText(bookRow) && !orderbook.lineTooLong();
    if (looksLikeBook && bookColumns != 4 * tickerDay.levels()) {
      throw new RejectedException(
          new Rejection(
              Reason.LEVELS_DISAGREE,
              orderbook.name(),
              1,
              0,
              bookColumns + " columns, which is " + bookColumns / 4 + " levels",
              4 * tickerDay.levels()
                  + " columns for the "
                  + tickerDay.levels()
                  + " levels of its name"));
    }
  }

  /** 6, or 7 with the market participant. */
  int messageColumns() {
    return messageColumns;
  }

  /** An event has its time, with decimals, in front, and a book row has no decimals at all. */
  private static boolean isMessageRow(String row) {
    return row != null
        && (columns(row) == MESSAGE_COLUMNS || columns(row) == MESSAGE_COLUMNS + 1)
        && row.contains(".");
  }

  private static boolean isText(String row) {
    return row.chars().anyMatch(c -> c != ',' && c != '-' && (c < '0' || c > '9'));
  }

  private static String firstRow(LineBuffer lines) throws IOException {
    if (lines == null) {
      return null;
    }
    if (!lines.hasLine()) {
      throw new RejectedException(
          Rejection.ofFile(Reason.EMPTY_FILE, lines.name(), "an empty file", "one line per event"));
    }
    return lines.line();
  }

  private static int columns(String row) {
    return row == null ? 0 : (int) row.chars().filter(c -> c == ',').count() + 1;
  }
}
