package io.booklake.job;

import io.booklake.format.lobster.HadoopSource;
import io.booklake.format.lobster.SourceFile;
import io.booklake.format.lobster.SourceLines;
import io.booklake.job.Explanation.Finding;
import io.booklake.job.Explanation.Lines;
import io.booklake.job.Explanation.Source;
import io.booklake.job.Explanation.State;
import io.booklake.model.TickerDay;
import io.booklake.read.DayReader;
import io.booklake.read.LakeReader;
import io.booklake.read.NotPublishedException;
import io.booklake.read.RowQuery;
import io.booklake.table.ColumnBatch;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;

/**
 * Traces rows back to the lines of the files that they were computed from, without Spark.
 *
 * <pre>{@code
 * booklake explain --table candles --ticker GOOG --date 2012-06-21 --bar time:1m@09:35 --lake /data/lake
 * }</pre>
 *
 * <p>A lake may have come from anywhere, so what its ledger says of files is not believed: a file
 * is opened where the ledger says it lay, and nothing of it is shown unless it has the ledger's
 * SHA-256.
 */
public final class ExplainJob {
  private static final List<String> COLUMNS =
      List.of(
          "table",
          "trade_date",
          "ticker",
          "levels",
          "row",
          "source",
          "file",
          "dataset_revision",
          "sha256",
          "state",
          "remark",
          "first_index",
          "last_index",
          "first_line",
          "last_line",
          "first_byte",
          "byte_count",
          "lines",
          "run_id",
          "run_host",
          "software_version",
          "configuration_hash",
          "published_at",
          "table_versions",
          "rows");

  private final String lake;
  private final Configuration configuration;
  private final Selection selection;
  private final WantedRow wanted;
  private final int limit;

  /**
   * A job.
   *
   * @param lake its root
   * @param configuration of the file systems of the lake and of the source files
   * @param selection of one ticker-day
   * @param limit most lines of a source file to show
   */
  public ExplainJob(
      String lake, Configuration configuration, Selection selection, WantedRow wanted, int limit) {
    this.lake = lake;
    this.configuration = configuration;
    this.selection = selection;
    this.wanted = wanted;
    this.limit = limit;
  }

  /**
   * Reads the rows, and the source files to their ends.
   *
   * @throws InvalidInputException if the selection is not of one published ticker-day, or that does
   *     not hold the row
   */
  public Explanation execute() throws IOException {
    LakeReader reader = PublishedDays.open(lake, configuration);
    TickerDay tickerDay = PublishedDays.one(reader, selection, wanted.table());
    DayReader day = reader.day(tickerDay);
    List<Map<String, Object>> rows = wanted.isOfAnEvent() ? ofEvent(day) : ofBar(day);
    Lineage lineage = Lineage.of(wanted.table(), rows.get(0));
    List<Source> sources = new ArrayList<>();
    if (lineage.messages() != null) {
      sources.add(source("message", day, lineage.messages()));
    }
    if (lineage.books() != null) {
      sources.add(source("orderbook", day, lineage.books()));
    }
    return new Explanation(tickerDay, wanted, rows, sources, day.ledgerEntry());
  }

  private List<Map<String, Object>> ofEvent(DayReader day) throws IOException {
    if (wanted.number() < 0 || wanted.number() >= day.events()) {
      throw new InvalidInputException(
          "--index: found "
              + wanted.number()
              + ", expected 0 to "
              + (day.events() - 1)
              + ", the events of "
              + day.tickerDay());
    }
    ColumnBatch found =
        day.rows(RowQuery.of(wanted.table()).between(wanted.number(), wanted.number()));
    if (found.rows == 0) {
      throw new InvalidInputException(
          wanted
              + " of "
              + day.tickerDay()
              + " has no row in "
              + wanted.table()
              + "; it has one in messages and in depth");
    }
    return rows(found);
  }

  private List<Map<String, Object>> ofBar(DayReader day) throws IOException {
    List<Map<String, Object>> all = rows(ofKind(day));
    List<Map<String, Object>> rows =
        all.stream().filter(row -> row.get(wanted.numberColumn()).equals(wanted.number())).toList();
    if (rows.isEmpty()) {
      throw new InvalidInputException(
          wanted.table()
              + " of "
              + day.tickerDay()
              + " holds no "
              + wanted
              + (all.isEmpty()
                  ? ""
                  : "; the first is number "
                      + all.get(0).get(wanted.numberColumn())
                      + ", the last "
                      + all.get(all.size() - 1).get(wanted.numberColumn())));
    }
    return rows;
  }

  private ColumnBatch ofKind(DayReader day) throws IOException {
    try {
      return day.rows(RowQuery.of(wanted.table()).spec(wanted.spec()));
    } catch (NotPublishedException | IllegalArgumentException e) {
      // Not held, or held with several widths of price bins: the reader names those that are.
      throw new InvalidInputException("--bar: " + e.getMessage(), e);
    }
  }

  private static List<Map<String, Object>> rows(ColumnBatch batch) {
    List<Map<String, Object>> rows = new ArrayList<>();
    for (int row = 0; row < batch.rows; row++) {
      rows.add(NamedValues.of(batch, row));
    }
    return rows;
  }

  private Source source(String kind, DayReader day, EventRange events) {
    String location = (String) day.ledgerEntry().get(kind + "_file");
    String sha256 = (String) day.ledgerEntry().get(kind + "_sha256");
    return new Source(kind, location, sha256, events, find(location, sha256, events));
  }

  private Finding find(String location, String sha256, EventRange events) {
    HadoopSource files = new HadoopSource(configuration);
    try {
      Optional<SourceFile> file = files.find(location);
      if (file.isEmpty()) {
        return new Finding(State.GONE, "it is not there any more", null);
      }
      SourceLines lines = SourceLines.read(file.get(), files, events.first(), events.last(), limit);
      String found = lines.trace().sha256();
      if (!found.equals(sha256)) {
        return new Finding(
            State.CHANGED,
            "it was changed since it was taken in: SHA-256 found "
                + found
                + ", expected that of the ledger; its lines are other ones and not shown",
            null);
      }
      return new Finding(
          State.UNCHANGED,
          null,
          new Lines(lines.firstByte(), lines.endByte() - lines.firstByte(), lines.texts()));
    } catch (IOException e) {
      return new Finding(State.UNREADABLE, "it cannot be read: " + ErrorText.of(e), null);
    }
  }

  /** A row for each source file; one without a file for what no event was part of. */
  public static Report report(Explanation explained) {
    List<List<Object>> rows = new ArrayList<>();
    for (Source source : explained.sources()) {
      rows.add(row(explained, source));
    }
    if (rows.isEmpty()) {
      rows.add(row(explained, null));
    }
    return new Report(explained.wanted() + " of " + explained.day(), COLUMNS, rows, false);
  }

  private static List<Object> row(Explanation explained, Source source) {
    Map<String, Object> values = new HashMap<>(explained.ledgerEntry());
    values.put("table", explained.wanted().table());
    values.put("row", explained.wanted().toString());
    values.put("rows", explained.rows());
    if (source != null) {
      values.put("source", source.kind());
      values.put("file", source.location());
      values.put("sha256", source.sha256());
      values.put("state", source.finding().state().word());
      values.put("remark", source.finding().remark());
      values.put("first_index", source.events().first());
      values.put("last_index", source.events().last());
      values.put("first_line", source.events().first() + 1);
      values.put("last_line", source.events().last() + 1);
    }
    if (source != null && source.finding().lines() != null) {
      values.put("first_byte", source.finding().lines().firstByte());
      values.put("byte_count", source.finding().lines().byteCount());
      values.put("lines", source.finding().lines().texts());
    }
    List<Object> row = new ArrayList<>();
    COLUMNS.forEach(column -> row.add(values.get(column)));
    return row;
  }
}
