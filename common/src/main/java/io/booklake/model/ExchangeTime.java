package io.booklake.model;

import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.Locale;

/**
 * The clock of one exchange day: turns nanoseconds after midnight, as they stand in the files, into
 * an instant.
 *
 * <p>The files count on the exchange's wall clock, so the offset from UTC is that of
 * America/New_York on the day and, on the two days a year when it changes, at the time.
 */
public final class ExchangeTime {
  /** The time zone of NASDAQ. */
  public static final ZoneId ZONE = ZoneId.of("America/New_York");

  /** Nanoseconds in a second. */
  public static final long NANOS_PER_SECOND = 1_000_000_000L;

  /** Nanoseconds in a day of 24 hours: no time in a file lies behind it. */
  public static final long NANOS_PER_DAY = 86_400L * NANOS_PER_SECOND;

  private final long midnightMicros;
  private final long changeNanos;
  private final long changeMicros;

  /** The clock of {@code tradeDate}. */
  public ExchangeTime(LocalDate tradeDate) {
    ZoneRules rules = ZONE.getRules();
    long utcMidnightSeconds = tradeDate.toEpochDay() * 86_400L;
    midnightMicros =
        (utcMidnightSeconds - rules.getOffset(tradeDate.atStartOfDay()).getTotalSeconds())
            * 1_000_000L;
    ZoneOffsetTransition change = rules.nextTransition(tradeDate.atStartOfDay(ZONE).toInstant());
    if (change != null && change.getDateTimeBefore().toLocalDate().equals(tradeDate)) {
      // As java.time has it: a time that the clock passed over in spring is taken by the offset
      // before,
      // and one that it showed twice in autumn is the first.
      LocalTime before = change.getDateTimeBefore().toLocalTime();
      LocalTime after = change.getDateTimeAfter().toLocalTime();
      changeNanos = (after.isAfter(before) ? after : before).toNanoOfDay();
      changeMicros = -change.getDuration().toSeconds() * 1_000_000L;
    } else {
      changeNanos = Long.MAX_VALUE;
      changeMicros = 0;
    }
  }

  /**
   * Microseconds since 1970-01-01T00:00Z, rounded down.
   *
   * @param timeNanos nanoseconds after exchange midnight, by the wall clock
   */
  public long epochMicros(long timeNanos) {
    long micros = midnightMicros + Math.floorDiv(timeNanos, 1000L);
    return timeNanos < changeNanos ? micros : micros + changeMicros;
  }

  /** For people: {@code 09:30:00.015105074}, always nine decimals. */
  public static String wallClock(long timeNanos) {
    if (timeNanos == NANOS_PER_DAY) {
      return "24:00:00.000000000";
    }
    LocalTime time = LocalTime.ofNanoOfDay(timeNanos);
    return String.format(
        Locale.ROOT,
        "%02d:%02d:%02d.%09d",
        time.getHour(),
        time.getMinute(),
        time.getSecond(),
        time.getNano());
  }
}
