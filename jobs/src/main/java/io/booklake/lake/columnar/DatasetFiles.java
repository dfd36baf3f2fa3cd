package io.booklake.lake.columnar;

import io.booklake.spark.Spark;
import io.booklake.table.ColumnBatch;
import io.booklake.table.Table;
import io.booklake.table.TableCatalog;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.MapPartitionsFunction;
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
    SerializableConfiguration hadoop =
        new SerializableConfiguration(Spark.of(rows.sparkSession()).hadoop());
    MapPartitionsFunction<Row, DataFile> task =
        partition -> write(partition, table, tableRoot, hadoop.value()).iterator();
    return rows.select(SparkRows.columns(table))
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
        if (before != null && !SparkRows.isEqual(key, before, row)) {
          writer.write(batch);
          batch.clear();
          writer.endRowGroup();
        }
        before = row;
        SparkRows.add(batch, row);
        if (batch.rows == batch.capacity) {
          writer.write(batch);
          batch.clear();
        }
      }
      writer.write(batch);
      return writer.finish();
    }
  }
}
