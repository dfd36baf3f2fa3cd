package io.booklake.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExchangeTimeTest {
  @ParameterizedTest
  @CsvSource({
    // A day in winter, and one in summer.
    "2024-01-16, 09:30:00, 2024-01-16T14:30:00Z",
    "2024-01-16, 00:00:00, 2024-01-16T05:00:00Z",
    "2012-06-21, 09:30:00.015105, 2012-06-21T13:30:00.015105Z",
    "2012-06-21, 23:59:59.999999, 2012-06-22T03:59:59.999999Z",
    // The clock goes from 02:00 to 03:00.
    "2024-03-10, 00:00:00, 2024-03-10T05:00:00Z",
    "2024-03-10, 01:59:59.999999, 2024-03-10T06:59:59.999999Z",
    "2024-03-10, 02:08:14.5, 2024-03-10T07:08:14.500Z",
    "2024-03-10, 03:00:00, 2024-03-10T07:00:00Z",
    "2024-03-10, 09:30:00, 2024-03-10T13:30:00Z",
    // The clock goes from 02:00 to 01:00.
    "2024-11-03, 00:30:00, 2024-11-03T04:30:00Z",
    "2024-11-03, 01:30:00, 2024-11-03T05:30:00Z",
    "2024-11-03, 02:00:00, 2024-11-03T07:00:00Z",
    "2024-11-03, 09:30:00, 2024-11-03T14:30:00Z",
    // The days beside them.
    "2024-03-09, 09:30:00, 2024-03-09T14:30:00Z",
    "2024-03-11, 09:30:00, 2024-03-11T13:30:00Z",
    "2024-11-02, 09:30:00, 2024-11-02T13:30:00Z",
    "2024-11-04, 09:30:00, 2024-11-04T14:30:00Z"
  })
  void aTimeOfTheExchangesClockIsAnInstant(LocalDate date, LocalTime time, Instant expected) {
    assertThat(instant(date, time.toNanoOfDay())).isEqualTo(expected);
  }

  @Test
  void everyHourThatThereIsInTwoYearsIsWhatTheTimeZoneSays() {
    for (LocalDate day = LocalDate.of(2023, 1, 1); day.getYear() < 2025; day = day.plusDays(1)) {
      for (int hour = 0; hour < 24; hour++) {
        LocalDateTime time = day.atTime(hour, 0);
        if (ExchangeTime.ZONE.getRules().getValidOffsets(time).isEmpty()) {
          continue;
        }
        assertThat(instant(day, hour * 3_600L * ExchangeTime.NANOS_PER_SECOND))
            .isEqualTo(time.atZone(ExchangeTime.ZONE).toInstant());
      }
    }
  }

  @Test
  void whatIsFinerThanAMicrosecondIsCutOff() {
    LocalDate day = LocalDate.of(2012, 6, 21);
    assertThat(instant(day, 1_999)).isEqualTo(instant(day, 1_000));
    assertThat(instant(day, 2_000)).isEqualTo(instant(day, 1_000).plus(1, ChronoUnit.MICROS));
  }

  @ParameterizedTest
  @CsvSource({
    "0, 00:00:00.000000000",
    "34200015105074, 09:30:00.015105074",
    "86399999999999, 23:59:59.999999999",
    "86400000000000, 24:00:00.000000000"
  })
  void aClockShowsNineDecimals(long timeNanos, String expected) {
    assertThat(ExchangeTime.wallClock(timeNanos)).isEqualTo(expected);
  }

  @Test
  void aClockShowsTheSameDigitsEverywhere() {
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
      assertThat(ExchangeTime.wallClock(1)).isEqualTo("00:00:00.000000001");
    } finally {
      Locale.setDefault(before);
    }
  }

  @ParameterizedTest
  @CsvSource({"-1", "86400000000001"})
  void aClockShowsOneDayOnly(long timeNanos) {
    assertThatThrownBy(() -> ExchangeTime.wallClock(timeNanos))
        .isInstanceOf(DateTimeException.class);
  }

  private static Instant instant(LocalDate date, long timeNanos) {
    return Instant.EPOCH.plus(new ExchangeTime(date).epochMicros(timeNanos), ChronoUnit.MICROS);
  }
}
