package io.booklake.lake;

import io.booklake.lake.columnar.ColumnarWriter;
import io.booklake.lake.columnar.DataFile;
import io.booklake.read.TableRows;
import io.booklake.table.ColumnBatch;
import io.booklake.table.ColumnValues;
import io.booklake.table.Table;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;

/** Writes rows as {@link TableRows} gives them, without Spark. */
final class RowWriter {
  private final Configuration configuration;

  RowWriter(Configuration configuration) {
    this.configuration = configuration;
  }

  /**
   * Writes rows in the order of the table.
   *
   * @param path of the table
   */
  List<DataFile> write(Table table, String path, List<Map<String, Object>> rows) {
    try (ColumnarWriter writer = new ColumnarWriter(table, path, "rows", configuration)) {
      writer.write(batch(table, rows));
      return writer.finish();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Rows in the order of the table. */
  static ColumnBatch batch(Table table, List<Map<String, Object>> rows) {
    ColumnBatch batch = new ColumnBatch(table, rows.size());
    for (Map<String, Object> row : rows.stream().sorted(order(table)).toList()) {
      for (ColumnValues values : batch.columns()) {
        set(values, batch.rows, row.get(values.column.name()));
      }
      batch.rows++;
    }
    return batch;
  }

  private static Comparator<Map<String, Object>> order(Table table) {
    return Stream.concat(table.partitionColumns().stream(), table.sortColumns().stream())
        .map(RowWriter::by)
        .reduce(Comparator::thenComparing)
        .orElseThrow();
  }

  /** Values of one column have one type; NULL comes first, as in Spark. */
  @SuppressWarnings("unchecked")
  private static Comparator<Map<String, Object>> by(String column) {
    return Comparator.comparing(
        row -> (Comparable<Object>) row.get(column),
        Comparator.nullsFirst(Comparator.naturalOrder()));
  }

  @SuppressWarnings("unchecked")
  private static void set(ColumnValues values, int row, Object value) {
    if (value == null) {
      values.setNull(row);
      return;
    }
    switch (values.column.type()) {
      case BOOLEAN -> values.booleans[row] = (Boolean) value;
      case INT -> values.ints[row] = (Integer) value;
      case LONG -> values.longs[row] = (Long) value;
      case DOUBLE -> values.doubles[row] = (Double) value;
      case STRING -> values.strings[row] = (String) value;
      case DATE -> values.ints[row] = (int) ((LocalDate) value).toEpochDay();
      case TIMESTAMP ->
          values.longs[row] = ChronoUnit.MICROS.between(Instant.EPOCH, (Instant) value);
      case STRING_TO_LONG, STRING_TO_DOUBLE, STRING_TO_STRING ->
          values.maps[row] = (Map<String, ?>) value;
    }
  }
}
