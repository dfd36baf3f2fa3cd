package io.booklake.cli;

import io.booklake.delta.TableLog;
import io.booklake.lake.Lake;
import io.booklake.model.TickerDay;
import io.booklake.spark.Spark;
import io.booklake.table.Table;
import io.booklake.table.TableCatalog;
import io.delta.kernel.Snapshot;
import io.delta.kernel.defaults.engine.DefaultEngine;
import io.delta.kernel.engine.Engine;
import java.math.BigInteger;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.SparkSession;

/** What a test looks at in a lake. */
final class Tables {
  private static final List<String> NAMES = TableCatalog.all().stream().map(Table::name).toList();

  /** What names a run or a moment, or depends on one, and so is never the same twice. */
  private static final List<String> OF_ONE_RUN =
      List.of(
          "run_id",
          "run_host",
          "published_at",
          "rejected_at",
          "started_at",
          "seconds",
          "events_per_second",
          "written_bytes",
          "message_modified_at",
          "orderbook_modified_at",
          "table_versions");

  private final Engine engine = DefaultEngine.create(new Configuration());
  private final Path root;
  private SparkSession spark;

  Tables(Path root) {
    this.root = root;
  }

  SparkSession spark() {
    if (spark == null) {
      spark = Sessions.start().session();
    }
    return spark;
  }

  private Lake lake() {
    return new Lake(Spark.of(spark()), root.toString());
  }

  Dataset<org.apache.spark.sql.Row> read(String table) {
    return lake().read(table);
  }

  /** A table as Spark's SQL names it. */
  String delta(String table) {
    return "delta.`" + root.resolve(table) + "`";
  }

  /** Has the ledger name another version of a table for all its ticker-days. */
  void publish(String table, long version) {
    publish(Map.of(table, version));
  }

  /** The same of several tables. */
  void publish(Map<String, Long> versions) {
    String entries =
        versions.entrySet().stream()
            .map(each -> "'%s', %dL".formatted(each.getKey(), each.getValue()))
            .collect(Collectors.joining(", "));
    spark()
        .sql(
            "UPDATE %s SET table_versions = map_concat(table_versions, map(%s))"
                .formatted(delta("ticker_days"), entries));
  }

  long count(String table, String condition) {
    return number("SELECT count(*) FROM " + source(table) + " WHERE " + condition);
  }

  /** Version of every table there is. */
  Map<String, Long> versions() {
    Map<String, Long> versions = new TreeMap<>();
    for (String name : NAMES) {
      if (lake().has(name)) {
        versions.put(name, lake().version(name));
      }
    }
    return versions;
  }

  /**
   * Rows and a sum of the hashes of all rows, for every table: equal where the content is, whatever
   * the files and the order.
   */
  Map<String, String> contents() {
    Map<String, String> contents = new LinkedHashMap<>();
    for (String name : NAMES) {
      if (root.resolve(name).resolve("_delta_log").toFile().exists()) {
        contents.put(name, content(name, "true"));
      }
    }
    return contents;
  }

  /**
   * The same of all tables but {@code runs}, which tells how the work was done, and without the
   * paths of the pairs: what two lakes share whose landing zones are copies.
   */
  Map<String, String> contentsOfTickerDays() {
    Map<String, String> contents = new LinkedHashMap<>();
    for (String name : NAMES) {
      if (!name.equals(TableCatalog.RUNS.name())
          && root.resolve(name).resolve("_delta_log").toFile().exists()) {
        contents.put(name, content(name, "true", columnsWithoutPaths(name)));
      }
    }
    return contents;
  }

  private List<String> columnsWithoutPaths(String table) {
    return columns(table).stream()
        .filter(column -> !column.matches("\"(message|orderbook)_file\""))
        .toList();
  }

  /** The same of some rows of a table. */
  String content(String table, String condition) {
    return content(table, condition, columns(table));
  }

  /** The same of some columns. */
  String content(String table, String condition, List<String> columns) {
    return text(
        "SELECT count(*) || ' rows, hash ' || sum(CAST(hash("
            + String.join(", ", columns)
            + ") AS HUGEINT)) FROM "
            + source(table)
            + " WHERE "
            + condition);
  }

  /** Columns whose values can be compared between runs, maps as sorted text. */
  List<String> columns(String table) {
    return columnsOf(source(table));
  }

  private static List<String> columnsOf(String source) {
    try (Connection duck = Duck.connect();
        Statement sql = duck.createStatement();
        ResultSet result = sql.executeQuery("DESCRIBE SELECT * FROM " + source)) {
      Map<String, String> columns = new TreeMap<>();
      while (result.next()) {
        String name = result.getString(1);
        if (!OF_ONE_RUN.contains(name)) {
          columns.put(
              name,
              result.getString(2).startsWith("MAP")
                  ? "CAST(list_sort(map_entries(" + name + ")) AS VARCHAR)"
                  : '"' + name + '"');
        }
      }
      return List.copyOf(columns.values());
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Rows, and a sum of their hashes: that of several files is the sum of theirs. */
  record Digest(long rows, BigInteger hashes) {
    Digest plus(Digest other) {
      return new Digest(rows + other.rows, hashes.add(other.hashes));
    }
  }

  /** Of each ticker-day that some files of one table hold, by file. */
  static Map<String, Map<TickerDay, Digest>> digests(List<String> files) {
    Map<String, Map<TickerDay, Digest>> digests = new TreeMap<>();
    files.forEach(file -> digests.put(file, new TreeMap<>()));
    if (files.isEmpty()) {
      return digests;
    }
    String source = source(files);
    String query =
        "SELECT filename, trade_date, ticker, levels, count(*), sum(CAST(hash("
            + String.join(", ", columnsOf(source))
            + ") AS HUGEINT))::VARCHAR FROM "
            + source.replaceFirst("\\)$", ", filename = true)")
            + " GROUP BY ALL";
    try (Connection duck = Duck.connect();
        Statement sql = duck.createStatement();
        ResultSet result = sql.executeQuery(query)) {
      while (result.next()) {
        digests
            .get(result.getString(1))
            .put(
                new TickerDay(
                    result.getObject(2, LocalDate.class), result.getString(3), result.getInt(4)),
                new Digest(result.getLong(5), new BigInteger(result.getString(6))));
      }
      return digests;
    } catch (SQLException e) {
      throw new IllegalStateException(query, e);
    }
  }

  /** Rows that come before their predecessor in the same file, in the order of the table. */
  long outOfOrder(Table table) {
    String key = "struct_pack(" + String.join(", ", table.sortColumns()) + ")";
    return number(
        "SELECT count(*) FILTER (WHERE key < before) FROM (SELECT "
            + key
            + " AS key, lag(key) OVER (PARTITION BY filename ORDER BY file_row_number) AS before FROM "
            + source(table.name())
                .replaceFirst("\\)$", ", filename = true, file_row_number = true)")
            + ")");
  }

  /** A relation of DuckDB over the files of a table's newest version. */
  String source(String table) {
    TableLog log = log(table);
    return source(paths(log, log.newest().orElseThrow()));
  }

  private static String source(List<String> files) {
    return "read_parquet(["
        + files.stream().map(file -> "'" + file + "'").collect(Collectors.joining(", "))
        + "], hive_partitioning = true, union_by_name = true)";
  }

  /** Paths of the data files of one version of a table. */
  List<String> files(String table, long version) {
    TableLog log = log(table);
    return paths(log, log.at(version));
  }

  private static List<String> paths(TableLog log, Snapshot snapshot) {
    return log.files(snapshot).stream()
        .map(file -> file.path().replaceFirst("^file:/+", "/"))
        .toList();
  }

  private TableLog log(String table) {
    return new TableLog(engine, root.resolve(table).toUri().toString());
  }

  private static long number(String query) {
    return Long.parseLong(text(query));
  }

  private static String text(String query) {
    try (Connection duck = Duck.connect();
        Statement sql = duck.createStatement();
        ResultSet result = sql.executeQuery(query)) {
      result.next();
      return result.getString(1);
    } catch (SQLException e) {
      throw new IllegalStateException(query, e);
    }
  }
}
