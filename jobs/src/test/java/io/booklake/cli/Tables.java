package io.booklake.cli;

import io.booklake.lake.Lake;
import io.booklake.table.Table;
import io.booklake.table.TableCatalog;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.MapType;

/** What a test looks at in a lake. */
final class Tables {
  private static final List<String> NAMES = TableCatalog.all().stream().map(Table::name).toList();

  private final SparkSession spark = Sessions.start();
  private final Lake lake;

  Tables(Path root) {
    lake = new Lake(spark, root.toString());
  }

  SparkSession spark() {
    return spark;
  }

  Dataset<Row> read(String table) {
    return lake.read(table);
  }

  long count(String table, String condition) {
    return read(table).where(condition).count();
  }

  /** Version of every table there is. */
  Map<String, Long> versions() {
    Map<String, Long> versions = new TreeMap<>();
    for (String name : NAMES) {
      if (lake.has(name)) {
        versions.put(name, lake.version(name));
      }
    }
    return versions;
  }

  /**
   * Rows and a sum of the hashes of all rows, for every table: equal where the content is, whatever
   * the files and the order. What names a run or a moment is left out.
   */
  Map<String, String> contents() {
    Map<String, String> contents = new LinkedHashMap<>();
    for (String name : NAMES) {
      if (lake.has(name)) {
        contents.put(name, content(read(name)));
      }
    }
    return contents;
  }

  static String content(Dataset<Row> rows) {
    var columns =
        Arrays.stream(rows.columns())
            .filter(
                column ->
                    !List.of("run_id", "published_at", "rejected_at", "table_versions")
                        .contains(column))
            .sorted()
            // Maps have no order of their own and no hash: as sorted text they have.
            .map(
                column ->
                    rows.schema().apply(column).dataType() instanceof MapType
                        ? functions.expr("cast(array_sort(map_entries(" + column + ")) AS string)")
                        : functions.col(column))
            .toArray(org.apache.spark.sql.Column[]::new);
    Row row =
        rows.select(functions.xxhash64(columns).as("hash"))
            .selectExpr("count(*)", "sum(cast(hash AS decimal(38, 0)))")
            .first();
    return row.get(0) + " rows, hash " + row.get(1);
  }
}
