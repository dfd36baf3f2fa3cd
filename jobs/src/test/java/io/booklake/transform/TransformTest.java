package io.booklake.transform;

import com.holdenkarau.spark.testing.JavaDatasetSuiteBase;
import io.booklake.table.Table;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.SparkConf;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;

/** A small Spark, and how to look at what a transform made. */
abstract class TransformTest extends JavaDatasetSuiteBase {

  @Override
  public boolean enableHiveSupport() {
    return false;
  }

  @Override
  public SparkConf conf() {
    return super.conf()
        .setMaster("local[2]")
        .set("spark.ui.enabled", "false")
        .set("spark.sql.shuffle.partitions", "2");
  }

  @BeforeEach
  void startSpark() {
    runBefore();
  }

  @AfterAll
  static void stopSpark() {
    runAfterClass();
  }

  /** The schema that the table catalog gives a table. */
  static StructType schema(Table table) {
    return StructType.fromDDL(
        table.columns().stream()
            .map(column -> column.name() + " " + column.type().sql())
            .collect(Collectors.joining(", ")));
  }

  /**
   * Rows as lines of values with a space between, for comparison by eye; ordered by the columns
   * that are shown.
   */
  static List<String> lines(Dataset<Row> rows, String columns) {
    Column[] shown =
        Arrays.stream(columns.split(" ", -1)).map(functions::col).toArray(Column[]::new);
    return rows.select(shown).orderBy(shown).collectAsList().stream()
        .map(
            row ->
                IntStream.range(0, row.length())
                    .mapToObj(i -> String.valueOf(row.get(i)))
                    .collect(Collectors.joining(" ")))
        .toList();
  }

  /** Name and type of every column, the part of a schema that a table promises. */
  static List<String> columnsOf(StructType schema) {
    return Arrays.stream(schema.fields())
        .map(field -> field.name() + " " + field.dataType().sql())
        .toList();
  }
}
