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
        .set("spark.sql.shuffle.partitions", "1")
        // A drawn day has a handful of rows: compiling and adapting its plan would be all the work.
        .set("spark.sql.adaptive.enabled", "false")
        .set("spark.sql.codegen.wholeStage", "false");
  }

  @BeforeEach
  void startSpark() {
    runBefore();
  }

  @AfterAll
  static void stopSpark() {
    runAfterClass();
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
  static List<String> columns(Dataset<Row> rows) {
    return Arrays.stream(rows.schema().fields())
        .map(field -> field.name() + " " + field.dataType().sql())
        .toList();
  }

  /** The same, as the table catalog has it. */
  static List<String> columns(Table table) {
    return table.columns().stream()
        .map(column -> column.name() + " " + column.type().sql())
        .toList();
  }

  /** The same rows without the plan that made them, which comparing would run time and again. */
  final Dataset<Row> settled(Dataset<Row> rows) {
    return spark().createDataFrame(rows.collectAsList(), rows.schema());
  }
}
