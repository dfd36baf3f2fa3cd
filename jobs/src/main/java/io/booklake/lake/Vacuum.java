package io.booklake.lake;

import io.booklake.delta.LakeEngine;
import io.booklake.delta.LiveFile;
import io.booklake.delta.TableLog;
import io.booklake.read.TableRows;
import io.booklake.table.Table;
import io.booklake.table.TableCatalog;
import io.delta.kernel.Snapshot;
import io.delta.kernel.engine.Engine;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.BulkDelete;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;

/**
 * Finds the files of a lake that nobody needs any more, and deletes them. Without Spark.
 *
 * <p>A data file is needed as long as one of these versions of its table names it: those that the
 * ledger pins, those that a ledger pinned which was the newest one at some time since a moment, and
 * those that were the newest themselves since then. What is younger than that moment stays in any
 * case: a run that is under way names its files last.
 */
public final class Vacuum {
  private static final String LOG = "_delta_log";

  /**
   * What a table has that may go.
   *
   * @param table its name
   * @param keptFiles data files that stay
   * @param superseded were part of older versions
   * @param unnamed no version ever named: runs that broke off left them
   * @param foreign tables of somebody else in its folder, which are passed over
   */
  public record Found(
      String table,
      long keptFiles,
      List<FileStatus> superseded,
      List<FileStatus> unnamed,
      Set<Path> foreign) {}

  private final String root;
  private final Configuration configuration;
  private final Engine engine;
  private final long sinceMillis;

  /**
   * Of a lake.
   *
   * @param root its folder or URI
   * @param since what was the newest version at that moment or after it stays
   * @throws IOException if its file system is not known here
   */
  public Vacuum(String root, Configuration configuration, Instant since) throws IOException {
    Path path = new Path(root);
    this.root = path.getFileSystem(configuration).makeQualified(path).toString();
    this.configuration = configuration;
    this.engine = new LakeEngine(configuration);
    this.sinceMillis = since.toEpochMilli();
  }

  /** Its root URI. */
  public String root() {
    return root;
  }

  /** Whether anything was ever published there. */
  public boolean isLake() {
    return log(TableCatalog.TICKER_DAYS.name()).newest().isPresent();
  }

  /**
   * Looks at every table of the catalog.
   *
   * @throws IllegalStateException if a log is not whole, or names files that are not there: then it
   *     is not known what is needed
   */
  public List<Found> find() throws IOException {
    Map<String, NavigableSet<Long>> pinned = pinned();
    List<Found> all = new ArrayList<>();
    for (Table table : TableCatalog.all()) {
      if (log(table.name()).newest().isPresent()) {
        all.add(find(table.name(), pinned.getOrDefault(table.name(), new TreeSet<>())));
      }
    }
    return all;
  }

  private Found find(String table, NavigableSet<Long> pinned) throws IOException {
    FileHistory history = FileHistory.read(engine, path(table));
    NavigableSet<Long> needed = new TreeSet<>(pinned);
    needed.addAll(history.versionsSince(sinceMillis));
    Set<Path> missing = history.newestFiles();
    long kept = 0;
    List<FileStatus> superseded = new ArrayList<>();
    List<FileStatus> unnamed = new ArrayList<>();
    Path folder = new Path(path(table));
    List<FileStatus> files = files(folder);
    Set<Path> foreign = tablesBelow(folder, files);
    for (FileStatus file : files) {
      missing.remove(file.getPath());
      if (isIn(foreign, file.getPath()) && !history.isNamed(file.getPath())) {
        continue;
      }
      boolean old = file.getModificationTime() < sinceMillis;
      if (isDraftOfLog(file.getPath())) {
        if (old) {
          unnamed.add(file);
        }
      } else if (isData(folder, file.getPath())) {
        if (!old || history.isNamedBy(file.getPath(), needed)) {
          kept++;
        } else if (history.isNamed(file.getPath())) {
          superseded.add(file);
        } else {
          unnamed.add(file);
        }
      }
    }
    if (!missing.isEmpty()) {
      throw new IllegalStateException(
          "the newest version of "
              + path(table)
              + " names "
              + missing.iterator().next()
              + ", which is not there; run verify and ingest --force what it finds. Nothing was"
              + " deleted");
    }
    return new Found(table, kept, superseded, unnamed, foreign);
  }

  private List<FileStatus> files(Path folder) throws IOException {
    List<FileStatus> files = new ArrayList<>();
    RemoteIterator<LocatedFileStatus> listed =
        folder.getFileSystem(configuration).listFiles(folder, true);
    while (listed.hasNext()) {
      files.add(listed.next());
    }
    return files;
  }

  /** What another log speaks of is not this table's to judge. */
  private static Set<Path> tablesBelow(Path folder, List<FileStatus> files) {
    Set<Path> tables = new TreeSet<>();
    for (FileStatus file : files) {
      Path log = file.getPath().getParent();
      if (log.getName().equals(LOG) && !log.getParent().equals(folder)) {
        tables.add(log.getParent());
      }
    }
    return tables;
  }

  private static boolean isIn(Set<Path> folders, Path file) {
    for (Path step = file; step != null && !folders.isEmpty(); step = step.getParent()) {
      if (folders.contains(step)) {
        return true;
      }
    }
    return false;
  }

  /** Delta hides what begins with '_' or '.'; a partition's folder begins with its column. */
  private static boolean isData(Path folder, Path file) {
    for (Path step = file; !step.equals(folder); step = step.getParent()) {
      if (step.getName().startsWith("_") || step.getName().startsWith(".")) {
        return false;
      }
    }
    return file.getName().endsWith(".parquet");
  }

  /** A log store's draft of a commit becomes the commit, or is deleted, unless it is killed. */
  private static boolean isDraftOfLog(Path file) {
    return file.getParent().getName().equals(LOG)
        && file.getName().startsWith(".")
        && file.getName().endsWith(".tmp");
  }

  /** By table, what the ledger pins and pinned, each of its files being read once. */
  private Map<String, NavigableSet<Long>> pinned() throws IOException {
    Table ledger = TableCatalog.TICKER_DAYS;
    TableLog log = log(ledger.name());
    TableRows reader = new TableRows(configuration);
    Set<String> seen = new HashSet<>();
    Map<String, NavigableSet<Long>> pinned = new HashMap<>();
    for (Long version : FileHistory.read(engine, path(ledger.name())).versionsSince(sinceMillis)) {
      Snapshot snapshot = log.at(version);
      List<LiveFile> files = new ArrayList<>();
      for (LiveFile file : log.files(snapshot)) {
        // An older ledger may be gone already, by a vacuum with a shorter retention.
        if (seen.add(file.path()) && exists(file)) {
          files.add(file);
        }
      }
      for (Map<String, Object> row : reader.read(ledger, files)) {
        LedgerRow.tableVersions(row)
            .forEach(
                (table, each) -> pinned.computeIfAbsent(table, key -> new TreeSet<>()).add(each));
      }
    }
    return pinned;
  }

  private boolean exists(LiveFile file) throws IOException {
    Path path = new Path(file.path());
    return path.getFileSystem(configuration).exists(path);
  }

  /**
   * Deletes what was found.
   *
   * @throws IOException if a file cannot be deleted; others may be gone by then
   */
  public void delete(Found found) throws IOException {
    List<Path> paths = new ArrayList<>();
    found.superseded.forEach(file -> paths.add(file.getPath()));
    found.unnamed.forEach(file -> paths.add(file.getPath()));
    Path folder = new Path(path(found.table));
    FileSystem files = folder.getFileSystem(configuration);
    try (BulkDelete deletion = files.createBulkDelete(folder)) {
      int size = deletion.pageSize();
      for (int from = 0; from < paths.size(); from += size) {
        List<Path> page = paths.subList(from, Math.min(from + size, paths.size()));
        List<Map.Entry<Path, String>> failed = deletion.bulkDelete(page);
        if (!failed.isEmpty()) {
          throw new IOException(
              "cannot delete " + failed.get(0).getKey() + ": " + failed.get(0).getValue());
        }
        // Who deletes one at a time may not tell what stayed: Hadoop's local file system does not.
        if (size == 1 && files.exists(page.get(0))) {
          throw new IOException(
              "cannot delete "
                  + page.get(0)
                  + ": the file system refuses; run vacuum as a user who may write to its folder");
        }
      }
    }
  }

  private TableLog log(String table) {
    return new TableLog(engine, path(table));
  }

  private String path(String table) {
    return root + "/" + table;
  }
}
