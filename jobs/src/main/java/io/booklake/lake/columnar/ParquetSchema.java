package io.booklake.lake.columnar;

import static org.apache.parquet.schema.LogicalTypeAnnotation.dateType;
import static org.apache.parquet.schema.LogicalTypeAnnotation.mapType;
import static org.apache.parquet.schema.LogicalTypeAnnotation.stringType;
import static org.apache.parquet.schema.LogicalTypeAnnotation.timestampType;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.BINARY;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.BOOLEAN;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.DOUBLE;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.INT32;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.INT64;

import io.booklake.table.Column;
import java.util.List;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Types;

/**
 * The catalog's columns as Parquet's: the types and names that Delta's protocol, Spark and the
 * Parquet format's page on logical types give them.
 */
final class ParquetSchema {
  /** The names inside a map. */
  static final String ENTRY = "key_value";

  static final String KEY = "key";
  static final String VALUE = "value";

  private ParquetSchema() {}

  static MessageType of(List<Column> columns) {
    return new MessageType("booklake", columns.stream().map(ParquetSchema::field).toList());
  }

  private static Type field(Column column) {
    String name = column.name();
    return switch (column.type()) {
      case BOOLEAN -> Types.optional(BOOLEAN).named(name);
      case INT -> Types.optional(INT32).named(name);
      case LONG -> Types.optional(INT64).named(name);
      case DOUBLE -> Types.optional(DOUBLE).named(name);
      case STRING -> Types.optional(BINARY).as(stringType()).named(name);
      case DATE -> Types.optional(INT32).as(dateType()).named(name);
      case TIMESTAMP -> Types.optional(INT64).as(timestampType(true, TimeUnit.MICROS)).named(name);
      case STRING_TO_LONG -> map(name, Types.optional(INT64).named(VALUE));
      case STRING_TO_DOUBLE -> map(name, Types.optional(DOUBLE).named(VALUE));
      case STRING_TO_STRING -> map(name, Types.optional(BINARY).as(stringType()).named(VALUE));
    };
  }

  private static Type map(String name, Type value) {
    Type key = Types.required(BINARY).as(stringType()).named(KEY);
    return Types.optionalGroup()
        .as(mapType())
        .addField(Types.repeatedGroup().addFields(key, value).named(ENTRY))
        .named(name);
  }
}
