package io.booklake.format.lobster;

import static io.booklake.format.lobster.FileName.Kind.MESSAGE;
import static io.booklake.format.lobster.FileName.Kind.ORDERBOOK;
import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.booklake.format.lobster.Delivery.Text;
import io.booklake.model.TickerDay;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Bad deliveries as data: each a pair with one thing wrong, and what booklake must say of it. Every
 * case has a ticker of its own, so that all of them can lie in one landing folder.
 *
 * <p>Each row of the table begins with the sentence that names it. A changed line stands for the
 * same line of {@link #MESSAGES} or {@link #BOOKS}.
 */
public final class BadPairs {
  /** A sound message file. */
  static final List<String> MESSAGES =
      List.of(
          "34200.1,1,11,100,1000000,1", "34200.2,2,11,40,1000000,1", "34200.3,4,11,30,1000000,1");

  /** The orderbook file that goes with it: two levels. */
  static final List<String> BOOKS =
      List.of(
          "1000500,50,1000000,100,1000600,70,999900,80",
          "1000500,50,1000000,60,1000600,70,999900,80",
          "1000500,50,1000000,30,1000600,70,999900,80");

  /**
   * What booklake must find.
   *
   * @param reason the code
   * @param file how the file's location ends; {@code {message}}, {@code {orderbook}} and {@code
   *     {ticker}} stand for the case's own
   * @param line 1-based; 0 for the whole file
   * @param column 1-based; 0 for the whole line
   * @param found a part of the text that it must name
   */
  record Fault(Reason reason, String file, long line, int column, String found) {}

  /** One bad delivery. */
  public static final class Case {
    private final String name;
    private final FileName message;
    private final Delivery delivery;
    private final Text text;
    private final Fault fault;

    Case(String name, FileName message, Delivery delivery, Text text, Fault fault) {
      this.name = name;
      this.message = message;
      this.delivery = delivery;
      this.text = text;
      this.fault = fault;
    }

    /** Writes the case's files into {@code folder}, some of them into folders below it. */
    public void writeTo(Path folder) throws IOException {
      delivery.write(folder, message, text);
    }

    /** Why it must be rejected. */
    public Reason reason() {
      return fault.reason;
    }

    /** The ticker that no other case has. */
    public String ticker() {
      return message.tickerDay().ticker();
    }

    /** How the location of the file at fault ends. */
    public String file() {
      return Delivery.filled(fault.file, message);
    }

    /** The line at fault, 1-based; 0 for the whole file. */
    public long line() {
      return fault.line;
    }

    /** The column at fault, 1-based; 0 for the whole line. */
    public int column() {
      return fault.column;
    }

    /** A part of the text that the rejection must name as found. */
    public String found() {
      return Delivery.filled(fault.found, message);
    }

    /** The sentence that names it. */
    @Override
    public String toString() {
      return name;
    }
  }

  private static final String FIRST_BOOK = BOOKS.get(0);
  private static final String WIDE_ROW = "1,".repeat(99_999) + "1";

  private final List<Case> table = new ArrayList<>();

  private BadPairs() {
    rowsOfAnyFile();
    messageFields();
    halts();
    bookFields();
    wholeFiles();
    names();
    packings();
  }

  /** Every bad delivery. */
  public static List<Case> cases() {
    return List.copyOf(new BadPairs().table);
  }

  private void rowsOfAnyFile() {
    line("a zero byte in a message", MESSAGE, 2, "34200.2,2,1\0,40,1000000,1")
        .is(Reason.NUL_BYTE, 0, "a zero byte");
    line("a zero byte in a book row", ORDERBOOK, 3, "1000500,50,\0,30,1000600,70,999900,80")
        .is(Reason.NUL_BYTE, 0, "a zero byte");
    line("a hole of 100,000 zero bytes", MESSAGE, 3, "\0".repeat(100_000))
        .is(Reason.NUL_BYTE, 0, "a zero byte");
    line("a byte order mark", MESSAGE, 1, "\u00ef\u00bb\u00bf34200.1,1,11,100,1000000,1")
        .is(Reason.BYTE_ORDER_MARK, 0, "byte order mark");
    line("a byte order mark before the book", ORDERBOOK, 1, "\u00ef\u00bb\u00bf" + FIRST_BOOK)
        .is(Reason.BYTE_ORDER_MARK, 0, "byte order mark");
    line("Windows line ends", MESSAGE, 1, "34200.1,1,11,100,1000000,1\r")
        .is(Reason.CARRIAGE_RETURN, 0, "carriage return");
    line("a Windows line end in the middle of the book", ORDERBOOK, 2, BOOKS.get(1) + "\r")
        .is(Reason.CARRIAGE_RETURN, 0, "carriage return");
    line("a header row over the messages", MESSAGE, 1, "Time,Type,OrderID,Size,Price,Direction")
        .is(Reason.HEADER_ROW, 0, "'Time,Type,OrderID,Size,Price,Direction'");
    line(
            "a header row over the book",
            ORDERBOOK,
            1,
            "ASK_1_PRICE,ASK_1_SIZE,BID_1_PRICE,BID_1_SIZE,ASK_2_PRICE,ASK_2_SIZE,BID_2_PRICE,BID_2_SIZE")
        .is(Reason.HEADER_ROW, 0, "'ASK_1_PRICE,");
    line("a first message of which half is words", MESSAGE, 1, "34200.1,new,eleven,all,1000000,1")
        .is(Reason.NOT_A_NUMBER, 2, "'new'");
    line("an empty line in the middle", MESSAGE, 2, "").is(Reason.EMPTY_LINE, 0, "an empty line");
    line("a line of spaces in the book", ORDERBOOK, 2, "   ")
        .is(Reason.EMPTY_LINE, 0, "an empty line");
    line("a message of 100,000 columns at the begin", MESSAGE, 1, WIDE_ROW)
        .is(Reason.LINE_TOO_LONG, 0, "65536 bytes or more");
    line("a message of 100,000 columns later on", MESSAGE, 3, WIDE_ROW)
        .is(Reason.LINE_TOO_LONG, 0, "65536 bytes or more");
    line("a book row of 100,000 columns at the begin", ORDERBOOK, 1, WIDE_ROW)
        .is(Reason.LINE_TOO_LONG, 0, "65536 bytes or more");
    line("a book row of 100,000 columns later on", ORDERBOOK, 2, WIDE_ROW)
        .is(Reason.LINE_TOO_LONG, 0, "65536 bytes or more");
    line("a book row without its last column", ORDERBOOK, 3, "1000500,50,1000000,30,1000600,70,1")
        .is(Reason.COLUMN_COUNT, 0, "7 columns in '1000500,50,1000000,30,1000600,70,1'");
    line("a message cut off", MESSAGE, 3, "34200.3,4,11")
        .is(Reason.COLUMN_COUNT, 0, "3 columns in '34200.3,4,11'");
    line("a trailing comma after a message", MESSAGE, 2, "34200.2,2,11,40,1000000,1,")
        .is(Reason.COLUMN_COUNT, 0, "7 columns");
    line("a trailing comma after a book row", ORDERBOOK, 1, FIRST_BOOK + ",")
        .is(Reason.COLUMN_COUNT, 0, "9 columns");
    line("columns parted by semicolons", MESSAGE, 2, "34200.2;2;11;40;1000000;1")
        .is(Reason.COLUMN_COUNT, 0, "1 columns in '34200.2;2;11;40;1000000;1'");
  }

  private void messageFields() {
    line("a time that falls", MESSAGE, 2, "34200.099999999,2,11,40,1000000,1")
        .is(Reason.TIME_FALLS, 1, "'34200.099999999'");
    line("a time with an exponent", MESSAGE, 1, "1e5,1,11,100,1000000,1")
        .is(Reason.TIME_MALFORMED, 1, "'1e5'");
    line("a negative time", MESSAGE, 1, "-1,1,11,100,1000000,1")
        .is(Reason.TIME_MALFORMED, 1, "'-1'");
    line("a time that ends with its point", MESSAGE, 2, "34200.,2,11,40,1000000,1")
        .is(Reason.TIME_MALFORMED, 1, "'34200.'");
    line("a time that begins with its point", MESSAGE, 2, ".5,2,11,40,1000000,1")
        .is(Reason.TIME_MALFORMED, 1, "'.5'");
    line("a time that is not a number", MESSAGE, 1, "NaN,1,11,100,1000000,1")
        .is(Reason.TIME_MALFORMED, 1, "'NaN'");
    line("a time as a clock shows it", MESSAGE, 2, "09:30:00.2,2,11,40,1000000,1")
        .is(Reason.TIME_MALFORMED, 1, "'09:30:00.2'");
    line("an empty time", MESSAGE, 2, ",2,11,40,1000000,1").is(Reason.TIME_MALFORMED, 1, "''");
    line("a time of 19 decimals", MESSAGE, 2, "34200.2000000000000000000,2,11,40,1000000,1")
        .is(Reason.TIME_MALFORMED, 1, "'34200.2000000000000000000'");
    line("a time of 70,000 decimals", MESSAGE, 2, "34200." + "2".repeat(70_000) + ",2,11,40,1,1")
        .is(Reason.LINE_TOO_LONG, 0, "65536 bytes or more");
    line("a time in milliseconds", MESSAGE, 2, "34200200,2,11,40,1000000,1")
        .is(Reason.TIME_MALFORMED, 1, "'34200200'");
    line("a time at the next midnight", MESSAGE, 2, "86400,2,11,40,1000000,1")
        .is(Reason.TIME_OUT_OF_DAY, 1, "'86400'");
    line("a time that rounds up to the next midnight", MESSAGE, 2, "86399.9999999995,2,11,40,1,1")
        .is(Reason.TIME_OUT_OF_DAY, 1, "'86399.9999999995'");
    line("a time of 99999 seconds", MESSAGE, 2, "99999.5,2,11,40,1000000,1")
        .is(Reason.TIME_OUT_OF_DAY, 1, "'99999.5'");
    for (String type : List.of("0", "8", "12", "04", "-1")) {
      line("event type " + type, MESSAGE, 2, "34200.2," + type + ",11,40,1000000,1")
          .is(Reason.EVENT_TYPE, 2, "'" + type + "'");
    }
    line("an event type in letters", MESSAGE, 2, "34200.2,X,11,40,1000000,1")
        .is(Reason.NOT_A_NUMBER, 2, "'X'");
    line("an event type without a number", MESSAGE, 2, "34200.2,,11,40,1000000,1")
        .is(Reason.NOT_A_NUMBER, 2, "''");
    line("a negative order id", MESSAGE, 2, "34200.2,2,-1,40,1000000,1")
        .is(Reason.ORDER_ID, 3, "'-1'");
    line("a cross with an order's id", MESSAGE, 2, "34200.2,6,11,40,1000000,-1")
        .is(Reason.ORDER_ID, 3, "'11'");
    line("a cross of an unknown kind", MESSAGE, 2, "34200.2,6,-5,40,1000000,-1")
        .is(Reason.ORDER_ID, 3, "'-5'");
    line("an order id of letters", MESSAGE, 2, "34200.2,2,eleven,40,1000000,1")
        .is(Reason.NOT_A_NUMBER, 3, "'eleven'");
    line("an order id of 19 digits", MESSAGE, 2, "34200.2,2,1000000000000000000,40,1000000,1")
        .is(Reason.NUMBER_TOO_LARGE, 3, "'1000000000000000000'");
    line("an order id beyond 64 bits", MESSAGE, 2, "34200.2,2,99999999999999999999,40,1000000,1")
        .is(Reason.NUMBER_TOO_LARGE, 3, "'99999999999999999999'");
    line("a negative order id of 19 digits", MESSAGE, 2, "34200.2,2,-1000000000000000000,40,1,1")
        .is(Reason.NUMBER_TOO_LARGE, 3, "'-1000000000000000000'");
    line("a negative size", MESSAGE, 2, "34200.2,2,11,-40,1000000,1")
        .is(Reason.SIZE_OUT_OF_RANGE, 4, "'-40'");
    line("a size of zero", MESSAGE, 2, "34200.2,2,999999999999999999,0,1000000,1")
        .is(Reason.SIZE_OUT_OF_RANGE, 4, "'0'");
    line("a size of zero at the time of the row before", MESSAGE, 2, "34200.1,2,11,0,1000000,1")
        .is(Reason.SIZE_OUT_OF_RANGE, 4, "'0'");
    line("a size beyond 31 bits", MESSAGE, 2, "34200.2,2,11,2147483648,1000000,1")
        .is(Reason.SIZE_OUT_OF_RANGE, 4, "'2147483648'");
    line("a size with a plus sign", MESSAGE, 2, "34200.2,2,11,+5,1000000,1")
        .is(Reason.NOT_A_NUMBER, 4, "'+5'");
    line("a size with a space", MESSAGE, 2, "34200.2,2,11, 40,1000000,1")
        .is(Reason.NOT_A_NUMBER, 4, "' 40'");
    line("a size with decimals", MESSAGE, 2, "34200.2,2,11,40.0,1000000,1")
        .is(Reason.NOT_A_NUMBER, 4, "'40.0'");
    line("a size of a minus sign alone", MESSAGE, 2, "34200.2,2,11,-,1000000,1")
        .is(Reason.NOT_A_NUMBER, 4, "'-'");
    line("a price of zero", MESSAGE, 2, "34200.2,2,11,40,0,1")
        .is(Reason.PRICE_OUT_OF_RANGE, 5, "'0'");
    line("a negative price", MESSAGE, 2, "34200.2,2,11,40,-1000000,1")
        .is(Reason.PRICE_OUT_OF_RANGE, 5, "'-1000000'");
    line("the price of an empty level in a message", MESSAGE, 2, "34200.2,2,11,40,9999999999,1")
        .is(Reason.PRICE_OUT_OF_RANGE, 5, "'9999999999'");
    line("a price in dollars", MESSAGE, 2, "34200.2,2,11,40,100.00,1")
        .is(Reason.NOT_A_NUMBER, 5, "'100.00'");
    line("a price of Arabic digits", MESSAGE, 2, "34200.2,2,11,40,\u00d9\u00a1,1")
        .is(Reason.NOT_A_NUMBER, 5, "'??'");
    for (String direction : List.of("0", "2", "-2")) {
      line("direction " + direction, MESSAGE, 2, "34200.2,2,11,40,1000000," + direction)
          .is(Reason.DIRECTION, 6, "'" + direction + "'");
    }
    line("a direction in words", MESSAGE, 2, "34200.2,2,11,40,1000000,buy")
        .is(Reason.NOT_A_NUMBER, 6, "'buy'");
    line("a trailing comma after the first message", MESSAGE, 1, "34200.1,1,11,100,1000000,1,")
        .is(Reason.MARKET_PARTICIPANT, 7, "''");
    line("a market participant of nine letters", MESSAGE, 1, MESSAGES.get(0) + ",ABCDEFGHI")
        .is(Reason.MARKET_PARTICIPANT, 7, "'ABCDEFGHI'");
    line("a market participant with a dash", MESSAGE, 1, MESSAGES.get(0) + ",AB-C")
        .is(Reason.MARKET_PARTICIPANT, 7, "'AB-C'");
    line("a market participant that appears later", MESSAGE, 2, MESSAGES.get(1) + ",null")
        .is(Reason.COLUMN_COUNT, 0, "7 columns");
    line("a market participant that disappears", MESSAGE, 1, MESSAGES.get(0) + ",null")
        .isAt(MESSAGE, 2, Reason.COLUMN_COUNT, 0, "6 columns");
  }

  private void halts() {
    line("a halt of an unknown kind", MESSAGE, 2, "34200.2,7,0,2147483647,2,-1")
        .is(Reason.PRICE_OUT_OF_RANGE, 5, "'2'");
    line("a halt below its kinds", MESSAGE, 2, "34200.2,7,-1,-1,-2,-1")
        .is(Reason.PRICE_OUT_OF_RANGE, 5, "'-2'");
    line("a halt with a wrong order id", MESSAGE, 2, "34200.2,7,-2,0,-1,-1")
        .is(Reason.ORDER_ID, 3, "'-2'");
    line("a halt with a negative size", MESSAGE, 2, "34200.2,7,0,-2,-1,-1")
        .is(Reason.SIZE_OUT_OF_RANGE, 4, "'-2'");
    line("a halt with a size beyond 31 bits", MESSAGE, 2, "34200.2,7,0,2147483648,-1,-1")
        .is(Reason.SIZE_OUT_OF_RANGE, 4, "'2147483648'");
    line("a halt with a wrong market participant", MESSAGE, 1, "34200.1,7,0,0,-1,-1,AB-C")
        .is(Reason.MARKET_PARTICIPANT, 7, "'AB-C'");
    line("a halt with direction 2", MESSAGE, 2, "34200.2,7,0,0,-1,2")
        .is(Reason.DIRECTION, 6, "'2'");
    line("a halt with direction -2", MESSAGE, 2, "34200.2,7,0,0,1,-2")
        .is(Reason.DIRECTION, 6, "'-2'");
  }

  private void bookFields() {
    line("letters in the book", ORDERBOOK, 2, "1000500,50,1000000,many,1000600,70,999900,80")
        .is(Reason.NOT_A_NUMBER, 4, "'many'");
    line("an empty field in the book", ORDERBOOK, 2, "1000500,50,1000000,60,,70,999900,80")
        .is(Reason.NOT_A_NUMBER, 5, "''");
    line(
            "a book price beyond 64 bits",
            ORDERBOOK,
            2,
            "99999999999999999999,50,1000000,60,1000600,70,999900,80")
        .is(Reason.NUMBER_TOO_LARGE, 1, "'99999999999999999999'");
    line("an ask of zero", ORDERBOOK, 2, "0,50,1000000,60,1000600,70,999900,80")
        .is(Reason.PRICE_OUT_OF_RANGE, 1, "'0'");
    line("a bid of zero", ORDERBOOK, 2, "1000500,50,0,60,1000600,70,-9999999999,0")
        .is(Reason.PRICE_OUT_OF_RANGE, 3, "'0'");
    line("a negative bid", ORDERBOOK, 2, "1000500,50,-1000000,60,1000600,70,999900,80")
        .is(Reason.PRICE_OUT_OF_RANGE, 3, "'-1000000'");
    line("an ask above the dummy price", ORDERBOOK, 2, "10000000000,0,1000000,60,1,70,999900,80")
        .is(Reason.PRICE_OUT_OF_RANGE, 1, "'10000000000'");
    line("the ask's dummy price at the bid", ORDERBOOK, 2, "1000500,50,9999999999,0,1,70,2,80")
        .is(Reason.PRICE_OUT_OF_RANGE, 3, "'9999999999'");
    line("the bid's dummy price at the ask", ORDERBOOK, 2, "-9999999999,0,1000000,60,1,70,2,80")
        .is(Reason.PRICE_OUT_OF_RANGE, 1, "'-9999999999'");
    line("no shares at an ask", ORDERBOOK, 2, "1000500,0,1000000,60,1000600,70,999900,80")
        .is(Reason.SIZE_OUT_OF_RANGE, 2, "'0'");
    line("no shares at a bid", ORDERBOOK, 2, "1000500,50,1000000,0,1000600,70,999900,80")
        .is(Reason.SIZE_OUT_OF_RANGE, 4, "'0'");
    line("negative shares at a bid", ORDERBOOK, 2, "1000500,50,1000000,60,1000600,70,999900,-80")
        .is(Reason.SIZE_OUT_OF_RANGE, 8, "'-80'");
    line(
            "shares beyond 31 bits",
            ORDERBOOK,
            2,
            "1000500,50,1000000,2147483648,1000600,70,999900,80")
        .is(Reason.SIZE_OUT_OF_RANGE, 4, "'2147483648'");
    line("asks that fall", ORDERBOOK, 2, "1000500,50,1000000,60,1000400,70,999900,80")
        .is(Reason.BOOK_UNSORTED, 5, "'1000400'");
    line("bids that rise", ORDERBOOK, 2, "1000500,50,1000000,60,1000600,70,1000100,80")
        .is(Reason.BOOK_UNSORTED, 7, "'1000100'");
    line(
            "bids that rise behind the largest ask",
            ORDERBOOK,
            2,
            "1000500,50,1000000,60,9999999998,2147483647,1000100,80")
        .is(Reason.BOOK_UNSORTED, 7, "'1000100'");
    line("two asks of one price", ORDERBOOK, 2, "1000500,50,1000000,60,1000500,70,999900,80")
        .is(Reason.BOOK_UNSORTED, 5, "'1000500'");
    line("two bids of one price", ORDERBOOK, 2, "1000500,50,1000000,60,1000600,70,1000000,80")
        .is(Reason.BOOK_UNSORTED, 7, "'1000000'");
    line("an ask behind an empty level", ORDERBOOK, 2, "9999999999,0,1000000,60,1000600,70,1,80")
        .is(Reason.BOOK_GAP, 5, "'1000600'");
    line("a bid behind an empty level", ORDERBOOK, 2, "1000500,50,-9999999999,0,1000600,70,1,80")
        .is(Reason.BOOK_GAP, 7, "'1'");
    line("shares in an empty ask", ORDERBOOK, 2, "1000500,50,1000000,60,9999999999,70,999900,80")
        .is(Reason.BOOK_GAP, 6, "'70'");
    line("shares in an empty bid", ORDERBOOK, 2, "1000500,50,1000000,60,1000600,70,-9999999999,1")
        .is(Reason.BOOK_GAP, 8, "'1'");
    line("a size that no event explains", ORDERBOOK, 2, BOOKS.get(1).replace(",60,", ",61,"))
        .is(Reason.BROKEN_TRANSITIONS, 0, "2 of 3 rows");
    pair(
            "a bid above the ask",
            text(List.of(MESSAGES.get(0)), List.of("1000000,50,1000100,100,1000600,70,999900,80")))
        .isOf("{orderbook}", Reason.CROSSED_BOOK, "1 of 1 rows");
  }

  private void wholeFiles() {
    pair("an empty message file", text(List.of(), BOOKS))
        .isOf("{message}", Reason.EMPTY_FILE, "an empty file");
    pair("an empty orderbook file", text(MESSAGES, List.of()))
        .isOf("{orderbook}", Reason.EMPTY_FILE, "an empty file");
    pair("two empty files", text(List.of(), List.of()))
        .isOf("{message}", Reason.EMPTY_FILE, "an empty file");
    pair("files under each other's name", text(BOOKS, MESSAGES))
        .isAt(ORDERBOOK, 1, Reason.SWAPPED_FILES, 0, "'34200.1,1,11,100,1000000,1'");
    pair("an orderbook file of one level named as two", text(MESSAGES, cut(BOOKS, 4)))
        .isAt(ORDERBOOK, 1, Reason.LEVELS_DISAGREE, 0, "4 columns, which is 1 levels");
    pair("an orderbook file one row short", text(MESSAGES, BOOKS.subList(0, 2)))
        .isAt(ORDERBOOK, 3, Reason.ROW_COUNTS_DIFFER, 0, "the end of the file");
    pair("a message file one row short", text(MESSAGES.subList(0, 2), BOOKS))
        .isAt(MESSAGE, 3, Reason.ROW_COUNTS_DIFFER, 0, "the end of the file");
    pair("two message files", text(MESSAGES, MESSAGES))
        .isAt(ORDERBOOK, 1, Reason.COLUMN_COUNT, 0, "6 columns");
    delivery("a disk that returns other bytes than were written", Delivery.onBadDisk())
        .isOf("{message}", Reason.UNREADABLE, "ChecksumException");
  }

  private void names() {
    delivery("a message file alone", Delivery.only(MESSAGE))
        .isOf("{message}", Reason.MISSING_ORDERBOOK_FILE, "it alone");
    delivery("an orderbook file alone", Delivery.only(ORDERBOOK))
        .isOf("{orderbook}", Reason.MISSING_MESSAGE_FILE, "it alone");
    delivery("the same pair in two folders", Delivery.inFolders("{ticker}-1", "{ticker}-2"))
        .isOf("{ticker}-1/{message}", Reason.DUPLICATE_PAIR, "{ticker}-2/{message}");
    delivery("a pair both plain and gzipped", Delivery.plain().and(Delivery.gzip()))
        .isOf("{message}", Reason.DUPLICATE_PAIR, "{message}.gz");
    delivery("a pair both plain and in an archive", Delivery.plain().and(Delivery.zip()))
        .isOf("{ticker}.zip!/{message}", Reason.DUPLICATE_PAIR, "{message}");
    for (String bad :
        List.of(
            "{ticker}_2012-13-01_34200000_57600000_message_2.csv",
            "{ticker}_20120621_34200000_57600000_message_2.csv",
            "{ticker}_2012-06-21_57600000_34200000_message_2.csv",
            "{ticker}_2012-06-21_34200000_86400001_orderbook_2.csv",
            "{ticker}_2012-06-21_34200000_57600000_message_0.csv",
            "{ticker}_2012-06-21_34200000_57600000_orderbook_201.csv.gz",
            "{ticker}low_2012-06-21_34200000_57600000_message_2.csv",
            "{ticker}_2012-06-21_message_2.csv")) {
      delivery("the name " + bad, Delivery.named(bad)).isOf(bad, Reason.BAD_FILE_NAME, bad);
    }
  }

  private void packings() {
    delivery("a gzip file cut in the middle", Delivery.gzip(bytes -> Damage.cut(bytes, 30)))
        .isOf("{message}.gz", Reason.TRUNCATED, "EOFException");
    delivery("a gzip file of its header alone", Delivery.gzip(bytes -> Damage.cut(bytes, 10)))
        .isOf("{message}.gz", Reason.TRUNCATED, "EOFException");
    delivery("a gzip file cut in its header", Delivery.gzip(bytes -> Damage.cut(bytes, 5)))
        .isOf("{message}.gz", Reason.TRUNCATED, "EOFException");
    delivery("a gzip file of no bytes", Delivery.gzip(bytes -> Damage.cut(bytes, 0)))
        .isOf("{message}.gz", Reason.TRUNCATED, "EOFException");
    delivery(
            "a gzip file that is plain text",
            Delivery.gzip(b -> "34200.1,1\n".getBytes(ISO_8859_1)))
        .isOf("{message}.gz", Reason.CORRUPT_ARCHIVE, "Not in GZIP format");
    delivery("a gzip file with a wrong checksum", Delivery.gzip(Damage::gzipChecksum))
        .isOf("{message}.gz", Reason.CORRUPT_ARCHIVE, "Corrupt GZIP trailer");
    delivery("an archive in an archive", Delivery.zipEntry("{message}.zip"))
        .isOf("{ticker}.zip!/{message}.zip", Reason.OTHER_ARCHIVE, "'{message}.zip'");
    delivery("an archive that unpacks to too much", Delivery.zipBomb())
        .isOf("{ticker}.zip!/{message}", Reason.INFLATES_TOO_MUCH, "over 67");
    for (String hostile :
        List.of(
            "/tmp/{message}",
            "../../{message}",
            "a/../../{message}",
            "..\\windows/{message}",
            "C:/{message}",
            "{message}\0.txt")) {
      delivery("an archive entry " + hostile.replace('\0', '0'), Delivery.zipEntry(hostile))
          .isOf(
              "{ticker}.zip!/" + hostile.replace('\0', '?'),
              Reason.HOSTILE_ENTRY_NAME,
              "'" + hostile.replace('\0', '?') + "'");
    }
    delivery("an archive cut in the middle", Delivery.zip(bytes -> Damage.cut(bytes, 150)))
        .isOf("{ticker}.zip", Reason.CORRUPT_ARCHIVE, "Exception");
    delivery("an archive of no bytes", Delivery.zip(bytes -> Damage.cut(bytes, 0)))
        .isOf("{ticker}.zip", Reason.CORRUPT_ARCHIVE, "Exception");
    delivery("an archive that is plain text", Delivery.zip(b -> "no archive".getBytes(ISO_8859_1)))
        .isOf("{ticker}.zip", Reason.CORRUPT_ARCHIVE, "Exception");
    delivery("an encrypted archive", Delivery.zip(Damage::zipEncrypted))
        .isOf("{ticker}.zip!/{message}", Reason.CORRUPT_ARCHIVE, "an encrypted entry");
    delivery("an archive of an unknown compression", Delivery.zip(Damage::zipMethod))
        .isOf("{ticker}.zip!/{message}", Reason.CORRUPT_ARCHIVE, "another compression method");
    delivery("an archive entry with a wrong checksum", Delivery.zip(Damage::zipChecksum))
        .isOf("{ticker}.zip!/{message}", Reason.CORRUPT_ARCHIVE, "bytes with checksum");
    delivery("an archive entry with a wrong length", Delivery.zip(Damage::zipLength))
        .isOf("{ticker}.zip!/{message}", Reason.CORRUPT_ARCHIVE, "bytes with checksum");
    delivery("an archive entry that is no deflated data", Delivery.zip(Damage::zipData))
        .isOf("{ticker}.zip!/{message}", Reason.CORRUPT_ARCHIVE, "ZipException");
    delivery("an archive entry cut short", Delivery.zip(Damage::zipEntryCut))
        .isOf("{ticker}.zip!/{message}", Reason.TRUNCATED, "EOFException");
  }

  /** A case without its fault. */
  private final class Row {
    private final String name;
    private final Delivery delivery;
    private final Text text;
    private final FileName.Kind kind;
    private final int line;

    Row(String name, Delivery delivery, Text text, FileName.Kind kind, int line) {
      this.name = name;
      this.delivery = delivery;
      this.text = text;
      this.kind = kind;
      this.line = line;
    }

    void is(Reason reason, int column, String found) {
      isAt(kind, line, reason, column, found);
    }

    void isAt(FileName.Kind where, int atLine, Reason reason, int column, String found) {
      add(new Fault(reason, "{" + where.word() + "}", atLine, column, found));
    }

    void isOf(String file, Reason reason, String found) {
      add(new Fault(reason, file, 0, 0, found));
    }

    private void add(Fault fault) {
      table.add(new Case(name, fileName("BAD", table.size()), delivery, text, fault));
    }
  }

  private Row line(String name, FileName.Kind kind, int line, String row) {
    List<String> messages = new ArrayList<>(MESSAGES);
    List<String> books = new ArrayList<>(BOOKS);
    (kind == MESSAGE ? messages : books).set(line - 1, row);
    return new Row(name, Delivery.plain(), text(messages, books), kind, line);
  }

  private Row pair(String name, Text text) {
    return new Row(name, Delivery.plain(), text, null, 0);
  }

  private Row delivery(String name, Delivery delivery) {
    return new Row(name, delivery, text(MESSAGES, BOOKS), null, 0);
  }

  private static List<String> cut(List<String> rows, int columns) {
    return rows.stream()
        .map(row -> String.join(",", List.of(row.split(",")).subList(0, columns)))
        .toList();
  }

  static Text text(List<String> messages, List<String> books) {
    return new Text(joined(messages), joined(books));
  }

  private static String joined(List<String> rows) {
    return rows.stream().map(row -> row + "\n").collect(Collectors.joining());
  }

  /** A message file's name with a ticker of two more letters, by number. */
  static FileName fileName(String prefix, int number) {
    String ticker = prefix + (char) ('A' + number / 26) + (char) ('A' + number % 26);
    TickerDay day = new TickerDay(LocalDate.of(2012, 6, 21), ticker, 2);
    return new FileName(day, 34_200_000, 57_600_000, MESSAGE);
  }
}
