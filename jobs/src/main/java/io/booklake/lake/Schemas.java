package io.booklake.lake;

import io.booklake.table.Column;
import io.booklake.table.ColumnType;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** The catalog's columns as Spark's schema, comments included, and back. */
public final class Schemas {
  private Schemas() {}

  /**
   * The columns of rows that were read from tables of the lake.
   *
   * @throws IllegalArgumentException if one has a type that the catalog does not know
   */
  public static List<Column> columns(StructType schema) {
    return Stream.of(schema.fields()).map(Schemas::column).toList();
  }

  private static Column column(StructField field) {
    String sql = field.dataType().sql();
    return new Column(
        field.name(),
        Stream.of(ColumnType.values())
            .filter(type -> DataType.fromDDL(type.sql()).sql().equals(sql))
            .findFirst()
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "column " + field.name() + " has type " + sql + ", which no table uses")),
        field.getComment().getOrElse(() -> ""));
  }

  /** All columns may be NULL: NOT NULL would make invariants that some Delta writers refuse. */
  public static StructType of(List<Column> columns) {
    return new StructType(
        columns.stream()
            .map(
                column ->
                    new StructField(
                            column.name(),
                            DataType.fromDDL(column.type().sql()),
                            true,
                            Metadata.empty())
                        .withComment(column.comment()))
            .toArray(StructField[]::new));
  }
}
