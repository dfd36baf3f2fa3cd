package io.booklake.viewer;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.booklake.book.BookReplay;
import io.booklake.model.Direction;
import io.booklake.read.OrderBook;
import io.booklake.table.ColumnBatch;
import io.booklake.table.ColumnValues;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;

/** Writes answers as JSON. Rows go column by column, which is shorter and quicker to take in. */
final class Json {
  private static final JsonFactory FACTORY = new JsonFactory();

  private Json() {}

  /** Writes one document. */
  interface Writing {
    void to(JsonGenerator json) throws IOException;
  }

  /** One document. */
  static byte[] of(Writing writing) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator json = FACTORY.createGenerator(bytes)) {
      writing.to(json);
    }
    return bytes.toByteArray();
  }

  /** A document of one text. */
  static byte[] field(String name, String value) throws IOException {
    return of(json -> value(json, Map.of(name, value)));
  }

  /** What maps, lists, numbers, texts, dates and times are made of. */
  static void value(JsonGenerator json, Object value) throws IOException {
    if (value == null) {
      json.writeNull();
    } else if (value instanceof Map<?, ?> map) {
      json.writeStartObject();
      for (Map.Entry<?, ?> each : map.entrySet()) {
        json.writeFieldName(each.getKey().toString());
        value(json, each.getValue());
      }
      json.writeEndObject();
    } else if (value instanceof Iterable<?> items) {
      json.writeStartArray();
      for (Object each : items) {
        value(json, each);
      }
      json.writeEndArray();
    } else if (value instanceof Integer number) {
      json.writeNumber(number);
    } else if (value instanceof Long number) {
      json.writeNumber(number);
    } else if (value instanceof Double number) {
      json.writeNumber(number);
    } else if (value instanceof Boolean truth) {
      json.writeBoolean(truth);
    } else {
      json.writeString(value.toString());
    }
  }

  /** Columns by name, each the list of its values. */
  static void columns(JsonGenerator json, ColumnBatch rows) throws IOException {
    json.writeStartObject();
    for (ColumnValues column : rows.columns()) {
      json.writeArrayFieldStart(column.column.name());
      for (int row = 0; row < rows.rows; row++) {
        cell(json, column, row);
      }
      json.writeEndArray();
    }
    json.writeEndObject();
  }

  private static void cell(JsonGenerator json, ColumnValues column, int row) throws IOException {
    if (column.isNull(row)) {
      json.writeNull();
      return;
    }
    switch (column.column.type()) {
      case BOOLEAN -> json.writeBoolean(column.booleans[row]);
      case INT -> json.writeNumber(column.ints[row]);
      case LONG -> json.writeNumber(column.longs[row]);
      case DOUBLE -> json.writeNumber(column.doubles[row]);
      case STRING -> json.writeString(column.strings[row]);
      case DATE, TIMESTAMP -> json.writeString(text(column, row));
      case STRING_TO_LONG, STRING_TO_DOUBLE, STRING_TO_STRING -> value(json, column.maps[row]);
    }
  }

  /** A value that is not NULL as text; dates and times as ISO 8601. */
  static String text(ColumnValues column, int row) {
    return switch (column.column.type()) {
      case BOOLEAN -> Boolean.toString(column.booleans[row]);
      case INT -> Integer.toString(column.ints[row]);
      case LONG -> Long.toString(column.longs[row]);
      case DOUBLE -> Double.toString(column.doubles[row]);
      case STRING -> column.strings[row];
      case DATE -> LocalDate.ofEpochDay(column.ints[row]).toString();
      case TIMESTAMP -> Instant.EPOCH.plus(column.longs[row], ChronoUnit.MICROS).toString();
      case STRING_TO_LONG, STRING_TO_DOUBLE, STRING_TO_STRING -> column.maps[row].toString();
    };
  }

  /** An order-level book. */
  static void book(JsonGenerator json, OrderBook book) throws IOException {
    json.writeStartObject();
    json.writeNumberField("event_index", book.eventIndex());
    levels(json, "bids", book.bids());
    levels(json, "asks", book.asks());
    json.writeFieldName("out_of_sight");
    orders(json, book.outOfSight(), true);
    json.writeEndObject();
  }

  private static void levels(JsonGenerator json, String side, List<OrderBook.Level> levels)
      throws IOException {
    json.writeArrayFieldStart(side);
    for (OrderBook.Level level : levels) {
      json.writeStartObject();
      json.writeNumberField("level", level.level());
      json.writeNumberField("price", level.priceTicks());
      json.writeNumberField("size", level.size());
      json.writeNumberField("residual", level.residual());
      json.writeFieldName("queue");
      orders(json, level.queue(), false);
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void orders(JsonGenerator json, List<BookReplay.Order> orders, boolean withPrices)
      throws IOException {
    json.writeStartObject();
    column(json, "order_id", orders, order -> json.writeNumber(order.orderId()));
    if (withPrices) {
      column(json, "side", orders, order -> json.writeString(Direction.side(order.direction())));
      column(json, "price", orders, order -> json.writeNumber(order.priceTicks()));
    }
    column(json, "size", orders, order -> json.writeNumber(order.size()));
    column(json, "origin", orders, order -> json.writeString(order.origin().word()));
    json.writeEndObject();
  }

  private interface OfOrder {
    void write(BookReplay.Order order) throws IOException;
  }

  private static void column(
      JsonGenerator json, String name, List<BookReplay.Order> orders, OfOrder value)
      throws IOException {
    json.writeArrayFieldStart(name);
    for (BookReplay.Order order : orders) {
      value.write(order);
    }
    json.writeEndArray();
  }
}
