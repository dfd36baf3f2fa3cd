package io.booklake.lake;

import static org.apache.spark.sql.functions.not;

import io.booklake.delta.DeltaSchemas;
import io.booklake.delta.LakeEngine;
import io.booklake.delta.LiveFile;
import io.booklake.delta.TableLog;
import io.booklake.lake.columnar.DataFile;
import io.booklake.lake.columnar.DatasetFiles;
import io.booklake.lake.columnar.FileContent;
import io.booklake.lake.columnar.JoinedFile;
import io.booklake.spark.Spark;
import io.booklake.table.Column;
import io.booklake.table.Table;
import io.delta.kernel.Snapshot;
import io.delta.kernel.engine.Engine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.execution.datasources.DataSource;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.SerializableConfiguration;

/**
 * One lake: a folder of Delta tables under a root URI, read and written by the names of the
 * catalog.
 *
 * <p>Every write is one Delta commit. Writers of different ticker-days do not hinder one another;
 * of two writers of one ticker-day the later takes the place of the earlier in the table. Which of
 * them is published the ledger decides.
 */
public final class Lake {
  private static final int MAX_FOOTER_TASKS = 64;

  private final Spark spark;
  private final Configuration configuration;
  private final Engine engine;
  private final SmallTables small;
  private final String root;
  private final Ledger ledger = new Ledger(this);

  /**
   * The lake at {@code root}, which need not exist yet.
   *
   * @param root a folder or URI; a relative one is taken from the working directory
   * @throws UncheckedIOException if its file system is not known here
   */
  public Lake(Spark spark, String root) {
    this.spark = spark;
    this.configuration = spark.hadoop();
    configuration.setIfUnset(LinkLogStore.SETTING, LinkLogStore.class.getName());
    configuration.setIfUnset(
        ConditionalPutLogStore.SETTING, ConditionalPutLogStore.class.getName());
    this.engine = new LakeEngine(configuration);
    this.small = new SmallTables(this, configuration);
    Path path = new Path(root);
    try {
      // Delta takes a relative path for the name of a table in the catalog.
      this.root = path.getFileSystem(configuration).makeQualified(path).toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Its root URI. */
  public String root() {
    return root;
  }

  /** What is published in it. */
  public Ledger ledger() {
    return ledger;
  }

  /** Where a table lies. */
  public String path(String table) {
    return root + "/" + table;
  }

  /** Whether the table was ever written. */
  public boolean has(String table) {
    return log(table).newest().isPresent();
  }

  /** Whether a table may hold rows in a scope, as the statistics of its log tell. */
  public boolean mayHold(String table, ReplaceScope scope) {
    TableLog log = log(table);
    return log.newest().stream()
        .flatMap(snapshot -> log.files(snapshot).stream())
        .anyMatch(file -> scope.meets(file.ranges()));
  }

  /** All rows of a table, as of now. */
  public Dataset<Row> read(String table) {
    return spark.session().read().format("delta").load(path(table));
  }

  /**
   * Rows of ticker-days in one of a table's versions. Its log is read without Spark, which needs a
   * job for it, and of its files only those are opened that may hold such rows.
   */
  public Dataset<Row> read(String table, long version, ReplaceScope scope) {
    TableLog log = log(table);
    Snapshot snapshot = log.at(version);
    List<String> paths = new TableFiles(log.files(snapshot)).paths(scope);
    return rows(table, DeltaSchemas.columns(snapshot.getSchema()), paths).where(scope.condition());
  }

  /** The files of one of a table's versions. */
  public TableFiles files(String table, long version) {
    TableLog log = log(table);
    return new TableFiles(log.files(log.at(version)));
  }

  /** Files of a table as Spark reads them: the columns that one does not have are NULL. */
  private Dataset<Row> rows(String table, List<Column> columns, List<String> paths) {
    StructType schema = Schemas.of(columns);
    if (paths.isEmpty()) {
      return spark.session().createDataFrame(List.of(), schema);
    }
    return spark
        .session()
        .read()
        .schema(schema)
        .option("basePath", path(table))
        // These are files, whatever characters of a glob the name of the lake's folder has.
        .option(DataSource.GLOB_PATHS_KEY(), "false")
        .parquet(paths.toArray(String[]::new))
        // Spark puts partition columns last.
        .select(
            Stream.of(schema.fieldNames())
                .map(functions::col)
                .toArray(org.apache.spark.sql.Column[]::new));
  }

  /**
   * All rows of a small table as of now, without Spark.
   *
   * @return by column name, without entries for what is NULL; DATE as {@link java.time.LocalDate},
   *     TIMESTAMP as {@link java.time.Instant}; no rows if the table does not exist
   */
  public List<Map<String, Object>> rows(Table table) {
    return rows(table, DateRange.ALL);
  }

  /** The same of some dates: files that cannot hold any are not read, so some rows are left out. */
  public List<Map<String, Object>> rows(Table table, DateRange dates) {
    return log(table.name())
        .newest()
        .map(snapshot -> rows(table, snapshot, dates))
        .orElse(List.of());
  }

  /**
   * The rows of one of the files of a small table, as {@link #rows(Table)} has them.
   *
   * @param table with the columns that are wanted
   */
  List<Map<String, Object>> rows(Table table, LiveFile file) {
    return small.rows(table, List.of(file));
  }

  private List<Map<String, Object>> rows(Table table, Snapshot snapshot, DateRange dates) {
    return small.rows(
        table, log(table.name()).files(snapshot).stream().filter(dates::meets).toList());
  }

  /**
   * The newest version of a table.
   *
   * @throws NoSuchElementException if it does not exist
   */
  public long version(String table) {
    return newest(table).getVersion();
  }

  /**
   * The columns of a table, which may be more than the catalog speaks of.
   *
   * @throws NoSuchElementException if it does not exist
   */
  public List<Column> columns(Table table) {
    return DeltaSchemas.columns(newest(table.name()).getSchema());
  }

  /**
   * Looks whether rows of the catalog's table fit into that of the lake.
   *
   * @throws IllegalStateException if a column has another type there
   */
  public void expectColumns(Table table) {
    log(table.name())
        .newest()
        .ifPresent(snapshot -> DeltaSchemas.widened(snapshot.getSchema(), table));
  }

  /**
   * What the newest version of a table holds.
   *
   * @throws NoSuchElementException if it does not exist
   */
  public TableSize size(String table) {
    Snapshot snapshot = newest(table);
    List<LiveFile> files = log(table).files(snapshot);
    return new TableSize(
        snapshot.getVersion(),
        files.stream().mapToLong(LiveFile::rows).sum(),
        files.size(),
        files.stream().mapToLong(LiveFile::bytes).sum());
  }

  /**
   * Writes rows in one Delta commit that takes the place of everything in {@code scope}, and of
   * nothing else.
   *
   * @param table as the catalog has it; made, or widened by new columns, where needed
   * @param rows with the catalog's columns; each of Spark's partitions becomes files of its own,
   *     sorted as the table's layout says
   * @return a version of the table that holds these rows; another run may have added others
   */
  public long replace(Table table, Dataset<Row> rows, ReplaceScope scope) {
    return replace(table, write(table, rows), scope);
  }

  /**
   * Makes data files part of a table, in one Delta commit that takes the place of everything in
   * {@code scope}, and of nothing else. Where that fails the files are deleted.
   *
   * @param table as the catalog has it; made, or widened by new columns, where needed
   * @return a version of the table that holds these files; another run may have added others
   */
  public long replace(Table table, List<DataFile> files, ReplaceScope scope) {
    return replace(table, files, scope, () -> {});
  }

  /**
   * The same, provided that a condition outside of the table holds.
   *
   * @param condition throws where it does not. It is asked between the look at the table and the
   *     commit, which fails where somebody else commits in between. So whoever first ends the
   *     condition and then commits to the table is never overtaken by this commit
   */
  public long replace(Table table, List<DataFile> files, ReplaceScope scope, Runnable condition) {
    return commit(table, this::survivorsBySpark).of(new Commit.Change(files, scope), condition);
  }

  /**
   * Changes a small table by what it holds, without Spark and in one Delta commit. Nobody else
   * commits between the reading and the writing.
   *
   * @param table as the catalog has it; made, or widened by new columns, where needed
   * @param change given all rows, as {@link #rows} has them; asked again for each version that
   *     somebody else commits meanwhile
   * @return a version of the table that is so changed
   */
  public long update(Table table, Function<List<Map<String, Object>>, Rewrite> change) {
    return update(table, ReplaceScope.EVERYTHING, change);
  }

  /**
   * The same where only some rows matter: what else the table holds is not read.
   *
   * @param among the change is given all rows that are among these, and perhaps others
   */
  public long update(
      Table table, ReplaceScope among, Function<List<Map<String, Object>>, Rewrite> change) {
    return commit(table, small::survivors)
        .of(snapshot -> small.decided(table, snapshot, among, change));
  }

  /** Puts rows into other files, in one Delta commit; see {@link Commit#of(List)}. */
  List<Commit.Move> move(Table table, List<Commit.Move> moves) {
    return commit(table, this::survivorsBySpark).of(moves);
  }

  /** Reads the footers of files, each in a task of Spark's. */
  List<FileContent> contents(List<String> files) {
    SerializableConfiguration hadoop = new SerializableConfiguration(configuration);
    return spark
        .tasks()
        .parallelize(files, Math.max(1, Math.min(files.size(), MAX_FOOTER_TASKS)))
        .map(file -> FileContent.read(file, hadoop.value()))
        .collect();
  }

  /** Writes files, each in a task of Spark's. */
  List<DataFile> join(Table table, List<JoinedFile> files) {
    if (files.isEmpty()) {
      return List.of();
    }
    String path = path(table.name());
    SerializableConfiguration hadoop = new SerializableConfiguration(configuration);
    return spark
        .tasks()
        .parallelize(files, files.size())
        .map(file -> file.write(path, hadoop.value()))
        .collect();
  }

  /** Writes the rows of files of one partition again, to one file in the order of the table. */
  List<DataFile> sorted(Table table, List<String> files) {
    return write(table, rows(table.name(), table.columns(), files).coalesce(1));
  }

  FileHistory history(String table) {
    return FileHistory.read(engine, path(table));
  }

  RowGroups rowGroups() {
    return new RowGroups(configuration);
  }

  private List<DataFile> survivorsBySpark(Table table, List<LiveFile> files, ReplaceScope scope) {
    return files.stream()
        // One partition, one file: what is left of a file is not scattered.
        .map(
            file ->
                rows(table.name(), table.columns(), List.of(file.path()))
                    .where(not(scope.condition()))
                    .coalesce(1))
        .reduce(Dataset::unionByName)
        .map(rows -> write(table, rows))
        .orElseThrow();
  }

  private List<DataFile> write(Table table, Dataset<Row> rows) {
    org.apache.spark.sql.Column[] order =
        Stream.concat(table.partitionColumns().stream(), table.sortColumns().stream())
            .map(functions::col)
            .toArray(org.apache.spark.sql.Column[]::new);
    return DatasetFiles.write(rows.sortWithinPartitions(order), table, path(table.name()));
  }

  private Commit commit(Table table, Survivors survivors) {
    return new Commit(
        new CommitLog(engine, path(table.name())),
        table,
        path(table.name()),
        configuration,
        survivors,
        () -> ledger.entries().keySet());
  }

  TableLog log(String table) {
    return new TableLog(engine, path(table));
  }

  private Snapshot newest(String table) {
    return log(table)
        .newest()
        .orElseThrow(() -> new NoSuchElementException("there is no table at " + path(table)));
  }
}
