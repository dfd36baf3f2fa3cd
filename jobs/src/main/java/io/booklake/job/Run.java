package io.booklake.job;

import io.booklake.lake.Lake;
import io.booklake.lake.Ledger;
import io.booklake.model.TickerDay;
import io.booklake.spark.Spark;
import io.booklake.table.TableCatalog;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.NavigableMap;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What every job of one run works with.
 *
 * @param spark what its tasks and queries run on
 * @param settings the effective ones
 * @param lake where the tables are
 * @param selection which ticker-days
 * @param progress what the user sees meanwhile
 * @param id names the run in every row it writes
 * @param ahead what its ingest computed for the jobs behind it
 */
public record Run(
    Spark spark,
    Settings settings,
    Lake lake,
    Selection selection,
    Progress progress,
    String id,
    RowsAhead ahead) {

  private static final Logger LOG = LoggerFactory.getLogger(Run.class);

  private static final DateTimeFormatter ID =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

  /**
   * A new run on the lake of the settings.
   *
   * @throws InvalidInputException if no folder can be there, or it belongs to a table
   */
  public static Run start(Spark spark, Settings settings, Selection selection, Progress progress) {
    String id = ID.format(Instant.now()) + "-" + UUID.randomUUID().toString().substring(0, 8);
    Lake lake = lake(spark, settings.lake());
    return new Run(spark, settings, lake, selection, progress, id, new RowsAhead());
  }

  private static Lake lake(Spark spark, String root) {
    try {
      Lake lake = new Lake(spark, root);
      URI uri = new Path(lake.root()).toUri();
      if ("file".equals(uri.getScheme())) {
        expectNoFile(new File(uri.getPath()));
      }
      expectNoTable(new Path(lake.root()), spark.hadoop());
      return lake;
    } catch (IllegalArgumentException | UncheckedIOException e) {
      throw new InvalidInputException(
          "no lake can be at '" + root + "': " + e.getMessage() + "; give a folder or a URI", e);
    }
  }

  private static void expectNoFile(File root) {
    for (File path = root; path != null; path = path.getParentFile()) {
      if (path.isFile()) {
        throw new InvalidInputException(
            "no lake can be at " + root + ": found the file " + path + ", expected a folder");
      }
    }
  }

  /**
   * In the folder of a table a lake would be litter, which a vacuum of that table may take away.
   */
  private static void expectNoTable(Path root, Configuration configuration) {
    for (Path path = root; path != null; path = path.getParent()) {
      if (isTable(path, configuration)) {
        throw new InvalidInputException(
            "no lake can be at "
                + root
                + ": "
                + path
                + " is the folder of a Delta table, as its _delta_log tells; give a folder that lies"
                + " in none");
      }
    }
  }

  /** Not where one may not look: many may enter their own folder of a bucket alone. */
  private static boolean isTable(Path path, Configuration configuration) {
    try {
      return path.getFileSystem(configuration).exists(new Path(path, "_delta_log"));
    } catch (IOException e) {
      LOG.debug("cannot tell whether {} is a table", path, e);
      return false;
    }
  }

  /** The same run on other ticker-days. */
  Run of(Selection part) {
    return new Run(spark, settings, lake, part, progress, id, ahead);
  }

  /**
   * For jobs that make nothing without one: a mistyped lake is no lake where all is done.
   *
   * @throws InvalidInputException if nothing was ever published there
   */
  void requireLake() {
    if (!lake.has(TableCatalog.TICKER_DAYS.name())) {
      throw new InvalidInputException(
          "there is no lake at "
              + lake.root()
              + ", or nothing was published in it yet: run ingest first");
    }
  }

  /** What is published of its selection. */
  NavigableMap<TickerDay, Ledger.Entry> published() {
    NavigableMap<TickerDay, Ledger.Entry> published = lake.ledger().entries(selection.dates());
    published.keySet().removeIf(day -> !selection.includes(day));
    return published;
  }

  /** What its file systems are set to: a copy for the caller. */
  public Configuration hadoop() {
    return spark.hadoop();
  }

  /** How the ledger names the run. */
  Ledger.Publisher publisher() {
    return new Ledger.Publisher(id, spark.context().conf().get("spark.driver.host"));
  }

  /** booklake's own version: the same from classes and from a jar, however it was packed. */
  public static String softwareVersion() {
    try (InputStream in = Run.class.getResourceAsStream("version.txt")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
