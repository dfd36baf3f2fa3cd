package io.booklake.lake.columnar;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.unix_date;
import static org.apache.spark.sql.functions.unix_micros;

import io.booklake.spark.Spark;
import io.booklake.table.ColumnBatch;
import io.booklake.table.ColumnValues;
import io.booklake.table.Table;
import io.booklake.table.TableCatalog;
import java.io.IOException;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.util.SerializableConfiguration;

/**
 * Writes the rows that Spark computed to data files: each of its partitions is one task. A
 * ticker-day has row groups of its own, so that it can be told from the footer where its rows are.
 */
public final class DatasetFiles {
  private static final List<String> KEY =
      TableCatalog.KEY.stream().map(io.booklake.table.Column::name).toList();

  private DatasetFiles() {}

  /**
   * Writes all rows. A task that fails deletes its own files before it is tried again.
   *
   * @param rows with the catalog's columns, in any order; sorted as the files shall be
   * @param tableRoot URI of the table's folder
   * @return the files in the order of Spark's partitions; an empty one has none
   */
  public static List<DataFile> write(Dataset<Row> rows, Table table, String tableRoot) {
    // As numbers, dates and instants need no object of Java's and know no time zone.
    Column[] columns =
        table.columns().stream()
            .map(
                column ->
                    switch (column.type()) {
                      case DATE -> unix_date(col(column.name()));
                      case TIMESTAMP -> unix_micros(col(column.name()));
                      default -> col(column.name());
                    })
            .toArray(Column[]::new);
    SerializableConfiguration hadoop =
        new SerializableConfiguration(Spark.of(rows.sparkSession()).hadoop());
    MapPartitionsFunction<Row, DataFile> task =
        partition -> write(partition, table, tableRoot, hadoop.value()).iterator();
    return rows.select(columns)
        .mapPartitions(task, Encoders.javaSerialization(DataFile.class))
        .collectAsList();
  }

  private static List<DataFile> write(
      Iterator<Row> rows, Table table, String tableRoot, Configuration hadoop) throws IOException {
    String fileStem = String.format(Locale.ROOT, "%05d", TaskContext.getPartitionId());
    ColumnBatch batch = new ColumnBatch(table, ColumnarFile.PAGE_ROWS);
    int[] key = KEY.stream().mapToInt(table.columnNames()::indexOf).filter(i -> i >= 0).toArray();
    Row before = null;
    try (ColumnarWriter writer = new ColumnarWriter(table, tableRoot, fileStem, hadoop)) {
      while (rows.hasNext()) {
        Row row = rows.next();
        if (before != null && !isEqual(key, before, row)) {
          writer.write(batch);
          batch.clear();
          writer.endRowGroup();
        }
        before = row;
        add(batch, row);
        if (batch.rows == batch.capacity) {
          writer.write(batch);
          batch.clear();
        }
      }
      writer.write(batch);
      return writer.finish();
    }
  }

  private static boolean isEqual(int[] columns, Row one, Row other) {
    return Arrays.stream(columns).allMatch(i -> Objects.equals(one.get(i), other.get(i)));
  }

  private static void add(ColumnBatch batch, Row row) {
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
            values.maps[at] = row.getJavaMap(i);
      }
    }
  }
}
