package io.booklake.transform;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.timestamp_micros;
import static org.apache.spark.sql.functions.udf;
import static org.apache.spark.sql.functions.unix_date;

import io.booklake.model.ExchangeTime;
import java.time.LocalDate;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.api.java.UDF2;
import org.apache.spark.sql.types.DataTypes;

/** The instant of {@code start_time_ns} on {@code trade_date}, whatever the session's time zone. */
final class StartTime {

  // Days and microseconds in, not dates: those would pass through the time zone of the JVM.
  private static final UDF2<Integer, Long, Long> EPOCH_MICROS =
      (epochDay, timeNanos) ->
          new ExchangeTime(LocalDate.ofEpochDay(epochDay)).epochMicros(timeNanos);

  private StartTime() {}

  /** A TIMESTAMP from the columns trade_date and start_time_ns. */
  static Column column() {
    return timestamp_micros(
        udf(EPOCH_MICROS, DataTypes.LongType)
            .apply(unix_date(col("trade_date")), col("start_time_ns")));
  }
}
