package io.booklake.lake.columnar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.booklake.table.ColumnRange;
import io.booklake.table.Table;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Date;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Spark computed, in data files. */
class DatasetFilesTest {
  private static final Table TABLE = EveryType.TABLE;
  private static SparkSession spark;

  @TempDir private Path root;

  @BeforeAll
  static void startSpark() {
    spark =
        SparkSession.builder()
            .master("local[2, 2]")
            .config("spark.ui.enabled", "false")
            .config("spark.sql.session.timeZone", "Asia/Tokyo")
            .getOrCreate();
  }

  @AfterAll
  static void stopSpark() {
    spark.stop();
  }

  private static StructType schema() {
    StructType schema = new StructType();
    for (io.booklake.table.Column column : TABLE.columns()) {
      schema = schema.add(column.name(), DataType.fromDDL(column.type().sql()));
    }
    return schema;
  }

  /** The rows as Spark has them. */
  private static Dataset<Row> dataset(List<List<Object>> rows) {
    List<Row> converted = new ArrayList<>();
    for (List<Object> row : rows) {
      Object[] values = row.toArray();
      for (int i = 0; i < values.length; i++) {
        if (values[i] != null) {
          values[i] =
              switch (TABLE.columns().get(i).type()) {
                case DATE -> Date.valueOf(LocalDate.ofEpochDay((Integer) values[i]));
                case TIMESTAMP ->
                    Timestamp.from(Instant.EPOCH.plus((Long) values[i], ChronoUnit.MICROS));
                default -> values[i];
              };
        }
      }
      converted.add(RowFactory.create(values));
    }
    return spark.createDataFrame(converted, schema());
  }

  /** Random rows whose instants lie in the days of the samples. */
  private static List<List<Object>> rows(long seed, int count) {
    List<List<Object>> rows = EveryType.random(seed, count);
    for (List<Object> row : rows) {
      if (row.get(7) != null) {
        row.set(7, 1_340_000_000_000_000L + Math.floorMod((Long) row.get(7), 1_000_000_000_000L));
      }
    }
    return rows;
  }

  private List<DataFile> write(Dataset<Row> rows) {
    return DatasetFiles.write(rows, TABLE, root.toUri().toString());
  }

  private List<List<Object>> read(List<DataFile> files) {
    List<String> paths = files.stream().map(file -> root.resolve(file.path()).toString()).toList();
    return Readers.spark(spark, TABLE, paths);
  }

  private Set<String> filesOnDisk() throws IOException {
    try (Stream<Path> found = Files.walk(root)) {
      return found
          .filter(Files::isRegularFile)
          .map(file -> root.relativize(file).toString())
          .filter(name -> !name.endsWith(".crc"))
          .collect(Collectors.toSet());
    }
  }

  @Test
  void namesOfFilesHaveTheSameDigitsInEveryLocale() {
    Locale before = Locale.getDefault();
    Locale.setDefault(new Locale("ar", "EG"));
    try {
      assertThat(write(dataset(rows(1, 10)).coalesce(1)))
          .isNotEmpty()
          .allMatch(file -> file.path().matches("(.*/)?part-00000-[0-9]+-.*"));
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void rowsOfEveryTypeArriveInTheirOrderFromColumnsInAnyOrder() {
    List<List<Object>> rows = rows(1, 5000);
    List<DataFile> files =
        write(
            dataset(rows)
                .coalesce(1)
                .select(
                    "names",
                    "ratios",
                    "totals",
                    "instant",
                    "day",
                    "name",
                    "ratio",
                    "total",
                    "trade_date",
                    "count",
                    "yes"));
    assertThat(files).hasSize(1);
    assertThat(read(files)).isEqualTo(EveryType.withoutDate(rows));
  }

  @Test
  void everyPartitionIsATaskWithItsFilesAndAnEmptyOneHasNone() throws IOException {
    Dataset<Row> range =
        spark
            .range(0, 4000, 1, 4)
            .where("id < 1000 OR id >= 2000")
            .selectExpr("id AS total", "DATE'2012-06-21' + CAST(id DIV 3500 AS INT) AS trade_date");
    for (io.booklake.table.Column column : TABLE.columns()) {
      if (!List.of("total", "trade_date").contains(column.name())) {
        range =
            range.withColumn(
                column.name(), org.apache.spark.sql.functions.lit(null).cast(column.type().sql()));
      }
    }
    List<DataFile> files = write(range);
    assertThat(files)
        .extracting(
            file -> file.partitionValues().get("trade_date") + " " + file.statistics().get("total"))
        .containsExactly(
            "2012-06-21 " + new ColumnRange(0L, 999L, 0),
            "2012-06-21 " + new ColumnRange(2000L, 2999L, 0),
            "2012-06-21 " + new ColumnRange(3000L, 3499L, 0),
            "2012-06-22 " + new ColumnRange(3500L, 3999L, 0));
    assertThat(filesOnDisk())
        .isEqualTo(files.stream().map(DataFile::path).collect(Collectors.toSet()));
  }

  /** The rows, of which the last is lost in the first attempts to compute it. */
  private static Dataset<Row> losing(List<List<Object>> rows, int attempts) {
    MapFunction<Row, Row> lose =
        row -> {
          if (row.isNullAt(0) && TaskContext.get().attemptNumber() < attempts) {
            throw new IllegalStateException("lost");
          }
          return row;
        };
    rows.forEach(row -> row.set(0, true));
    rows.get(rows.size() - 1).set(0, null);
    return dataset(rows).coalesce(1).map(lose, Encoders.row(schema()));
  }

  @Test
  void anAttemptThatFailsLeavesNoFileAndTheNextOneWritesAllRows() throws IOException {
    List<List<Object>> rows = rows(2, 5000);
    List<DataFile> files = write(losing(rows, 1));
    assertThat(read(files)).isEqualTo(EveryType.withoutDate(rows));
    assertThat(filesOnDisk())
        .isEqualTo(files.stream().map(DataFile::path).collect(Collectors.toSet()));
  }

  @Test
  void aTaskThatFailsForGoodLeavesNoFile() throws IOException {
    Dataset<Row> lost = losing(rows(3, 5000), Integer.MAX_VALUE);
    assertThatThrownBy(() -> write(lost)).hasStackTraceContaining("lost");
    assertThat(filesOnDisk()).isEmpty();
  }
}
