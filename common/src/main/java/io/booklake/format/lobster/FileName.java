package io.booklake.format.lobster;

import io.booklake.model.TickerDay;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a LOBSTER file name says: {@code TICKER_YYYY-MM-DD_START_END_message_LEVELS.csv} and the
 * same with {@code orderbook}. Everything but the kind is equal in the two files of a pair.
 *
 * @param tickerDay ticker, date and levels as named (the columns of the orderbook file have the
 *     last word on levels)
 * @param startMillis begin of the data, milliseconds after exchange midnight
 * @param endMillis end of the data, milliseconds after exchange midnight
 * @param kind which file of the pair
 */
public record FileName(TickerDay tickerDay, int startMillis, int endMillis, Kind kind) {

  /** The two files of a pair. */
  public enum Kind {
    /** One line per event. */
    MESSAGE("message"),
    /** One line per event: the book after it. */
    ORDERBOOK("orderbook");

    private final String word;

    Kind(String word) {
      this.word = word;
    }

    /** As it stands in the name. */
    public String word() {
      return word;
    }
  }

  /** Milliseconds in a day. */
  public static final int MILLIS_PER_DAY = 86_400_000;

  private static final Pattern SHAPE =
      Pattern.compile(
          "([^_/\\\\]+)_(\\d{4}-\\d{2}-\\d{2})_(\\d{1,8})_(\\d{1,8})_(message|orderbook)_(\\d{1,4})\\.csv(?:\\.gz)?");

  /**
   * The words as LOBSTER sets them, or a date and one of them, whatever the case and the packing;
   * but not a checksum or a mark beside a file.
   */
  private static final Pattern LOOKS_MEANT =
      Pattern.compile(
          ".*_(message|orderbook)_.*\\.csv(\\.gz)?"
              + "|.*\\d{4}-\\d{2}-\\d{2}.*(message|orderbook)(_\\d+)?\\.(csv|txt)(\\.(gz|bz2|xz|zst))?",
          Pattern.CASE_INSENSITIVE);

  /**
   * LOBSTER itself delivers 7z. Of others a date or a kind in the name tells that they are meant.
   */
  private static final Pattern LOOKS_LIKE_AN_ARCHIVE =
      Pattern.compile(
          ".*(\\d{4}-\\d{2}-\\d{2}|message|orderbook).*\\.(7z|rar|zip|tar|tgz|tar\\.(gz|bz2|xz|zst))",
          Pattern.CASE_INSENSITIVE);

  /** NASDAQ opened in 1971: what comes before is a mistake, and more than some readers can show. */
  private static final LocalDate FIRST_DATE = LocalDate.EPOCH;

  /** Checks every part. */
  public FileName {
    Objects.requireNonNull(tickerDay, "tickerDay");
    Objects.requireNonNull(kind, "kind");
    if (tickerDay.tradeDate().isBefore(FIRST_DATE)) {
      throw new IllegalArgumentException(
          "found " + tickerDay.tradeDate() + ", expected a trade date");
    }
    if (startMillis < 0 || endMillis > MILLIS_PER_DAY || startMillis >= endMillis) {
      throw new IllegalArgumentException(
          "start and end must be milliseconds after midnight, start before end, found "
              + startMillis
              + ", "
              + endMillis);
    }
  }

  /**
   * Reads a file's name, without its folder.
   *
   * @return empty where the name is no LOBSTER name in any part
   */
  public static Optional<FileName> parse(String name) {
    Matcher parts = SHAPE.matcher(name);
    if (!parts.matches()) {
      return Optional.empty();
    }
    try {
      return Optional.of(of(parts));
    } catch (IllegalArgumentException notAName) {
      return Optional.empty();
    }
  }

  /** What a name that cannot be read should be, and which part of it is wrong if one is. */
  static String expected(String name) {
    String example = "a name like GOOG_2012-06-21_34200000_57600000_message_10.csv";
    Matcher parts = SHAPE.matcher(name);
    if (parts.matches()) {
      try {
        of(parts);
      } catch (IllegalArgumentException wrong) {
        return example + "; in this one: " + wrong.getMessage();
      }
    }
    return example;
  }

  private static FileName of(Matcher parts) {
    TickerDay tickerDay =
        new TickerDay(date(parts.group(2)), parts.group(1), Integer.parseInt(parts.group(6)));
    Kind kind = parts.group(5).equals(Kind.MESSAGE.word) ? Kind.MESSAGE : Kind.ORDERBOOK;
    return new FileName(
        tickerDay, Integer.parseInt(parts.group(3)), Integer.parseInt(parts.group(4)), kind);
  }

  private static LocalDate date(String text) {
    try {
      return LocalDate.parse(text);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException("found " + text + ", expected a trade date", e);
    }
  }

  /**
   * True for a name that is surely meant as one half of a pair, so that failing to read it must be
   * reported.
   */
  public static boolean looksMeant(String name) {
    return LOOKS_MEANT.matcher(name).matches();
  }

  /** True for an archive of a kind that is not read here, or not in another archive. */
  static boolean looksLikeAnArchive(String name) {
    return LOOKS_LIKE_AN_ARCHIVE.matcher(name).matches();
  }

  /** The other half of the pair. */
  public FileName other() {
    return new FileName(
        tickerDay, startMillis, endMillis, kind == Kind.MESSAGE ? Kind.ORDERBOOK : Kind.MESSAGE);
  }

  /** The name as LOBSTER writes it, without folder. */
  @Override
  public String toString() {
    return tickerDay.ticker()
        + "_"
        + tickerDay.tradeDate()
        + "_"
        + startMillis
        + "_"
        + endMillis
        + "_"
        + kind.word
        + "_"
        + tickerDay.levels()
        + ".csv";
  }
}
