package io.booklake.format.lobster;

/**
 * Why a file or a pair was rejected: the codes of the {@code quarantine} table, each with its cure.
 */
public enum Reason {
  /** One half of a pair is missing. */
  MISSING_MESSAGE_FILE("Deliver the message file beside it, under the same name."),
  /** One half of a pair is missing. */
  MISSING_ORDERBOOK_FILE("Deliver the orderbook file beside it, under the same name."),
  /** The same ticker-day was found more than once. */
  DUPLICATE_PAIR("Keep one of them in the landing zone: booklake does not guess which is right."),
  /** The name is meant as LOBSTER's but cannot be read. */
  BAD_FILE_NAME(
      "Name it TICKER_YYYY-MM-DD_START_END_message|orderbook_LEVELS.csv, as LOBSTER does."),
  /** An archive entry with an absolute path or one that leads out of the archive. */
  HOSTILE_ENTRY_NAME("Pack the archive again with plain relative names."),
  /** Unpacks to far more than any real data would. */
  INFLATES_TOO_MUCH("Check where the file comes from; unpack it by hand if you trust it."),
  /** A gzip file or archive entry that ends early. */
  TRUNCATED("Transfer the file again: its end is missing."),
  /** An archive or gzip file that cannot be unpacked. */
  CORRUPT_ARCHIVE("Transfer the file again, or test it with unzip -t or gzip -t."),
  /** An archive that nothing here reads, or a zip archive in another. */
  OTHER_ARCHIVE("Unpack it, or pack its files by zip or gzip."),
  /** The file system refused to open or read it. */
  UNREADABLE("Check that it exists and may be read; the next run tries again."),
  /** The file changed while it was read. */
  CHANGED_WHILE_READ(
      "Deliver files under a temporary name and rename them when complete; run again."),
  /** No line at all. */
  EMPTY_FILE("Deliver the file again: it holds no line."),
  /** Begins with a UTF-8 byte order mark. */
  BYTE_ORDER_MARK("Save it as plain ASCII without a byte order mark."),
  /** The first line holds words. */
  HEADER_ROW("Remove the header row: LOBSTER files have none."),
  /** Windows line ends. */
  CARRIAGE_RETURN("Convert the line ends, for instance with dos2unix."),
  /** A zero byte, as a hole in a half-written file has. */
  NUL_BYTE("Transfer the file again: it has a hole."),
  /** A line without text. */
  EMPTY_LINE("Remove the empty line: every line is an event."),
  /** A line longer than any row can be. */
  LINE_TOO_LONG("Check that the file is a LOBSTER file."),
  /** The two files are exchanged. */
  SWAPPED_FILES("Exchange the names of the two files."),
  /** The columns of the orderbook file disagree with its name. */
  LEVELS_DISAGREE("Rename the pair to the number of levels it has."),
  /** A row with too few or too many columns. */
  COLUMN_COUNT("Deliver the file again: the row is not whole."),
  /** Not a whole number. */
  NOT_A_NUMBER("Deliver the file again, or correct the field at its source."),
  /** More digits than any value has. */
  NUMBER_TOO_LARGE("Deliver the file again, or correct the field at its source."),
  /** Not seconds with decimals. */
  TIME_MALFORMED(
      "Times are seconds after midnight with at most 18 decimals, like 34200.015105074."),
  /** Behind midnight. */
  TIME_OUT_OF_DAY("Times are seconds after midnight and below 86400."),
  /** Earlier than the row before. */
  TIME_FALLS("Put the rows back in the order of the source: it is the only order there is."),
  /** Not 1 to 7. */
  EVENT_TYPE("Event types are 1 to 7."),
  /** Not what the event type allows. */
  ORDER_ID("Order ids are 0 or more; -1 to -4 for crosses."),
  /** Not a number of shares. */
  SIZE_OUT_OF_RANGE("Sizes are 1 to 2147483647 shares, 0 only in an empty level or a halt."),
  /** Not a price. */
  PRICE_OUT_OF_RANGE("Prices are 1 to 9999999998 (1/10,000 USD); halts carry -1, 0 or 1."),
  /** Not 1 or -1. */
  DIRECTION("Direction is 1 (buy) or -1 (sell)."),
  /** Not a market participant. */
  MARKET_PARTICIPANT("Column 7 is null or up to 8 letters and digits."),
  /** Levels out of price order. */
  BOOK_UNSORTED("Asks must rise and bids fall from level to level; check the column order."),
  /** An occupied level behind an empty one, or half an empty level. */
  BOOK_GAP(
      "An empty level is 9999999999 or -9999999999 with size 0, and only empty levels follow it."),
  /** The two files differ in length. */
  ROW_COUNTS_DIFFER("Deliver both files again: they must have one line per event each."),
  /** Too many rows where book before + event is not book after. */
  BROKEN_TRANSITIONS(
      "Check that both files are of one delivery; the configured share can be raised."),
  /** Too many rows with a bid at or above the ask. */
  CROSSED_BOOK("Check the column order; the configured share can be raised.");

  private final String cure;

  Reason(String cure) {
    this.cure = cure;
  }

  /** What the owner of the file can do. */
  public String cure() {
    return cure;
  }
}
