package io.booklake.lake.columnar;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.unix_date;
import static org.apache.spark.sql.functions.unix_micros;

import io.booklake.table.ColumnBatch;
import io.booklake.table.ColumnValues;
import io.booklake.table.Table;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Row;

/** Rows that Spark computed, on their way into columns. */
final class SparkRows {
  private SparkRows() {}

  /** As numbers, dates and instants need no object of Java's and know no time zone. */
  static Column[] columns(Table table) {
    return table.columns().stream()
        .map(
            column ->
                switch (column.type()) {
                  case DATE -> unix_date(col(column.name()));
                  case TIMESTAMP -> unix_micros(col(column.name()));
                  default -> col(column.name());
                })
        .toArray(Column[]::new);
  }

  /** Whether two rows have the same in some columns. */
  static boolean isEqual(int[] columns, Row one, Row other) {
    return Arrays.stream(columns).allMatch(i -> Objects.equals(one.get(i), other.get(i)));
  }

  /** Adds a row of these columns. */
  static void add(ColumnBatch batch, Row row) {
    int at = batch.rows++;
    List<ColumnValues> columns = batch.columns();
    for (int i = 0; i < columns.size(); i++) {
      ColumnValues values = columns.get(i);
      if (row.isNullAt(i)) {
        values.setNull(at);
        continue;
      }
      switch (values.column.type()) {
        case BOOLEAN -> values.booleans[at] = row.getBoolean(i);
        case INT, DATE -> values.ints[at] = row.getInt(i);
        case LONG, TIMESTAMP -> values.longs[at] = row.getLong(i);
        case DOUBLE -> values.doubles[at] = row.getDouble(i);
        case STRING -> values.strings[at] = row.getString(i);
        case STRING_TO_LONG, STRING_TO_DOUBLE, STRING_TO_STRING ->
            // Spark's maps have the order in which they were put together.
            values.maps[at] = new TreeMap<String, Object>(row.getJavaMap(i));
      }
    }
  }
}
