package io.booklake.job;

import io.booklake.table.Column;
import io.booklake.table.ColumnType;
import io.booklake.table.Table;
import io.booklake.table.TableCatalog;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Names the tables of a lake in the catalog of Spark's session, as external tables, and beside each
 * whose prices are whole numbers a view in which they are dollars. Comments come with both.
 *
 * <pre>{@code booklake register market_data --lake /data/lake}</pre>
 */
public final class RegisterJob {
  private static final Pattern DATABASE = Pattern.compile("[a-z0-9_]{1,64}");

  /** What the catalog says of every column that is a price in whole numbers. */
  private static final String TEN_THOUSANDTHS = "1/10,000 USD";

  /** Where a price is none, but the state of trading. */
  private static final String HALT = "event_type = 7";

  private final Run run;
  private final String database;

  /**
   * A job of a run.
   *
   * @param database made where it does not exist
   * @throws InvalidInputException if it is no name that every Hive-compatible catalog takes, or if
   *     the session's catalog ends with it
   */
  public RegisterJob(Run run, String database) {
    this.run = run;
    this.database = database;
    if (!DATABASE.matcher(database).matches()) {
      throw new InvalidInputException(
          "found the database '"
              + database
              + "', expected lower-case letters, digits and underscores");
    }
    if (run.spark().session().conf().get("spark.sql.catalogImplementation").equals("in-memory")) {
      throw new InvalidInputException(
          "the catalog of this Spark session is in memory, and what is registered ends with it: run"
              + " this by a spark-submit that knows a metastore, with"
              + " --conf spark.sql.catalogImplementation=hive");
    }
  }

  /**
   * Does it; again, it only makes the views anew.
   *
   * @return a row per table
   * @throws InvalidInputException if there is no lake, or if a table of the database is another's
   */
  public Report execute() {
    List<Table> tables =
        TableCatalog.all().stream().filter(table -> run.lake().has(table.name())).toList();
    if (tables.isEmpty()) {
      throw new InvalidInputException("there is no lake at " + run.lake().root());
    }
    sql("CREATE DATABASE IF NOT EXISTS " + quoted(database));
    List<List<Object>> rows = new ArrayList<>();
    for (Table table : tables) {
      String name = quoted(database) + "." + quoted(table.name());
      String location = run.lake().path(table.name());
      sql("CREATE TABLE IF NOT EXISTS " + name + " USING DELTA LOCATION " + text(location));
      expectLocation(name, location);
      rows.add(List.of(table.name(), location, view(table, name)));
    }
    return new Report(
        "registered " + tables.size() + " tables of " + run.lake().root() + " in " + database,
        List.of("table", "location", "view"),
        rows,
        false);
  }

  private void expectLocation(String name, String location) {
    // DESCRIBE DETAIL would count the files, with a job of Spark for each table.
    String found =
        run.spark()
            .session()
            .sql("DESCRIBE EXTENDED " + name)
            .where("col_name = 'Location'")
            .first()
            .getString(1);
    if (!found.equals(location)) {
      throw new InvalidInputException(
          name
              + " lies at "
              + found
              + ", expected "
              + location
              + ": name another database, or drop the table there");
    }
  }

  /** The name of the view, empty where a table has no price in whole numbers. */
  private String view(Table table, String source) {
    List<Column> columns = run.lake().columns(table);
    if (columns.stream().noneMatch(RegisterJob::isPrice)) {
      return "";
    }
    String name = table.name() + "_usd";
    sql(
        "CREATE OR REPLACE VIEW "
            + quoted(database)
            + "."
            + quoted(name)
            + columns.stream()
                .map(column -> quoted(column.name()) + " COMMENT " + text(comment(table, column)))
                .collect(Collectors.joining(", ", " (", ")"))
            + " COMMENT "
            + text(table.comment() + ", prices in USD")
            + " AS SELECT "
            + columns.stream().map(column -> value(table, column)).collect(Collectors.joining(", "))
            + " FROM "
            + source);
    return name;
  }

  private static boolean isPrice(Column column) {
    return column.type() == ColumnType.LONG && column.comment().contains(TEN_THOUSANDTHS);
  }

  private static String comment(Table table, Column column) {
    if (!isPrice(column)) {
      return column.comment();
    }
    return isHaltState(table, column)
        ? "USD; NULL for halts"
        : column.comment().replace(TEN_THOUSANDTHS, "USD");
  }

  private static boolean isHaltState(Table table, Column column) {
    return table.equals(TableCatalog.MESSAGES) && column.name().equals("price");
  }

  /** Exact: 19 digits hold any BIGINT. */
  private static String value(Table table, Column column) {
    String name = quoted(column.name());
    if (!isPrice(column)) {
      return name;
    }
    String price = isHaltState(table, column) ? "IF(" + HALT + ", NULL, " + name + ")" : name;
    return "CAST(CAST(" + price + " AS DECIMAL(19, 0)) * 0.0001BD AS DECIMAL(19, 4)) AS " + name;
  }

  private static String quoted(String name) {
    return "`" + name.replace("`", "``") + "`";
  }

  private static String text(String text) {
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
  }

  private void sql(String statement) {
    run.spark().session().sql(statement);
  }
}
