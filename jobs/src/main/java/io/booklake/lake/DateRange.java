package io.booklake.lake;

import io.booklake.delta.LiveFile;
import io.booklake.table.ColumnRange;
import java.time.LocalDate;
import java.util.Objects;

/**
 * Trade dates from one to another.
 *
 * @param first first date; null for no bound
 * @param last last date, inclusive; null for no bound
 */
public record DateRange(LocalDate first, LocalDate last) {
  /** All dates. */
  public static final DateRange ALL = new DateRange(null, null);

  /** Whether it is one of these. */
  public boolean includes(LocalDate date) {
    return (first == null || !date.isBefore(first)) && (last == null || !date.isAfter(last));
  }

  /** Whether a file may hold rows of these dates, as the log tells. */
  boolean meets(LiveFile file) {
    ColumnRange dates = file.ranges().get("trade_date");
    return dates == null
        || dates.min() == null
        || ((first == null || (Integer) dates.max() >= first.toEpochDay())
            && (last == null || (Integer) dates.min() <= last.toEpochDay()));
  }

  /** As the command line has them; an end that is open is empty. */
  @Override
  public String toString() {
    return Objects.equals(first, last)
        ? Objects.toString(first, "..")
        : Objects.toString(first, "") + ".." + Objects.toString(last, "");
  }
}
