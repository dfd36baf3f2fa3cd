package io.booklake.lake;

import io.booklake.table.Column;
import java.util.List;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** The catalog's columns as Spark's schema, comments included. */
public final class Schemas {
  private Schemas() {}

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
