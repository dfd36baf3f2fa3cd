package io.booklake.transform;

import io.booklake.table.Table;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.functions;

/** Brings result columns into the order of the table catalog, and drops all others. */
final class CatalogOrder {

  private CatalogOrder() {}

  /** What to select from a dataset that has all columns of {@code table}. */
  static Column[] columns(Table table) {
    return table.columnNames().stream().map(functions::col).toArray(Column[]::new);
  }
}
