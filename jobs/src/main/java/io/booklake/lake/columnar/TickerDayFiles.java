package io.booklake.lake.columnar;

import io.booklake.model.TickerDay;
import io.booklake.spark.Spark;
import io.booklake.table.ColumnBatch;
import io.booklake.table.Table;
import io.booklake.table.TableCatalog;
import java.io.IOException;
import java.io.Serializable;
import java.time.LocalDate;
import java.util.ArrayList;
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
 * Writes the rows that Spark computed to a file per ticker-day, whose bytes tell of nothing but
 * them: not of the process, as the footers of parquet-java do, which list a column's encodings in
 * the order of a hash; not of the ticker-days that the same task wrote; not of the folder's name.
 */
public final class TickerDayFiles {

  /**
   * A file.
   *
   * @param tickerDay whose rows it has
   * @param file relative to the folder
   */
  public record Written(TickerDay tickerDay, DataFile file) implements Serializable {}

  private TickerDayFiles() {}

  /**
   * Writes all rows. A task that fails may leave files that are not among those returned.
   *
   * @param rows with the table's columns, in any order; those of a ticker-day one behind another in
   *     one of Spark's partitions
   * @param table partitioned by nothing
   * @param folder URI
   */
  public static List<Written> write(Dataset<Row> rows, Table table, String folder) {
    SerializableConfiguration hadoop =
        new SerializableConfiguration(Spark.of(rows.sparkSession()).hadoop());
    MapPartitionsFunction<Row, Written> task =
        partition -> write(partition, table, folder, hadoop.value()).iterator();
    return rows.select(SparkRows.columns(table))
        .mapPartitions(task, Encoders.javaSerialization(Written.class))
        .collectAsList();
  }

  private static List<Written> write(
      Iterator<Row> rows, Table table, String folder, Configuration hadoop) throws IOException {
    String fileStem = String.format(Locale.ROOT, "%05d", TaskContext.getPartitionId());
    int[] key =
        TableCatalog.KEY.stream()
            .mapToInt(column -> table.columnNames().indexOf(column.name()))
            .toArray();
    ColumnBatch batch = new ColumnBatch(table, ColumnarFile.PAGE_ROWS);
    List<Written> written = new ArrayList<>();
    Row row = next(rows);
    while (row != null) {
      Row first = row;
      // A writer for each: nothing of one ticker-day is in reach of the next.
      try (ColumnarWriter writer = new ColumnarWriter(table, folder, fileStem, hadoop)) {
        while (row != null && SparkRows.isEqual(key, first, row)) {
          SparkRows.add(batch, row);
          if (batch.rows == batch.capacity) {
            writer.write(batch);
            batch.clear();
          }
          row = next(rows);
        }
        writer.write(batch);
        batch.clear();
        written.add(new Written(tickerDay(key, first), writer.finish().get(0)));
      }
    }
    return written;
  }

  private static Row next(Iterator<Row> rows) {
    return rows.hasNext() ? rows.next() : null;
  }

  private static TickerDay tickerDay(int[] key, Row row) {
    return new TickerDay(
        LocalDate.ofEpochDay(row.getInt(key[0])), row.getString(key[1]), row.getInt(key[2]));
  }
}
