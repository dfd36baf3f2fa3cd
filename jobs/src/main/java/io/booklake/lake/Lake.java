package io.booklake.lake;

import io.booklake.table.Column;
import io.booklake.table.Table;
import io.delta.tables.DeltaTable;
import io.delta.tables.DeltaTableBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.delta.DeltaLog;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import scala.Option;

/**
 * One lake: a folder of Delta tables under a root URI, read and written by the names of the
 * catalog.
 */
public final class Lake {
  private final SparkSession spark;
  private final String root;

  /**
   * The lake at {@code root}, which need not exist yet.
   *
   * @param root a folder or URI; a relative one is taken from the working directory
   * @throws UncheckedIOException if its file system is not known here
   */
  public Lake(SparkSession spark, String root) {
    this.spark = spark;
    Path path = new Path(root);
    try {
      // Delta takes a relative path for the name of a table in the catalog.
      this.root =
          path.getFileSystem(spark.sessionState().newHadoopConf()).makeQualified(path).toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Its root URI. */
  public String root() {
    return root;
  }

  /** Where a table lies. */
  public String path(String table) {
    return root + "/" + table;
  }

  /** Whether the table was ever written. */
  public boolean has(String table) {
    return DeltaTable.isDeltaTable(spark, path(table));
  }

  /** All rows of a table, as of now. */
  public Dataset<Row> read(String table) {
    return spark.read().format("delta").load(path(table));
  }

  /** Rows of a table in one of its versions. */
  public Dataset<Row> read(String table, long version) {
    return spark.read().format("delta").option("versionAsOf", version).load(path(table));
  }

  /** Delta's own description of a table: numFiles, sizeInBytes and more. */
  public Row detail(String table) {
    return DeltaTable.forPath(spark, path(table)).detail().first();
  }

  /** The newest version of a table. */
  public long version(String table) {
    return DeltaLog.forTable(spark, path(table))
        .update(false, Option.empty(), Option.empty())
        .version();
  }

  /**
   * Writes rows in one Delta commit that takes the place of everything in {@code scope}, and of
   * nothing else.
   *
   * @param table as the catalog has it; made, or widened by new columns, where needed
   * @param rows sorted as the table's layout says, with the catalog's columns
   * @return a version of the table that holds these rows; another run may have added others
   */
  public long replace(Table table, Dataset<Row> rows, ReplaceScope scope) {
    boolean made = prepare(table);
    // A table that was made just now holds nothing to replace, and to find that out takes Delta
    // seconds.
    return made ? write(table, rows, null) : write(table, rows, scope.predicate());
  }

  /**
   * Adds rows in one Delta commit.
   *
   * @return a version of the table that holds these rows; another run may have added others
   */
  public long append(Table table, Dataset<Row> rows) {
    prepare(table);
    return write(table, rows, null);
  }

  private long write(Table table, Dataset<Row> rows, String replaced) {
    var writer =
        rows.select(
                table.columnNames().stream()
                    .map(functions::col)
                    .toArray(org.apache.spark.sql.Column[]::new))
            .write()
            .format("delta")
            .mode(replaced == null ? "append" : "overwrite");
    if (replaced != null) {
      writer = writer.option("replaceWhere", replaced);
    }
    writer.save(path(table.name()));
    return version(table.name());
  }

  /**
   * Makes the table where it is missing, and adds columns that it does not have yet.
   *
   * @return whether it was made
   */
  private boolean prepare(Table table) {
    if (has(table.name())) {
      widen(table);
      return false;
    }
    create(table);
    return true;
  }

  private void create(Table table) {
    DeltaTableBuilder builder =
        DeltaTable.createIfNotExists(spark)
            .location(path(table.name()))
            .comment(table.comment())
            .addColumns(Schemas.of(table.columns()))
            .partitionedBy(table.partitionColumns().toArray(String[]::new));
    TableProperties.of(table).forEach(builder::property);
    builder.execute();
  }

  private void widen(Table table) {
    Set<String> existing = Set.of(read(table.name()).columns());
    List<Column> missing =
        table.columns().stream().filter(column -> !existing.contains(column.name())).toList();
    if (!missing.isEmpty()) {
      StructType added = Schemas.of(missing);
      String definitions =
          List.of(added.fields()).stream()
              .map(StructField::toDDL)
              .collect(Collectors.joining(", "));
      spark.sql(
          "ALTER TABLE delta.`"
              + path(table.name()).replace("`", "``")
              + "` ADD COLUMNS ("
              + definitions
              + ")");
    }
  }
}
