package io.booklake.transform;

import io.booklake.format.lobster.Inspection;
import io.booklake.format.lobster.Pair;
import io.booklake.lake.event.EventBin;
import io.booklake.lake.event.EventTask;
import io.booklake.table.Table;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** The per-event tables as the ingest writes them, without a lake around them. */
final class WrittenDays {
  private WrittenDays() {}

  /** Writes a pair into {@code folder}, whatever its irregularities. */
  static void write(Path folder, Pair pair) throws IOException {
    new EventTask(
            new EventTask.Target(folder.toUri().toString(), "test", 1000, EventTask.Tables.ALL),
            new Inspection.Limits(1, 1),
            List.of())
        .take(
            new EventBin(0, List.of(new EventBin.Candidate(pair, null)), false),
            new Configuration(),
            day -> {
              if (!day.isTaken()) {
                throw new AssertionError(day.inspection().rejection().message());
              }
            });
  }

  /** What was written into a table. */
  static Dataset<Row> read(SparkSession spark, Path folder, Table table) {
    return spark
        .read()
        .parquet(folder.resolve(table.name()).toUri().toString())
        .select(CatalogOrder.columns(table));
  }
}
