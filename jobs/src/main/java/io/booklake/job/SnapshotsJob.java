package io.booklake.job;

import io.booklake.format.lobster.Pair;
import io.booklake.lake.Ledger;
import io.booklake.lake.ReplaceScope;
import io.booklake.lake.columnar.DataFile;
import io.booklake.lake.event.EventBin;
import io.booklake.lake.event.EventTask;
import io.booklake.lake.event.TakenDay;
import io.booklake.model.TickerDay;
import io.booklake.table.TableCatalog;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Makes {@code book_snapshots} of published ticker-days again, with another number of events from
 * one to the next. The landing files are read once more, and must hold the published bytes.
 *
 * <pre>{@code booklake snapshots --lake /data/lake --landing /data/lobster --every 250}</pre>
 */
public final class SnapshotsJob {
  private static final String REBUILT = "rebuilt";

  private final Run run;
  private final Ledger ledger;
  private final Map<TickerDay, List<Object>> rows = new TreeMap<>();
  private boolean partlyFailed;

  /** A job of a run, whose settings name the interval. */
  public SnapshotsJob(Run run) {
    this.run = run;
    this.ledger = run.lake().ledger();
  }

  /**
   * Does it.
   *
   * @return a row per published ticker-day of the selection
   * @throws InvalidInputException if there is no lake, or a landing URI matches nothing
   */
  public Report execute() {
    long started = System.nanoTime();
    run.requireLake();
    List<EventBin.Candidate> candidates = candidates();
    int size = run.settings().ingest().tickerDaysPerCommit();
    try (Progress.Step step = run.progress().begin("snapshots", candidates.size(), "ticker-days")) {
      for (int from = 0; from < candidates.size(); from += size) {
        rebuild(candidates.subList(from, Math.min(from + size, candidates.size())), step);
      }
    }
    String title =
        String.format(
            Locale.ROOT,
            "snapshots in %s: every %,d events, %d of %d published ticker-days in %.1f s",
            run.lake().root(),
            run.settings().ingest().snapshotInterval(),
            rows.values().stream().filter(row -> row.contains(REBUILT)).count(),
            rows.size(),
            (System.nanoTime() - started) / 1e9);
    return new Report(
        title,
        List.of("trade_date", "ticker", "levels", "state", "rows", "reason"),
        List.copyOf(rows.values()),
        partlyFailed);
  }

  private List<EventBin.Candidate> candidates() {
    Map<TickerDay, Ledger.Entry> published = run.published();
    Map<TickerDay, Pair> sources = sources();
    List<EventBin.Candidate> candidates = new ArrayList<>();
    published.forEach(
        (day, entry) -> {
          Pair source = sources.get(day);
          if (!entry.tableVersions().containsKey(TableCatalog.BOOK_SNAPSHOTS.name())) {
            leave(day, "it was taken in without the order-level book: ingest it with --force");
          } else if (source == null) {
            leave(day, "its files are not in the landing zone, as far as it may be read");
          } else {
            candidates.add(new EventBin.Candidate(source, entry.source()));
          }
        });
    return candidates;
  }

  private Map<TickerDay, Pair> sources() {
    Map<TickerDay, Pair> sources = new TreeMap<>();
    LandingZones.find(run).pairs().forEach(pair -> sources.put(pair.tickerDay(), pair));
    return sources;
  }

  private void rebuild(List<EventBin.Candidate> candidates, Progress.Step step) {
    List<TakenDay> taken = new ArrayList<>();
    List<DataFile> files = new ArrayList<>();
    for (EventTask.Result result :
        new EventTasks(run).execute(candidates, EventTask.Tables.SNAPSHOTS, List.of(), step)) {
      files.addAll(result.files().get(TableCatalog.BOOK_SNAPSHOTS.name()));
      for (TakenDay day : result.days()) {
        TickerDay tickerDay = day.tickerDay();
        if (day.isTaken()) {
          taken.add(day);
          rows.put(tickerDay, row(tickerDay, REBUILT, day.book().snapshotRows(), ""));
        } else {
          leave(tickerDay, day.inspection().rejection().message());
        }
      }
    }
    if (!taken.isEmpty()) {
      List<TickerDay> days = taken.stream().map(TakenDay::tickerDay).toList();
      long version = run.lake().replace(TableCatalog.BOOK_SNAPSHOTS, files, ReplaceScope.of(days));
      ledger
          .publishSnapshots(taken, version)
          .forEach((day, by) -> leave(day, by + " replaced it meanwhile: run snapshots again"));
    }
  }

  private void leave(TickerDay day, String reason) {
    partlyFailed = true;
    rows.put(day, row(day, "left", null, reason));
  }

  private static List<Object> row(TickerDay day, String state, Long count, String reason) {
    return Arrays.asList(day.tradeDate(), day.ticker(), day.levels(), state, count, reason);
  }
}
