package io.booklake.lake;

import io.booklake.table.Column;
import io.booklake.table.ColumnType;
import io.delta.kernel.types.BooleanType;
import io.delta.kernel.types.DataType;
import io.delta.kernel.types.DateType;
import io.delta.kernel.types.DoubleType;
import io.delta.kernel.types.FieldMetadata;
import io.delta.kernel.types.IntegerType;
import io.delta.kernel.types.LongType;
import io.delta.kernel.types.MapType;
import io.delta.kernel.types.StringType;
import io.delta.kernel.types.StructField;
import io.delta.kernel.types.StructType;
import io.delta.kernel.types.TimestampType;
import java.util.Arrays;
import java.util.List;

/** The catalog's columns as Delta Kernel's schema, comments included, and back. */
final class DeltaSchemas {
  private static final String COMMENT = "comment";

  private DeltaSchemas() {}

  /** All columns may be NULL: NOT NULL would make invariants that some Delta writers refuse. */
  static StructType of(List<Column> columns) {
    return new StructType(columns.stream().map(DeltaSchemas::field).toList());
  }

  static StructField field(Column column) {
    return new StructField(
        column.name(),
        type(column.type()),
        true,
        FieldMetadata.builder().putString(COMMENT, column.comment()).build());
  }

  /**
   * The columns of a table as it is, which may be more than the catalog speaks of at the moment:
   * {@code depth} is as wide as its deepest ticker-day.
   *
   * @throws IllegalArgumentException if one has a type that the catalog does not know
   */
  static List<Column> columns(StructType schema) {
    return schema.fields().stream().map(DeltaSchemas::column).toList();
  }

  private static Column column(StructField field) {
    String comment = field.getMetadata().getString(COMMENT);
    return new Column(
        field.getName(),
        Arrays.stream(ColumnType.values())
            .filter(type -> type(type).equivalent(field.getDataType()))
            .findFirst()
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "column "
                            + field.getName()
                            + " has type "
                            + field.getDataType()
                            + ", which no table of the catalog uses")),
        comment == null ? "" : comment);
  }

  private static DataType type(ColumnType type) {
    return switch (type) {
      case BOOLEAN -> BooleanType.BOOLEAN;
      case INT -> IntegerType.INTEGER;
      case LONG -> LongType.LONG;
      case DOUBLE -> DoubleType.DOUBLE;
      case STRING -> StringType.STRING;
      case DATE -> DateType.DATE;
      case TIMESTAMP -> TimestampType.TIMESTAMP;
      case STRING_TO_LONG -> new MapType(StringType.STRING, LongType.LONG, true);
      case STRING_TO_DOUBLE -> new MapType(StringType.STRING, DoubleType.DOUBLE, true);
      case STRING_TO_STRING -> new MapType(StringType.STRING, StringType.STRING, true);
    };
  }
}
