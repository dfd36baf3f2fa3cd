package io.booklake.job;

import io.booklake.lake.Vacuum;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;

/**
 * Deletes data files that neither the ledger nor anybody who reads by it can need, without Spark.
 *
 * <pre>{@code booklake vacuum --lake /data/lake --delete}</pre>
 */
public final class VacuumJob {
  private final String lake;
  private final Configuration configuration;
  private final Duration retention;
  private final boolean delete;

  /**
   * A job.
   *
   * @param settings name the lake and the retention
   * @param delete deletes; else it only counts
   */
  public VacuumJob(Settings settings, Configuration configuration, boolean delete) {
    this.lake = settings.lake();
    this.configuration = configuration;
    this.retention = Duration.ofHours(settings.vacuum().retentionHours());
    this.delete = delete;
  }

  /**
   * Does it.
   *
   * @return a row per table
   * @throws InvalidInputException if there is no lake
   */
  public Report execute() throws IOException {
    Instant since = Instant.now().minus(retention).truncatedTo(ChronoUnit.SECONDS);
    Vacuum vacuum = new Vacuum(lake, configuration, since);
    if (!vacuum.isLake()) {
      throw new InvalidInputException(
          "there is no lake at " + vacuum.root() + ", or nothing was published in it yet");
    }
    List<List<Object>> rows = new ArrayList<>();
    long files = 0;
    long bytes = 0;
    // All is known to be well before the first file goes.
    List<Vacuum.Found> all = vacuum.find();
    List<String> foreign =
        all.stream().flatMap(found -> found.foreign().stream()).map(Path::toString).toList();
    for (Vacuum.Found found : all) {
      if (delete) {
        vacuum.delete(found);
      }
      long superseded = bytes(found.superseded());
      long unnamed = bytes(found.unnamed());
      files += found.superseded().size() + found.unnamed().size();
      bytes += superseded + unnamed;
      rows.add(
          List.of(
              found.table(),
              found.keptFiles(),
              found.superseded().size(),
              superseded,
              found.unnamed().size(),
              unnamed));
    }
    return new Report(
        String.format(
            Locale.ROOT,
            "vacuum of %s: %s %d files, %,d bytes; all that was published since %s stays%s%s",
            vacuum.root(),
            delete ? "deleted" : "would delete",
            files,
            bytes,
            since,
            foreign.isEmpty()
                ? ""
                : "; passed over, as no tables of this lake: " + String.join(", ", foreign),
            delete ? "" : "; --delete does it"),
        List.of(
            "table",
            "kept_files",
            "superseded_files",
            "superseded_bytes",
            "unnamed_files",
            "unnamed_bytes"),
        rows,
        false);
  }

  private static long bytes(List<FileStatus> files) {
    return files.stream().mapToLong(FileStatus::getLen).sum();
  }
}
