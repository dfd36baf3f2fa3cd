package io.booklake.job;

import io.booklake.model.TickerDay;
import io.booklake.read.DayReader;
import io.booklake.read.LakeReader;
import io.booklake.read.NotPublishedException;
import io.booklake.read.RowQuery;
import io.booklake.table.ColumnBatch;
import io.booklake.table.Table;
import io.booklake.table.TableCatalog;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.hadoop.conf.Configuration;

/**
 * Reads rows back for people and scripts, in the published versions, without Spark.
 *
 * <pre>{@code booklake show depth --ticker GOOG --index 100..110 --lake /data/lake}</pre>
 */
public final class ShowJob {
  private final String lake;
  private final Configuration configuration;
  private final Selection selection;
  private final RowQuery query;
  private final int limit;

  /**
   * A job.
   *
   * @param lake its root
   * @param query of a table, and of which events; the ledger and the quarantine have none
   * @param limit most rows to show
   */
  public ShowJob(
      String lake, Configuration configuration, Selection selection, RowQuery query, int limit) {
    this.lake = lake;
    this.configuration = configuration;
    this.selection = selection;
    this.query = query;
    this.limit = limit;
  }

  /**
   * Reads.
   *
   * @throws InvalidInputException if the lake does not have the table or any published ticker-day
   *     of the selection, or none of them the bar, window or grid
   */
  public Report execute() throws IOException {
    LakeReader reader = PublishedDays.open(lake, configuration);
    Set<String> columns = new LinkedHashSet<>();
    List<Map<String, Object>> rows =
        switch (query.table()) {
          case "ticker_days" ->
              selected(TableCatalog.TICKER_DAYS, ledger(reader), columns, List.of());
          case "quarantine" ->
              selected(
                  TableCatalog.QUARANTINE,
                  reader
                      .quarantine()
                      .orElseThrow(
                          () ->
                              new InvalidInputException(
                                  "the lake "
                                      + reader.root()
                                      + " has no table quarantine yet: nothing was rejected"))
                      .stream()
                      .filter(selection::includesRow)
                      .toList(),
                  columns,
                  List.of("trade_date", "ticker", "levels", "reason", "file"));
          case "runs" ->
              selected(
                  TableCatalog.RUNS,
                  reader
                      .runs()
                      .orElseThrow(
                          () ->
                              new InvalidInputException(
                                  "the lake "
                                      + reader.root()
                                      + " has no table runs yet: no nightly run changed it")),
                  columns,
                  List.of("started_at"));
          default -> published(reader, columns);
        };
    boolean more = rows.size() > limit;
    List<Map<String, Object>> shown = more ? rows.subList(0, limit) : rows;
    String title =
        query.table()
            + " of "
            + reader.root()
            + ": "
            + shown.size()
            + " rows"
            + (more ? " (--limit)" : "");
    List<List<Object>> values = new ArrayList<>();
    for (Map<String, Object> row : shown) {
      List<Object> cells = new ArrayList<>();
      columns.forEach(column -> cells.add(row.get(column)));
      values.add(cells);
    }
    return new Report(title, List.copyOf(columns), values, false);
  }

  /** The ledger's rows of the selection. */
  private List<Map<String, Object>> ledger(LakeReader reader) {
    List<Map<String, Object>> rows =
        reader.ledger().stream().filter(selection::includesRow).toList();
    if (rows.isEmpty()) {
      throw new InvalidInputException(
          "no ticker-day of this selection is published: 'booklake show quarantine' tells what was"
              + " rejected");
    }
    return rows;
  }

  /** One row more than are shown tells whether there are more. */
  private int wanted() {
    return limit == Integer.MAX_VALUE ? limit : limit + 1;
  }

  private List<Map<String, Object>> selected(
      Table table, List<Map<String, Object>> all, Set<String> columns, List<String> order) {
    columns.addAll(table.columnNames());
    return all.stream()
        .sorted((left, right) -> compare(left, right, order))
        .limit(wanted())
        .toList();
  }

  /** NULL comes first. */
  @SuppressWarnings("unchecked")
  private static int compare(
      Map<String, Object> left, Map<String, Object> right, List<String> order) {
    for (String column : order) {
      int found =
          Comparator.nullsFirst(Comparator.<Comparable<Object>>naturalOrder())
              .compare(
                  (Comparable<Object>) left.get(column), (Comparable<Object>) right.get(column));
      if (found != 0) {
        return found;
      }
    }
    return 0;
  }

  /** Rows of ticker-days that the ledger publishes, in its versions. */
  private List<Map<String, Object>> published(LakeReader reader, Set<String> columns)
      throws IOException {
    List<Map<String, Object>> rows = new ArrayList<>();
    Set<String> held = new TreeSet<>();
    boolean isHeld = false;
    for (TickerDay each : PublishedDays.of(reader, selection, query.table())) {
      if (rows.size() < wanted()) {
        DayReader day = reader.day(each);
        held.addAll(day.specs(query.table()));
        Optional<ColumnBatch> found = rows(day, wanted() - rows.size());
        isHeld |= found.isPresent();
        found.ifPresent(
            batch -> {
              columns.addAll(batch.table().columnNames());
              for (int row = 0; row < batch.rows && rows.size() < wanted(); row++) {
                rows.add(NamedValues.of(batch, row));
              }
            });
      }
    }
    if (!isHeld) {
      throw new InvalidInputException(
          "--spec: found '"
              + query.spec()
              + "', expected one that "
              + query.table()
              + " holds of this selection: "
              + held);
    }
    return rows;
  }

  /** Empty where a ticker-day does not hold the bar, window or grid that is asked for. */
  private Optional<ColumnBatch> rows(DayReader day, int limit) throws IOException {
    try {
      // Bars of several kinds are in order only when all of them are known.
      return Optional.of(
          DayReader.hasSpecs(query.table()) ? day.rows(query) : day.first(query, limit));
    } catch (NotPublishedException e) {
      if (query.spec() == null) {
        throw e;
      }
      return Optional.empty();
    } catch (IllegalArgumentException e) {
      if (query.spec() == null) {
        throw e;
      }
      throw new InvalidInputException("--spec: " + e.getMessage(), e);
    }
  }
}
