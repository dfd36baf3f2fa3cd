package io.booklake.job;

import io.booklake.lake.DateRange;
import io.booklake.model.TickerDay;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which ticker-days a run is about.
 *
 * @param tickers empty for all
 * @param levels depth; 0 for all
 */
public record Selection(Set<String> tickers, DateRange dates, int levels) {
  /** Everything. */
  public static final Selection ALL = new Selection(Set.of(), DateRange.ALL, 0);

  /**
   * Reads the common options.
   *
   * @param tickers {@code A,B}; null for all
   * @param dates {@code 2012-06-21} or {@code 2012-06-01..2012-06-30}, one end may be missing; null
   *     for all
   * @param levels null for all
   * @throws InvalidInputException if one of them cannot be read, or is blank, as an unset variable
   *     of a shell is
   */
  public static Selection parse(String tickers, String dates, Integer levels) {
    Set<String> names = new TreeSet<>();
    if (tickers != null) {
      for (String name : tickers.split(",", -1)) {
        if (!TickerDay.isTicker(name.strip())) {
          throw new InvalidInputException(
              "--tickers: found '"
                  + name
                  + "', expected tickers in upper case, separated by commas, such as AAPL,GOOG");
        }
        names.add(name.strip());
      }
    }
    if (levels != null && (levels < 1 || levels > TickerDay.MAX_LEVELS)) {
      throw new InvalidInputException(
          "--levels: found " + levels + ", expected 1 to " + TickerDay.MAX_LEVELS);
    }
    return new Selection(
        names, dates == null ? DateRange.ALL : range(dates), levels == null ? 0 : levels);
  }

  private static DateRange range(String dates) {
    int dots = dates.indexOf("..");
    if (dots < 0) {
      LocalDate date = date(dates);
      return new DateRange(date, date);
    }
    String begin = dates.substring(0, dots);
    String end = dates.substring(dots + 2);
    if (begin.isBlank() && end.isBlank()) {
      throw unreadable(dates, null);
    }
    LocalDate first = begin.isBlank() ? null : date(begin);
    LocalDate last = end.isBlank() ? null : date(end);
    if (first != null && last != null && last.isBefore(first)) {
      throw new InvalidInputException("--dates: " + last + " is before " + first);
    }
    return new DateRange(first, last);
  }

  private static LocalDate date(String text) {
    try {
      return LocalDate.parse(text);
    } catch (DateTimeParseException e) {
      throw unreadable(text, e);
    }
  }

  private static InvalidInputException unreadable(String text, DateTimeParseException cause) {
    return new InvalidInputException(
        "--dates: found '"
            + text
            + "', expected a date such as 2012-06-21, or two with '..' between",
        cause);
  }

  /**
   * The same in parts, the oldest first.
   *
   * @param days of the calendar in a part; fewer in the last
   * @throws InvalidInputException if there are none, or the dates have no begin or no end
   */
  public List<Selection> batches(int days) {
    if (days < 1) {
      throw new InvalidInputException("--batch-days: found " + days + ", expected 1 or more");
    }
    LocalDate last = dates.last();
    if (dates.first() == null || last == null) {
      throw new InvalidInputException(
          "--batch-days needs --dates with a first and a last date, such as 2012-06-01..2012-06-30");
    }
    List<Selection> batches = new ArrayList<>();
    for (LocalDate from = dates.first(); !from.isAfter(last); from = from.plusDays(days)) {
      LocalDate to = from.plusDays(days - 1L);
      DateRange part = new DateRange(from, to.isAfter(last) ? last : to);
      batches.add(new Selection(tickers, part, levels));
    }
    return batches;
  }

  /** Whether the ticker-day is one of those wanted. */
  public boolean includes(TickerDay tickerDay) {
    return (tickers.isEmpty() || tickers.contains(tickerDay.ticker()))
        && dates.includes(tickerDay.tradeDate())
        && (levels == 0 || levels == tickerDay.levels());
  }

  /**
   * Whether a row is of a ticker-day that is wanted; where it says nothing of what the selection
   * asks for, it is not.
   *
   * @param row with {@code trade_date}, {@code ticker} and {@code levels}
   */
  boolean includesRow(Map<String, Object> row) {
    LocalDate date = (LocalDate) row.get("trade_date");
    return (tickers.isEmpty() || (row.get("ticker") != null && tickers.contains(row.get("ticker"))))
        && (dates.equals(DateRange.ALL) || (date != null && dates.includes(date)))
        && (levels == 0 || Integer.valueOf(levels).equals(row.get("levels")));
  }
}
