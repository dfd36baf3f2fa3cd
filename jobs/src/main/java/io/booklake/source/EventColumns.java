package io.booklake.source;

import io.booklake.format.lobster.EventBatch;
import io.booklake.format.lobster.PairReader;
import io.booklake.model.ExchangeTime;
import io.booklake.model.Price;
import io.booklake.model.TickerDay;
import java.util.Arrays;
import org.apache.spark.sql.execution.vectorized.ConstantColumnVector;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.vectorized.ColumnVector;
import org.apache.spark.unsafe.types.UTF8String;

/** The columns of a query as views over the arrays of an {@link EventBatch}: nothing is copied. */
final class EventColumns {
  private final StructType schema;
  private final TickerDay tickerDay;

  EventColumns(StructType schema, TickerDay tickerDay) {
    this.schema = schema;
    this.tickerDay = tickerDay;
  }

  /**
   * The least that must be read for these columns. Messages always: they take a tenth of the bytes,
   * and an orderbook that was cut ends before them.
   */
  PairReader.Projection projection() {
    int levels = Arrays.stream(schema.fieldNames()).mapToInt(EventColumns::level).max().orElse(0);
    return new PairReader.Projection(true, Math.min(levels, tickerDay.levels()), false);
  }

  ColumnVector[] over(EventBatch batch) {
    return Arrays.stream(schema.fields())
        .map(field -> vector(field, batch))
        .toArray(ColumnVector[]::new);
  }

  private ColumnVector vector(StructField field, EventBatch batch) {
    return switch (field.name()) {
      case "trade_date" -> {
        ConstantColumnVector date = constant(field, batch);
        date.setInt((int) tickerDay.tradeDate().toEpochDay());
        yield date;
      }
      case "ticker" -> {
        ConstantColumnVector ticker = constant(field, batch);
        ticker.setUtf8String(UTF8String.fromString(tickerDay.ticker()));
        yield ticker;
      }
      case "levels" -> {
        ConstantColumnVector levels = constant(field, batch);
        levels.setInt(tickerDay.levels());
        yield levels;
      }
      case "event_index" -> EventVector.ofLongs(row -> batch.firstIndex + row);
      case "time_ns" -> EventVector.ofLongs(row -> batch.timeNanos[row]);
      case "event_time" -> {
        ExchangeTime time = new ExchangeTime(tickerDay.tradeDate());
        yield EventVector.ofTimestamps(row -> time.epochMicros(batch.timeNanos[row]));
      }
      case "event_type" -> EventVector.ofInts(row -> batch.type[row]);
      case "order_id" -> EventVector.ofLongs(row -> batch.orderId[row]);
      case "size" -> EventVector.ofLongs(row -> batch.size[row]);
      case "price" -> EventVector.ofLongs(row -> batch.price[row]);
      case "direction" -> EventVector.ofInts(row -> batch.direction[row]);
      case "mpid" -> EventVector.ofStrings(row -> batch.mpid[row]);
      default -> book(field, batch);
    };
  }

  private ColumnVector book(StructField field, EventBatch batch) {
    int level = level(field.name());
    if (level == 0) {
      throw new IllegalArgumentException(
          "the lobster source has no column '"
              + field.name()
              + "'; it has "
              + Arrays.toString(schema.fieldNames()));
    }
    if (level > tickerDay.levels()) {
      ConstantColumnVector none = constant(field, batch);
      none.setNull();
      return none;
    }
    long[] askPrice = batch.askPrice[level - 1];
    long[] askSize = batch.askSize[level - 1];
    long[] bidPrice = batch.bidPrice[level - 1];
    long[] bidSize = batch.bidSize[level - 1];
    return switch (field.name().substring(0, field.name().lastIndexOf('_'))) {
      case "ask_price" -> EventVector.ofLongs(row -> askPrice[row], Price.EMPTY_ASK);
      case "ask_size" -> EventVector.ofLongs(row -> askSize[row]);
      case "bid_price" -> EventVector.ofLongs(row -> bidPrice[row], Price.EMPTY_BID);
      default -> EventVector.ofLongs(row -> bidSize[row]);
    };
  }

  /** Level that a book column's name ends in; 0 for any other column. */
  private static int level(String name) {
    boolean book =
        name.startsWith("ask_price_")
            || name.startsWith("ask_size_")
            || name.startsWith("bid_price_")
            || name.startsWith("bid_size_");
    return book ? Integer.parseInt(name.substring(name.lastIndexOf('_') + 1)) : 0;
  }

  private static ConstantColumnVector constant(StructField field, EventBatch batch) {
    return new ConstantColumnVector(
        batch.capacity, field.dataType() == null ? DataTypes.NullType : field.dataType());
  }
}
