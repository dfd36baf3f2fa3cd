package io.booklake.transform;

import io.booklake.format.lobster.EventBatch;
import io.booklake.format.lobster.FileName;
import io.booklake.format.lobster.LobsterWriter;
import io.booklake.format.lobster.Pair;
import io.booklake.format.lobster.SourceFile;
import io.booklake.lake.Schemas;
import io.booklake.model.EventType;
import io.booklake.model.ExchangeTime;
import io.booklake.model.Price;
import io.booklake.model.TickerDay;
import io.booklake.table.TableCatalog;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Date;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/**
 * A ticker-day drawn in a test, one event per line: {@code time word [size price resting-side] |
 * bids | asks}, where the book is the one after the event, best level first, as {@code price x
 * size} without spaces and {@code -} for an empty side. For example:
 *
 * <pre>
 * 10:00:00    new    100 99.99 buy   | 99.99x100 | 100.01x50
 * 10:00:01.5  fill   20 100.01 sell  | 99.99x100 | 100.01x30
 * 10:00:02    halt                   | -         | 100.01x30
 * </pre>
 *
 * <p>Words are new, cancel, delete, fill, hidden, cross, halt, quote and resume.
 */
final class DrawnDay {
  private static final int POSITION_COLUMNS = 6;
  private static final int MESSAGE_COLUMNS = 12;

  private final TickerDay tickerDay;
  private final List<Object[]> events = new ArrayList<>();

  private DrawnDay(TickerDay tickerDay) {
    this.tickerDay = tickerDay;
  }

  /** ABC on 2012-06-21 with one level. */
  static DrawnDay of(String drawing) {
    return of(new TickerDay(LocalDate.of(2012, 6, 21), "ABC", 1), drawing);
  }

  static DrawnDay of(TickerDay tickerDay, String drawing) {
    DrawnDay day = new DrawnDay(tickerDay);
    drawing.lines().filter(line -> !line.isBlank()).forEach(day::add);
    return day;
  }

  private void add(String line) {
    String[] parts = line.split("\\|", -1);
    String[] event = parts[0].trim().split("\\s+", -1);
    long timeNanos = nanos(event[0]);
    List<Object> row = new ArrayList<>();
    row.add(Date.valueOf(tickerDay.tradeDate()));
    row.add(tickerDay.ticker());
    row.add(tickerDay.levels());
    row.add((long) events.size());
    row.add(timeNanos);
    row.add(
        Timestamp.from(
            Instant.EPOCH.plus(
                new ExchangeTime(tickerDay.tradeDate()).epochMicros(timeNanos),
                ChronoUnit.MICROS)));
    String word = event[1];
    row.add((int) type(word));
    row.add(orderId(word));
    if (event.length > 2) {
      row.add(Long.valueOf(event[2]));
      row.add(ticks(event[3]));
      row.add(event[4].equals("buy") ? 1 : -1);
    } else {
      row.add(0L);
      row.add(status(word));
      row.add(-1);
    }
    row.add(null);
    List<Object[]> bids = side(parts[1]);
    List<Object[]> asks = side(parts[2]);
    for (int level = 0; level < tickerDay.levels(); level++) {
      row.addAll(Arrays.asList(asks.get(level)));
      row.addAll(Arrays.asList(bids.get(level)));
    }
    events.add(row.toArray());
  }

  private List<Object[]> side(String drawing) {
    List<Object[]> levels = new ArrayList<>();
    if (!drawing.trim().equals("-")) {
      for (String level : drawing.trim().split("\\s+", -1)) {
        String[] priceAndSize = level.split("x", -1);
        levels.add(new Object[] {ticks(priceAndSize[0]), Long.valueOf(priceAndSize[1])});
      }
    }
    while (levels.size() < tickerDay.levels()) {
      levels.add(new Object[] {null, 0L});
    }
    return levels;
  }

  private static byte type(String word) {
    return switch (word) {
      case "new" -> EventType.NEW_ORDER;
      case "cancel" -> EventType.PARTIAL_CANCEL;
      case "delete" -> EventType.DELETE;
      case "fill" -> EventType.VISIBLE_EXECUTION;
      case "hidden" -> EventType.HIDDEN_EXECUTION;
      case "cross" -> EventType.CROSS_TRADE;
      case "halt", "quote", "resume" -> EventType.HALT;
      default -> throw new IllegalArgumentException("no such event: " + word);
    };
  }

  private static long orderId(String word) {
    return switch (word) {
      case "cross" -> -1;
      case "new", "cancel", "delete", "fill" -> 7;
      default -> 0;
    };
  }

  private static long status(String word) {
    return switch (word) {
      case "halt" -> EventType.TRADING_HALTS;
      case "quote" -> EventType.QUOTING_RESUMES;
      case "resume" -> EventType.TRADING_RESUMES;
      default -> throw new IllegalArgumentException(word + " needs size, price and side");
    };
  }

  static long nanos(String wallClock) {
    return LocalTime.parse(wallClock).toNanoOfDay();
  }

  private static long ticks(String dollars) {
    return new BigDecimal(dollars).movePointRight(4).longValueExact();
  }

  /** The pair that LOBSTER would deliver, as plain files in {@code folder}. */
  Pair write(Path folder) throws IOException {
    EventBatch batch = new EventBatch(tickerDay.levels(), events.size());
    batch.rows = events.size();
    for (int row = 0; row < batch.rows; row++) {
      Object[] event = events.get(row);
      batch.timeNanos[row] = (long) event[4];
      batch.type[row] = (byte) (int) event[6];
      batch.orderId[row] = (long) event[7];
      batch.size[row] = (long) event[8];
      batch.price[row] = (long) event[9];
      batch.direction[row] = (byte) (int) event[10];
      for (int level = 0; level < tickerDay.levels(); level++) {
        int column = MESSAGE_COLUMNS + 4 * level;
        batch.askPrice[level][row] = priceOr(event[column], Price.EMPTY_ASK);
        batch.askSize[level][row] = (long) event[column + 1];
        batch.bidPrice[level][row] = priceOr(event[column + 2], Price.EMPTY_BID);
        batch.bidSize[level][row] = (long) event[column + 3];
      }
    }
    FileName name = new FileName(tickerDay, 0, FileName.MILLIS_PER_DAY, FileName.Kind.MESSAGE);
    Path message = folder.resolve(name.toString());
    Path orderbook = folder.resolve(name.other().toString());
    try (LobsterWriter writer = LobsterWriter.create(message, orderbook, tickerDay.levels())) {
      writer.write(batch);
    }
    return new Pair(
        tickerDay, name.startMillis(), name.endMillis(), source(message), source(orderbook));
  }

  private static long priceOr(Object price, long empty) {
    return price == null ? empty : (long) price;
  }

  private static SourceFile source(Path file) throws IOException {
    return new SourceFile(
        file.toUri().toString(),
        null,
        Files.size(file),
        Files.getLastModifiedTime(file).toMillis());
  }

  /** Rows of {@code messages}. */
  Dataset<Row> messages(SparkSession spark) {
    return paired(spark).select(CatalogOrder.columns(TableCatalog.MESSAGES));
  }

  /** Rows of {@code depth}. */
  Dataset<Row> depth(SparkSession spark) {
    return paired(spark).select(CatalogOrder.columns(TableCatalog.depth(tickerDay.levels())));
  }

  /** Events with the book after them. */
  Dataset<Row> paired(SparkSession spark) {
    StructType schema = Schemas.of(TableCatalog.MESSAGES.columns());
    StructType depth = Schemas.of(TableCatalog.depth(tickerDay.levels()).columns());
    for (int i = POSITION_COLUMNS; i < depth.length(); i++) {
      schema = schema.add(depth.apply(i));
    }
    return rows(spark, schema, events);
  }

  /** The session as the ledger has it. */
  Dataset<Row> session(SparkSession spark, String start, String end) {
    return rows(
        spark,
        StructType.fromDDL(
            "trade_date DATE, ticker STRING, levels INT, start_time_ns BIGINT, end_time_ns BIGINT"),
        List.<Object[]>of(
            new Object[] {
              Date.valueOf(tickerDay.tradeDate()),
              tickerDay.ticker(),
              tickerDay.levels(),
              nanos(start),
              nanos(end)
            }));
  }

  private static Dataset<Row> rows(SparkSession spark, StructType schema, List<Object[]> rows) {
    return spark.createDataFrame(rows.stream().map(RowFactory::create).toList(), schema);
  }
}
