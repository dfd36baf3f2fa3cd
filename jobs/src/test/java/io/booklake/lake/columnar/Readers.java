package io.booklake.lake.columnar;

import io.booklake.table.Column;
import io.booklake.table.Table;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.hadoop.ParquetReader;
import org.apache.parquet.hadoop.example.GroupReadSupport;
import org.apache.parquet.schema.GroupType;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Rows of a data file as others read them, in the form of {@link EveryType}. */
final class Readers {
  private Readers() {}

  private static List<Column> stored(Table table) {
    return table.columns().stream()
        .filter(column -> !table.partitionColumns().contains(column.name()))
        .toList();
  }

  static List<List<Object>> spark(SparkSession spark, Table table, List<String> files) {
    String[] expressions =
        stored(table).stream()
            .map(
                column ->
                    switch (column.type()) {
                      case DATE -> "unix_date(" + column.name() + ")";
                      case TIMESTAMP -> "unix_micros(" + column.name() + ")";
                      default -> column.name();
                    })
            .toArray(String[]::new);
    List<List<Object>> rows = new ArrayList<>();
    for (String file : files) {
      // One by one: Spark takes the largest of several files first.
      for (Row row : spark.read().parquet(file).selectExpr(expressions).collectAsList()) {
        List<Object> values = new ArrayList<>();
        for (int i = 0; i < row.length(); i++) {
          values.add(
              row.get(i) instanceof scala.collection.Map
                  ? new HashMap<>(row.getJavaMap(i))
                  : row.get(i));
        }
        rows.add(values);
      }
    }
    return rows;
  }

  static List<List<Object>> duckdb(Table table, List<String> files) throws SQLException {
    String select =
        stored(table).stream()
            .map(
                column ->
                    switch (column.type()) {
                      case DATE ->
                          "date_diff('day', DATE '1970-01-01', " + column.name() + ")::INT";
                      case TIMESTAMP -> "epoch_us(" + column.name() + ")";
                      default -> column.name();
                    })
            .collect(Collectors.joining(", "));
    String list =
        files.stream().map(file -> "'" + file + "'").collect(Collectors.joining(", ", "[", "]"));
    List<List<Object>> rows = new ArrayList<>();
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement();
        ResultSet result =
            statement.executeQuery("SELECT " + select + " FROM read_parquet(" + list + ")")) {
      while (result.next()) {
        List<Object> values = new ArrayList<>();
        for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
          values.add(result.getObject(i));
        }
        rows.add(values);
      }
    }
    return rows;
  }

  static List<List<Object>> parquetJava(Table table, List<String> files) throws IOException {
    List<List<Object>> rows = new ArrayList<>();
    for (String file : files) {
      try (ParquetReader<Group> reader =
          ParquetReader.builder(new GroupReadSupport(), new Path(file))
              .withConf(new Configuration())
              .build()) {
        for (Group row = reader.read(); row != null; row = reader.read()) {
          List<Object> values = new ArrayList<>();
          for (Column column : stored(table)) {
            values.add(
                switch (column.type()) {
                  case STRING_TO_LONG, STRING_TO_DOUBLE, STRING_TO_STRING ->
                      map(row, column.name());
                  default -> value(row, column.name());
                });
          }
          rows.add(values);
        }
      }
    }
    return rows;
  }

  private static Map<String, Object> map(Group row, String name) {
    if (row.getFieldRepetitionCount(name) == 0) {
      return null;
    }
    Group map = row.getGroup(name, 0);
    Map<String, Object> entries = new HashMap<>();
    for (int i = 0; i < map.getFieldRepetitionCount("key_value"); i++) {
      Group entry = map.getGroup("key_value", i);
      entries.put(entry.getString("key", 0), value(entry, "value"));
    }
    return entries;
  }

  private static Object value(Group group, String name) {
    GroupType type = group.getType();
    if (group.getFieldRepetitionCount(name) == 0) {
      return null;
    }
    return switch (type.getType(name).asPrimitiveType().getPrimitiveTypeName()) {
      case BOOLEAN -> group.getBoolean(name, 0);
      case INT32 -> group.getInteger(name, 0);
      case INT64 -> group.getLong(name, 0);
      case DOUBLE -> group.getDouble(name, 0);
      case BINARY -> group.getString(name, 0);
      default -> throw new IllegalArgumentException(type + " has no such " + name);
    };
  }
}
