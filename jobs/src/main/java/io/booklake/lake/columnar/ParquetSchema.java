package io.booklake.lake.columnar;

import io.booklake.table.Column;
import io.booklake.table.ColumnType;
import java.util.List;

/**
 * The catalog's columns as Parquet's: the types and names that Delta's protocol, Spark and the
 * Parquet format's page on logical types give them.
 *
 * @see <a
 *     href="https://github.com/apache/parquet-format/blob/master/LogicalTypes.md">LogicalTypes.md</a>
 */
final class ParquetSchema {
  /** The names inside a map. */
  static final String ENTRY = "key_value";

  static final String KEY = "key";
  static final String VALUE = "value";

  private static final int REQUIRED = 0;
  private static final int OPTIONAL = 1;
  private static final int REPEATED = 2;

  private ParquetSchema() {}

  /** What values of a type that is no map are stored as. */
  static PhysicalType physical(ColumnType type) {
    return switch (type) {
      case BOOLEAN -> PhysicalType.BOOLEAN;
      case INT, DATE -> PhysicalType.INT32;
      case LONG, TIMESTAMP -> PhysicalType.INT64;
      case DOUBLE -> PhysicalType.DOUBLE;
      case STRING -> PhysicalType.BYTE_ARRAY;
      case STRING_TO_LONG, STRING_TO_DOUBLE, STRING_TO_STRING ->
          throw new IllegalArgumentException(type + " has keys and values");
    };
  }

  /** The type of a map's values, or null if it is none. */
  static ColumnType valuesOf(ColumnType type) {
    return switch (type) {
      case STRING_TO_LONG -> ColumnType.LONG;
      case STRING_TO_DOUBLE -> ColumnType.DOUBLE;
      case STRING_TO_STRING -> ColumnType.STRING;
      default -> null;
    };
  }

  /** The footer's list of them, root first, parents before children. */
  static void describe(List<Column> columns, ThriftStruct footer) {
    int elements = 1;
    for (Column column : columns) {
      elements += valuesOf(column.type()) == null ? 1 : 4;
    }
    footer.list(2, ThriftStruct.STRUCT, elements);
    footer.element().text(4, "booklake").i32(5, columns.size()).end();
    for (Column column : columns) {
      ColumnType values = valuesOf(column.type());
      if (values == null) {
        describe(footer, column.name(), column.type(), OPTIONAL);
      } else {
        // A map, as converted and as logical type.
        footer.element().i32(3, OPTIONAL).text(4, column.name()).i32(5, 1).i32(6, 1);
        footer.struct(10).struct(2).end().end().end();
        footer.element().i32(3, REPEATED).text(4, ENTRY).i32(5, 2).end();
        describe(footer, KEY, ColumnType.STRING, REQUIRED);
        describe(footer, VALUE, values, OPTIONAL);
      }
    }
  }

  private static void describe(ThriftStruct footer, String name, ColumnType type, int repetition) {
    footer.element().i32(1, physical(type).number).i32(3, repetition).text(4, name);
    switch (type) {
      case STRING -> footer.i32(6, 0).struct(10).struct(1).end().end();
      case DATE -> footer.i32(6, 6).struct(10).struct(6).end().end();
      case TIMESTAMP -> {
        // Microseconds of UTC.
        footer.i32(6, 10).struct(10).struct(8).bool(1, true);
        footer.struct(2).struct(2).end().end().end().end();
      }
      default -> {} // a number, as it is
    }
    footer.end();
  }
}
