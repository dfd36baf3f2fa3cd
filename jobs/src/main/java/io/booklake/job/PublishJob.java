package io.booklake.job;

import io.booklake.hub.DatasetRevision;
import io.booklake.hub.Hub;
import io.booklake.hub.Publication;
import io.booklake.hub.RepositoryFile;
import io.booklake.hub.Snapshot;
import io.booklake.hub.Upload;
import io.booklake.hub.hadoop.HubConfiguration;
import io.booklake.table.Table;
import io.booklake.table.TableCatalog;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/**
 * Publishes tables of the lake to a dataset on the Hugging Face Hub: what the ledger publishes, a
 * Parquet file per table and ticker-day, with the ledger's own rows and a dataset card, in one
 * commit. The same content is never sent or committed twice.
 *
 * <pre>{@code booklake publish owner/name --tables candles,trades --lake /data/lake}</pre>
 */
public final class PublishJob {
  /** What tells of this lake's work and not of its data. */
  private static final Set<Table> KEPT_HERE = Set.of(TableCatalog.QUARANTINE, TableCatalog.RUNS);

  private static final String CARD = "README.md";
  private static final int LONGEST_CARD = 1 << 20;

  /** No upload lasts so long: what was staged before belongs to a run that was killed. */
  private static final Duration ABANDONED_AFTER = Duration.ofDays(7);

  private static final List<String> STAGED =
      List.of("staged_date", "staged_ticker", "staged_levels");

  private final Run run;
  private final String dataset;
  private final List<String> tables;

  /**
   * A job of a run.
   *
   * @param dataset {@code OWNER/NAME} or {@code OWNER/NAME@BRANCH}
   * @param tables names, one or more
   */
  public PublishJob(Run run, String dataset, List<String> tables) {
    this.run = run;
    this.dataset = dataset;
    // The ledger's rows say where all others came from.
    this.tables =
        Stream.concat(tables.stream(), Stream.of(TableCatalog.TICKER_DAYS.name()))
            .distinct()
            .toList();
  }

  /**
   * Does it.
   *
   * @return a row per table
   * @throws InvalidInputException if a table or the dataset is not there, or this user may not
   *     write to it
   */
  public Report execute() {
    tables.forEach(PublishJob::table);
    Path staging = new Path(run.lake().root(), "_publish/" + run.id());
    try {
      DatasetRevision branch = HubFailure.valid(() -> DatasetRevision.parse(dataset));
      Hub hub = new Hub(HubFailure.valid(() -> HubConfiguration.settings(run.hadoop())));
      FileSystem files = staging.getFileSystem(run.hadoop());
      removeAbandoned(files, staging.getParent());
      try {
        return publish(hub, branch, files, staging);
      } finally {
        files.delete(staging, true);
      }
    } catch (IOException e) {
      throw HubFailure.of("publish", e);
    }
  }

  /** Removes what runs that were killed have staged; one that is under way may lie beside them. */
  private static void removeAbandoned(FileSystem files, Path stagings) throws IOException {
    if (!files.exists(stagings)) {
      return;
    }
    long newestAbandonedMillis = System.currentTimeMillis() - ABANDONED_AFTER.toMillis();
    for (FileStatus staging : files.listStatus(stagings)) {
      long lastWrittenMillis = staging.getModificationTime();
      // An object store gives its folders any time: the files tell.
      RemoteIterator<LocatedFileStatus> all = files.listFiles(staging.getPath(), true);
      if (all.hasNext()) {
        lastWrittenMillis = 0;
      }
      while (all.hasNext()) {
        lastWrittenMillis = Math.max(lastWrittenMillis, all.next().getModificationTime());
      }
      if (lastWrittenMillis < newestAbandonedMillis) {
        files.delete(staging.getPath(), true);
      }
    }
  }

  private Report publish(Hub hub, DatasetRevision branch, FileSystem files, Path staging)
      throws IOException {
    // Before the hours that the tables may take.
    Snapshot before = hub.resolve(branch);
    Map<String, List<Upload>> uploads = new LinkedHashMap<>();
    for (String table : tables) {
      uploads.put(table, stage(table, files, new Path(staging, table)));
    }
    List<Upload> all = new ArrayList<>();
    uploads.values().forEach(all::addAll);
    card(hub, before).ifPresent(all::add);
    long bytes = all.stream().mapToLong(Upload::size).sum();
    Publication.Result result;
    try (Progress.Step step = run.progress().begin("publish", bytes, "bytes")) {
      result =
          new Publication(hub, branch)
              .publish(all, "Publish " + String.join(", ", tables), step::advance);
    }
    return report(branch, uploads, result);
  }

  /** One file per ticker-day, whose bytes depend on the rows alone. */
  private List<Upload> stage(String name, FileSystem files, Path staging) throws IOException {
    Dataset<Row> rows =
        PublishedRows.of(run, name)
            .orElseThrow(
                () ->
                    new InvalidInputException(
                        "no ticker-day of this selection is published in "
                            + name
                            + ": look at 'booklake show ticker-days'"));
    Column[] staged = STAGED.stream().map(functions::col).toArray(Column[]::new);
    Column[] order =
        Stream.concat(Stream.of(staged), table(name).sortColumns().stream().map(functions::col))
            .toArray(Column[]::new);
    rows.withColumn(STAGED.get(0), rows.col("trade_date"))
        .withColumn(STAGED.get(1), rows.col("ticker"))
        .withColumn(STAGED.get(2), rows.col("levels"))
        .repartition(staged)
        .sortWithinPartitions(order)
        .write()
        .partitionBy(STAGED.toArray(String[]::new))
        .parquet(staging.toString());
    List<Upload> uploads = new ArrayList<>();
    for (FileStatus file : dataFiles(files, staging)) {
      Path levels = file.getPath().getParent();
      Path ticker = levels.getParent();
      String path =
          name
              + "/"
              + value(ticker.getParent())
              + "/"
              + value(ticker)
              + "_"
              + value(levels)
              + ".parquet";
      uploads.add(new Upload(path, file.getLen(), from -> open(files, file.getPath(), from)));
    }
    return uploads;
  }

  /** Without a glob: the name of the lake's folder may have a glob's characters. */
  private static List<FileStatus> dataFiles(FileSystem files, Path staging) throws IOException {
    List<FileStatus> found = new ArrayList<>();
    RemoteIterator<LocatedFileStatus> all = files.listFiles(staging, true);
    while (all.hasNext()) {
      FileStatus file = all.next();
      if (file.getPath().getName().endsWith(".parquet")) {
        found.add(file);
      }
    }
    found.sort(Comparator.comparing(FileStatus::getPath));
    return found;
  }

  private static FSDataInputStream open(FileSystem files, Path path, long from) throws IOException {
    FSDataInputStream in = files.open(path);
    in.seek(from);
    return in;
  }

  /** What stands behind the equals sign; Spark escapes some characters of tickers. */
  private static String value(Path folder) {
    String name = folder.getName();
    return URLDecoder.decode(
        name.substring(name.indexOf('=') + 1).replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  /** Empty where somebody wrote the dataset's card: it stays. */
  private Optional<Upload> card(Hub hub, Snapshot before) throws IOException {
    TreeSet<String> held = new TreeSet<>(tables);
    for (RepositoryFile file : hub.list(before)) {
      if (file.path().equals(CARD) && !isOurs(hub, before, file)) {
        return Optional.empty();
      }
      held.add(file.path().replaceFirst("/.*", ""));
    }
    List<Table> described =
        TableCatalog.all().stream().filter(table -> held.contains(table.name())).toList();
    return Optional.of(Upload.ofText(CARD, DatasetCard.of(described)));
  }

  private static boolean isOurs(Hub hub, Snapshot snapshot, RepositoryFile card)
      throws IOException {
    byte[] text = new byte[(int) Math.min(card.size(), LONGEST_CARD)];
    hub.content(snapshot, card).read(0, text, 0, text.length);
    return new String(text, StandardCharsets.UTF_8).contains(DatasetCard.MARK);
  }

  private Report report(
      DatasetRevision branch, Map<String, List<Upload>> uploads, Publication.Result result) {
    List<List<Object>> rows = new ArrayList<>();
    uploads.forEach(
        (table, files) ->
            rows.add(
                List.of(
                    table,
                    files.size(),
                    files.stream().filter(file -> result.published().contains(file.path())).count(),
                    files.stream().mapToLong(Upload::size).sum())));
    String title =
        String.format(
            Locale.ROOT,
            result.published().isEmpty()
                ? "publish to %s: nothing new, it is at commit %s"
                : "publish to %s: one commit, %s",
            branch,
            result.commit());
    return new Report(title, List.of("table", "files", "published", "bytes"), rows, false);
  }

  private static Table table(String name) {
    return TableCatalog.named(name)
        .filter(table -> !KEPT_HERE.contains(table))
        .orElseThrow(
            () ->
                new InvalidInputException(
                    "no table '"
                        + name
                        + "' to publish, expected some of "
                        + TableCatalog.all().stream()
                            .filter(table -> !KEPT_HERE.contains(table))
                            .map(Table::word)
                            .toList()));
  }
}
