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
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

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

  private final Run run;
  private final String dataset;
  private final List<String> names;

  /**
   * A job of a run.
   *
   * @param dataset {@code OWNER/NAME} or {@code OWNER/NAME@BRANCH}
   * @param names of tables, one or more
   */
  public PublishJob(Run run, String dataset, List<String> names) {
    this.run = run;
    this.dataset = dataset;
    this.names = names;
  }

  /**
   * Does it.
   *
   * @return a row per table
   * @throws InvalidInputException if a table or the dataset is not there, or this user may not
   *     write to it
   */
  public Report execute() {
    // The ledger's rows say where all others came from.
    List<Table> tables =
        Stream.concat(names.stream().map(PublishJob::table), Stream.of(TableCatalog.TICKER_DAYS))
            .distinct()
            .toList();
    Path staging = new Path(run.lake().root(), "_publish/" + run.id());
    try {
      DatasetRevision branch = HubFailure.valid(() -> DatasetRevision.parse(dataset));
      Hub hub = new Hub(HubFailure.valid(() -> HubConfiguration.settings(run.hadoop())));
      // Whoever names no such branch hears of it before the hours that the tables may take.
      Publication publication = HubFailure.valid(() -> new Publication(hub, branch));
      hub.resolve(branch);
      FileSystem files = staging.getFileSystem(run.hadoop());
      removeAbandoned(files, staging.getParent());
      try {
        PublishedRows published = new PublishedRows(run);
        Map<String, List<Upload>> uploads = new LinkedHashMap<>();
        for (Table table : tables) {
          Path folder = new Path(staging, table.name());
          uploads.put(table.name(), StagedFiles.of(table, rows(published, table), files, folder));
        }
        return publish(hub, branch, publication, uploads);
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

  private static Dataset<Row> rows(PublishedRows published, Table table) {
    return published
        .of(table.name())
        .orElseThrow(
            () ->
                new InvalidInputException(
                    "no ticker-day of this selection is published in "
                        + table.name()
                        + ": look at 'booklake show ticker-days'"));
  }

  private Report publish(
      Hub hub, DatasetRevision branch, Publication publication, Map<String, List<Upload>> uploads)
      throws IOException {
    List<Upload> all = new ArrayList<>();
    uploads.values().forEach(all::addAll);
    // Somebody may have written a card while the tables were staged. From here on nobody may.
    Snapshot parent = hub.resolve(branch);
    card(hub, parent, uploads.keySet()).ifPresent(all::add);
    long bytes = all.stream().mapToLong(Upload::size).sum();
    Publication.Result result;
    try (Progress.Step step = run.progress().begin("publish", bytes, "bytes")) {
      result =
          publication.publish(
              parent, all, "Publish " + String.join(", ", uploads.keySet()), step::advance);
    }
    return report(branch, uploads, result);
  }

  /** Empty where somebody wrote the dataset's card: it stays. */
  private static Optional<Upload> card(Hub hub, Snapshot before, Set<String> tables)
      throws IOException {
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

  private static Report report(
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
