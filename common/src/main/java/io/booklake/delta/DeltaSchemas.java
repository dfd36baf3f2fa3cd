package io.booklake.delta;

import io.booklake.table.Column;
import io.booklake.table.ColumnType;
import io.booklake.table.Table;
import io.delta.kernel.internal.types.DataTypeJsonSerDe;
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
import java.util.Optional;

/** The catalog's columns as Delta Kernel's schema, comments included, and back. */
public final class DeltaSchemas {
  private static final String COMMENT = "comment";

  private DeltaSchemas() {}

  /** All columns may be NULL: NOT NULL would make invariants that some Delta writers refuse. */
  public static StructType of(List<Column> columns) {
    return new StructType(columns.stream().map(DeltaSchemas::field).toList());
  }

  private static StructField field(Column column) {
    return new StructField(
        column.name(),
        type(column.type()),
        true,
        FieldMetadata.builder().putString(COMMENT, column.comment()).build());
  }

  /**
   * The columns that a table has in the lake, which may be more than the catalog speaks of at the
   * moment: {@code depth} is as wide as its deepest ticker-day.
   *
   * @throws IllegalArgumentException if one has a type that the catalog does not know
   */
  public static List<Column> columns(StructType schema) {
    return schema.fields().stream().map(DeltaSchemas::column).toList();
  }

  /** A schema from the text that stands in a log. */
  public static StructType parse(String json) {
    return DataTypeJsonSerDe.deserializeStructType(json);
  }

  /** A table with the columns that it has in the lake. */
  public static Table with(Table table, StructType schema) {
    return new Table(
        table.name(),
        table.rowPer(),
        table.comment(),
        columns(schema),
        table.partitionColumns(),
        table.sortColumns(),
        table.statisticsColumns());
  }

  /**
   * The schema that a table has in the lake, and behind it the columns that it lacks. Nothing else
   * about a schema is ever changed: older versions and other readers live on what is there.
   *
   * @throws IllegalStateException if a column is in the lake in another form than in the catalog
   */
  public static StructType widened(StructType schema, Table table) {
    StructType all = schema;
    for (Column column : table.columns()) {
      StructField wanted = field(column);
      // Delta's names differ by more than their case.
      Optional<StructField> found =
          schema.fields().stream()
              .filter(each -> each.getName().equalsIgnoreCase(column.name()))
              .findFirst();
      if (found.isEmpty()) {
        all = all.add(wanted);
      } else if (!isSame(found.get(), wanted)) {
        throw new IllegalStateException(
            "table "
                + table.name()
                + " of the lake has a column "
                + text(found.get())
                + ", expected "
                + text(wanted)
                + ". booklake adds columns to a table and changes none: write into another lake, or"
                + " use the version of booklake that made this one");
      }
    }
    return all;
  }

  private static boolean isSame(StructField found, StructField wanted) {
    return found.getName().equals(wanted.getName())
        && found.getDataType().equivalent(wanted.getDataType())
        && found.isNullable();
  }

  private static String text(StructField field) {
    return "'"
        + field.getName()
        + "' of type "
        + field.getDataType()
        + (field.isNullable() ? "" : " that may not be NULL");
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
