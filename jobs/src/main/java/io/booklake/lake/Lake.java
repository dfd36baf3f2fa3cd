package io.booklake.lake;

import io.booklake.table.Column;
import io.booklake.table.Table;
import io.delta.tables.DeltaTable;
import io.delta.tables.DeltaTableBuilder;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * One lake: a folder of Delta tables under a root URI, read and written by the names of the
 * catalog.
 */
public final class Lake {
  private final SparkSession spark;
  private final String root;

  /** The lake at {@code root}, which need not exist yet. */
  public Lake(SparkSession spark, String root) {
    this.spark = spark;
    this.root = root.endsWith("/") ? root.substring(0, root.length() - 1) : root;
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

  /** The newest version of a table. */
  public long version(String table) {
    return DeltaTable.forPath(spark, path(table))
        .history(1)
        .select("version")
        .as(Encoders.LONG())
        .first();
  }

  /**
   * Writes rows in one Delta commit that takes the place of everything in {@code scope}, and of
   * nothing else.
   *
   * @param table as the catalog has it; made, or widened by new columns, where needed
   * @param rows sorted as the table's layout says, with the catalog's columns
   * @return the table's version with these rows
   */
  public long replace(Table table, Dataset<Row> rows, ReplaceScope scope) {
    prepare(table);
    return write(table, rows, scope.predicate());
  }

  /**
   * Adds rows in one Delta commit.
   *
   * @return the table's version with these rows
   */
  public long append(Table table, Dataset<Row> rows) {
    prepare(table);
    return write(table, rows, null);
  }

  private long write(Table table, Dataset<Row> rows, String replaced) {
    // Finds our own commit again, also where another run commits right behind it.
    String commit = UUID.randomUUID().toString();
    var writer =
        rows.select(
                table.columnNames().stream()
                    .map(functions::col)
                    .toArray(org.apache.spark.sql.Column[]::new))
            .write()
            .format("delta")
            .option("userMetadata", commit)
            .option("compression", "zstd")
            .mode(replaced == null ? "append" : "overwrite");
    if (replaced != null) {
      writer = writer.option("replaceWhere", replaced);
    }
    writer.save(path(table.name()));
    return DeltaTable.forPath(spark, path(table.name()))
        .history(100)
        .filter("userMetadata = '" + commit + "'")
        .select("version")
        .as(Encoders.LONG())
        .first();
  }

  /** Makes the table where it is missing, and adds columns that it does not have yet. */
  private void prepare(Table table) {
    if (has(table.name())) {
      widen(table);
    } else {
      create(table);
    }
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
