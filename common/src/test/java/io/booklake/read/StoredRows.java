package io.booklake.read;

import io.booklake.format.lobster.EventBatch;
import io.booklake.model.Price;
import io.booklake.model.TickerDay;
import io.booklake.table.Column;
import io.booklake.table.Table;
import io.booklake.table.TableCatalog;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.column.ParquetProperties;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Type.Repetition;
import org.apache.parquet.schema.Types;

/** Rows of per-event tables, written by Parquet's own row-based writer, as other tools do. */
final class StoredRows {
  /**
   * How a file is written.
   *
   * @param version of its pages
   * @param dictionary whether values may be numbered
   * @param pageRows rows of a page
   */
  record Layout(ParquetProperties.WriterVersion version, boolean dictionary, int pageRows) {}

  private StoredRows() {}

  /** A file of so many messages, which differ in number and time, in several row groups if many. */
  static java.nio.file.Path manyMessages(java.nio.file.Path folder, int rows, int pageRows)
      throws IOException {
    java.nio.file.Path path = folder.resolve("messages.parquet");
    List<Map<String, Object>> all = new ArrayList<>();
    for (long i = 0; i < rows; i++) {
      Map<String, Object> row = new HashMap<>();
      row.put("ticker", "SIMA");
      row.put("levels", 10);
      row.put("event_index", i);
      row.put("time_ns", 34_200_000_000_000L + i);
      row.put("event_type", 1);
      row.put("order_id", i);
      row.put("size", 100L);
      row.put("price", 1_000_000L);
      row.put("direction", 1);
      all.add(row);
    }
    write(
        path,
        TableCatalog.MESSAGES,
        all,
        new Layout(ParquetProperties.WriterVersion.PARQUET_2_0, true, pageRows));
    return path;
  }

  /** Rows of {@code messages}. */
  static List<Map<String, Object>> messages(TickerDay day, List<EventBatch> batches) {
    List<Map<String, Object>> rows = new ArrayList<>();
    for (EventBatch batch : batches) {
      for (int i = 0; i < batch.rows; i++) {
        Map<String, Object> row = key(day, batch, i);
        row.put("event_type", (int) batch.type[i]);
        row.put("order_id", batch.orderId[i]);
        row.put("size", batch.size[i]);
        row.put("price", batch.price[i]);
        row.put("direction", (int) batch.direction[i]);
        rows.add(row);
      }
    }
    return rows;
  }

  /** Rows of {@code depth}. */
  static List<Map<String, Object>> depth(TickerDay day, List<EventBatch> batches) {
    List<Map<String, Object>> rows = new ArrayList<>();
    for (EventBatch batch : batches) {
      for (int i = 0; i < batch.rows; i++) {
        Map<String, Object> row = key(day, batch, i);
        for (int level = 0; level < batch.levels; level++) {
          String number = String.valueOf(level + 1);
          if (batch.askPrice[level][i] != Price.EMPTY_ASK) {
            row.put("ask_price_" + number, batch.askPrice[level][i]);
          }
          if (batch.bidPrice[level][i] != Price.EMPTY_BID) {
            row.put("bid_price_" + number, batch.bidPrice[level][i]);
          }
          row.put("ask_size_" + number, batch.askSize[level][i]);
          row.put("bid_size_" + number, batch.bidSize[level][i]);
        }
        rows.add(row);
      }
    }
    return rows;
  }

  private static Map<String, Object> key(TickerDay day, EventBatch batch, int row) {
    Map<String, Object> values = new HashMap<>();
    values.put("ticker", day.ticker());
    values.put("levels", day.levels());
    values.put("event_index", batch.firstIndex + row);
    values.put("time_ns", batch.timeNanos[row]);
    return values;
  }

  /** Writes a file of all columns but the partition column. */
  static String write(
      java.nio.file.Path file, Table table, List<Map<String, Object>> rows, Layout layout)
      throws IOException {
    MessageType schema = schema(table);
    try (ParquetWriter<Group> writer =
        ExampleParquetWriter.builder(new Path(file.toUri()))
            .withConf(new Configuration())
            .withType(schema)
            .withWriterVersion(layout.version)
            .withDictionaryEncoding(layout.dictionary)
            .withPageRowCountLimit(layout.pageRows)
            .withRowGroupRowCountLimit(1_000)
            .build()) {
      for (Map<String, Object> row : rows) {
        Group group = new SimpleGroup(schema);
        row.forEach((name, value) -> add(group, schema, name, value));
        writer.write(group);
      }
    }
    return file.toUri().toString();
  }

  private static void add(Group group, MessageType schema, String name, Object value) {
    if (!schema.containsField(name)) {
      return;
    }
    if (value instanceof Long number) {
      group.add(name, number);
    } else if (value instanceof Integer number) {
      group.add(name, number);
    } else if (value instanceof Double number) {
      group.add(name, number);
    } else if (value instanceof Boolean truth) {
      group.add(name, truth);
    } else if (value instanceof Map<?, ?> map) {
      Group entries = group.addGroup(name);
      map.forEach(
          (key, each) -> {
            Group entry = entries.addGroup("key_value");
            entry.add("key", (String) key);
            if (each instanceof Long number) {
              entry.add("value", number);
            } else {
              entry.add("value", (String) each);
            }
          });
    } else {
      group.add(name, (String) value);
    }
  }

  private static MessageType schema(Table table) {
    Types.MessageTypeBuilder schema = Types.buildMessage();
    for (Column column : table.columns()) {
      if (table.partitionColumns().contains(column.name())) {
        continue;
      }
      switch (column.type()) {
        case INT -> schema.optional(PrimitiveTypeName.INT32).named(column.name());
        case DATE ->
            schema
                .optional(PrimitiveTypeName.INT32)
                .as(LogicalTypeAnnotation.dateType())
                .named(column.name());
        case DOUBLE -> schema.optional(PrimitiveTypeName.DOUBLE).named(column.name());
        case BOOLEAN -> schema.optional(PrimitiveTypeName.BOOLEAN).named(column.name());
        case TIMESTAMP ->
            schema
                .optional(PrimitiveTypeName.INT64)
                .as(
                    LogicalTypeAnnotation.timestampType(
                        true, LogicalTypeAnnotation.TimeUnit.MICROS))
                .named(column.name());
        case STRING_TO_LONG ->
            schema.addField(
                map(column.name(), Types.optional(PrimitiveTypeName.INT64).named("value")));
        case STRING_TO_STRING ->
            schema.addField(map(column.name(), text(Repetition.OPTIONAL, "value")));
        case STRING -> schema.addField(text(Repetition.OPTIONAL, column.name()));
        default -> schema.optional(PrimitiveTypeName.INT64).named(column.name());
      }
    }
    return schema.named(table.name());
  }

  private static Type map(String name, Type value) {
    return Types.optionalGroup()
        .as(LogicalTypeAnnotation.mapType())
        .addField(
            Types.repeatedGroup()
                .addFields(text(Repetition.REQUIRED, "key"), value)
                .named("key_value"))
        .named(name);
  }

  private static Type text(Repetition repetition, String name) {
    return Types.primitive(PrimitiveTypeName.BINARY, repetition)
        .as(LogicalTypeAnnotation.stringType())
        .named(name);
  }
}
