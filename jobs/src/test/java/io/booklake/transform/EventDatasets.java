package io.booklake.transform;

import io.booklake.aggregate.DrawnDay;
import io.booklake.aggregate.Session;
import io.booklake.format.lobster.EventBatch;
import io.booklake.lake.Schemas;
import io.booklake.model.ExchangeTime;
import io.booklake.model.Price;
import io.booklake.model.TickerDay;
import io.booklake.table.Column;
import io.booklake.table.ColumnBatch;
import io.booklake.table.ColumnValues;
import io.booklake.table.TableCatalog;
import java.sql.Date;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/** Columns as Spark's rows. */
final class EventDatasets {
  private static final int POSITION_COLUMNS = 6;

  private EventDatasets() {}

  /** Events with the book after them: the columns of {@code messages}, then the levels. */
  static Dataset<Row> paired(SparkSession spark, TickerDay day, List<EventBatch> batches) {
    List<Column> columns = new ArrayList<>(TableCatalog.MESSAGES.columns());
    List<Column> depth = TableCatalog.depth(day.levels()).columns();
    columns.addAll(depth.subList(POSITION_COLUMNS, depth.size()));
    ExchangeTime clock = new ExchangeTime(day.tradeDate());
    List<Row> rows = new ArrayList<>();
    for (EventBatch batch : batches) {
      for (int row = 0; row < batch.rows; row++) {
        rows.add(row(day, clock, batch, row));
      }
    }
    return spark.createDataFrame(rows, Schemas.of(columns));
  }

  static Dataset<Row> paired(SparkSession spark, DrawnDay day) {
    return paired(spark, day.tickerDay(), day.events());
  }

  private static Row row(TickerDay day, ExchangeTime clock, EventBatch batch, int row) {
    List<Object> values = new ArrayList<>();
    values.add(Date.valueOf(day.tradeDate()));
    values.add(day.ticker());
    values.add(day.levels());
    values.add(batch.firstIndex + row);
    values.add(batch.timeNanos[row]);
    values.add(timestamp(clock.epochMicros(batch.timeNanos[row])));
    values.add((int) batch.type[row]);
    values.add(batch.orderId[row]);
    values.add(batch.size[row]);
    values.add(batch.price[row]);
    values.add((int) batch.direction[row]);
    values.add(batch.mpid[row]);
    for (int level = 0; level < batch.levels; level++) {
      values.add(price(batch.askPrice[level][row], Price.EMPTY_ASK));
      values.add(batch.askSize[level][row]);
      values.add(price(batch.bidPrice[level][row], Price.EMPTY_BID));
      values.add(batch.bidSize[level][row]);
    }
    return RowFactory.create(values.toArray());
  }

  private static Object price(long price, long empty) {
    return price == empty ? null : (Object) price;
  }

  private static Timestamp timestamp(long epochMicros) {
    return Timestamp.from(Instant.EPOCH.plus(epochMicros, ChronoUnit.MICROS));
  }

  /** The session as the ledger has it. */
  static Dataset<Row> session(SparkSession spark, Session session) {
    return spark.createDataFrame(
        List.of(
            RowFactory.create(
                Date.valueOf(session.tickerDay().tradeDate()),
                session.tickerDay().ticker(),
                session.tickerDay().levels(),
                session.startNanos(),
                session.endNanos())),
        StructType.fromDDL(
            "trade_date DATE, ticker STRING, levels INT, start_time_ns BIGINT,"
                + " end_time_ns BIGINT"));
  }

  /** The rows of a batch, appended to {@code rows}. */
  static void add(List<Row> rows, ColumnBatch batch) {
    for (int row = 0; row < batch.rows; row++) {
      List<Object> values = new ArrayList<>();
      for (ColumnValues column : batch.columns()) {
        values.add(column.isNull(row) ? null : value(column, row));
      }
      rows.add(RowFactory.create(values.toArray()));
    }
  }

  private static Object value(ColumnValues column, int row) {
    return switch (column.column.type()) {
      case LONG -> column.longs[row];
      case TIMESTAMP -> timestamp(column.longs[row]);
      case INT -> column.ints[row];
      case DATE -> Date.valueOf(LocalDate.ofEpochDay(column.ints[row]));
      case DOUBLE -> column.doubles[row];
      case BOOLEAN -> column.booleans[row];
      case STRING -> column.strings[row];
      case STRING_TO_LONG, STRING_TO_DOUBLE, STRING_TO_STRING -> column.maps[row];
    };
  }
}
