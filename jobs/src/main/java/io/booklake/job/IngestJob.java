package io.booklake.job;

import io.booklake.format.lobster.FileName;
import io.booklake.format.lobster.HadoopSource;
import io.booklake.format.lobster.Inspection;
import io.booklake.format.lobster.Pair;
import io.booklake.format.lobster.PairDiscovery;
import io.booklake.format.lobster.RejectedException;
import io.booklake.format.lobster.Rejection;
import io.booklake.lake.Ledger;
import io.booklake.lake.QuarantineLog;
import io.booklake.lake.ReplaceScope;
import io.booklake.model.EventType;
import io.booklake.model.TickerDay;
import io.booklake.source.PairList;
import io.booklake.table.Table;
import io.booklake.table.TableCatalog;
import io.booklake.transform.Trades;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.util.SerializableConfiguration;

/**
 * Takes in LOBSTER pairs: {@code messages}, {@code depth} and {@code trades}, then the ledger.
 *
 * <p>Every pair is first read from end to end and judged; only sound ones are written, each in
 * place of what the lake held of its ticker-day, and last of all entered in {@code ticker_days}.
 * What is not sound goes to {@code quarantine} and stops nothing. A pair whose bytes are published
 * already is passed over.
 *
 * <pre>{@code booklake ingest --landing /data/lobster --lake /data/lake}</pre>
 */
public final class IngestJob {
  private final Run run;
  private final boolean force;
  private final Ledger ledger;
  private final List<QuarantineLog.Item> rejected = new ArrayList<>();

  /**
   * A job of a run.
   *
   * @param force takes in pairs again whose bytes are published already
   */
  public IngestJob(Run run, boolean force) {
    this.run = run;
    this.force = force;
    this.ledger = new Ledger(run.lake());
  }

  /**
   * Does it.
   *
   * @return a row per ticker-day or rejected file
   * @throws InvalidInputException if a landing URI matches nothing
   */
  public Report execute() {
    long started = System.nanoTime();
    List<Pair> pairs = discover();
    List<Inspection> inspections = inspect(pairs);
    List<Inspection> accepted = new ArrayList<>();
    List<Inspection> unchanged = new ArrayList<>();
    for (Inspection inspection : inspections) {
      if (inspection.rejection() != null) {
        reject(inspection.pair(), inspection.rejection());
      } else {
        (inspection.isUnchanged() ? unchanged : accepted).add(inspection);
      }
    }
    List<Inspection> published = write(accepted);
    new QuarantineLog(run.lake()).add(rejected, run.id());
    return report(published, unchanged, (System.nanoTime() - started) / 1e9);
  }

  private List<Pair> discover() {
    PairDiscovery.Found found;
    try {
      found =
          PairDiscovery.find(run.spark().sessionState().newHadoopConf(), run.settings().landing());
    } catch (IOException e) {
      throw new InvalidInputException(e.getMessage(), e);
    }
    for (PairDiscovery.Rejected each : found.rejected()) {
      TickerDay day = Optional.ofNullable(each.name()).map(FileName::tickerDay).orElse(null);
      if (day == null ? run.selection().equals(Selection.ALL) : run.selection().includes(day)) {
        rejected.add(new QuarantineLog.Item(day, each.rejection(), ""));
      }
    }
    return found.pairs().stream()
        .filter(pair -> run.selection().includes(pair.tickerDay()))
        .toList();
  }

  /** One task per pair: pairs differ in size, and the user sees each one done. */
  private List<Inspection> inspect(List<Pair> pairs) {
    if (pairs.isEmpty()) {
      return List.of();
    }
    Map<TickerDay, Ledger.Entry> entries = force ? Map.of() : ledger.entries();
    Inspection.Limits limits =
        new Inspection.Limits(
            run.settings().ingest().maxBrokenTransitionShare(),
            run.settings().ingest().maxCrossedRowShare());
    SerializableConfiguration configuration =
        new SerializableConfiguration(run.spark().sessionState().newHadoopConf());
    List<PairToInspect> work =
        pairs.stream()
            .map(
                pair ->
                    new PairToInspect(
                        pair,
                        Optional.ofNullable(entries.get(pair.tickerDay()))
                            .map(Ledger.Entry::source)
                            .orElse(null)))
            .toList();
    JavaSparkContext context = new JavaSparkContext(run.spark().sparkContext());
    try (TaskProgress progress =
        TaskProgress.byTasks(
            run.spark(), run.progress().begin("read and check", pairs.size(), "ticker-days"))) {
      return context
          .parallelize(work, work.size())
          .map(
              each ->
                  Inspection.of(
                      each.pair, new HadoopSource(configuration.value()), limits, each.known))
          .collect();
    }
  }

  private record PairToInspect(Pair pair, Inspection.Known known) implements java.io.Serializable {}

  private List<Inspection> write(List<Inspection> accepted) {
    List<Inspection> published = new ArrayList<>();
    int size = run.settings().ingest().tickerDaysPerCommit();
    long rows = accepted.stream().mapToLong(each -> 2 * each.quality().rows() + trades(each)).sum();
    try (TaskProgress progress =
        TaskProgress.byRows(run.spark(), run.progress().begin("write tables", rows, "rows"))) {
      for (int from = 0; from < accepted.size(); from += size) {
        published.addAll(
            writeTogether(accepted.subList(from, Math.min(from + size, accepted.size()))));
      }
    }
    return published;
  }

  private static long trades(Inspection inspection) {
    return inspection.quality().events(EventType.VISIBLE_EXECUTION)
        + inspection.quality().events(EventType.HIDDEN_EXECUTION)
        + inspection.quality().events(EventType.CROSS_TRADE);
  }

  /**
   * Writes what can be written; a pair that fails now, after it was found sound, is left out and
   * the rest repeated.
   */
  private List<Inspection> writeTogether(List<Inspection> batch) {
    List<Inspection> rest = new ArrayList<>(batch);
    while (!rest.isEmpty()) {
      try {
        Map<String, Long> versions = writeTables(rest);
        ledger.publish(rest, versions, run.id(), Run.softwareVersion(), run.settings().hash());
        return rest;
      } catch (Exception e) { // Spark throws checked exceptions that it does not declare
        Rejection rejection = rejectionBehind(e);
        Inspection culprit = rejection == null ? null : culprit(rest, rejection);
        if (culprit == null) {
          throw e;
        }
        reject(culprit.pair(), rejection);
        rest.remove(culprit);
      }
    }
    return rest;
  }

  private Map<String, Long> writeTables(List<Inspection> batch) {
    List<Pair> pairs = batch.stream().map(Inspection::pair).toList();
    List<TickerDay> days = pairs.stream().map(Pair::tickerDay).toList();
    int levels = days.stream().mapToInt(TickerDay::levels).max().orElseThrow();
    ReplaceScope scope = ReplaceScope.of(days);
    Table depth = TableCatalog.depth(levels);
    Map<String, Long> versions = new LinkedHashMap<>();
    versions.put(
        "messages", run.lake().replace(TableCatalog.MESSAGES, source("messages", pairs), scope));
    versions.put("depth", run.lake().replace(depth, source("depth", pairs), scope));
    versions.put(
        "trades",
        run.lake().replace(TableCatalog.TRADES, Trades.of(source("paired", pairs)), scope));
    return versions;
  }

  private Dataset<Row> source(String view, List<Pair> pairs) {
    return run.spark()
        .read()
        .format("lobster")
        .option("table", view)
        .option(PairList.OPTION, PairList.format(pairs))
        .load();
  }

  private static Rejection rejectionBehind(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof RejectedException rejected) {
        return rejected.rejection();
      }
    }
    return null;
  }

  private static Inspection culprit(List<Inspection> batch, Rejection rejection) {
    return batch.stream()
        .filter(
            each ->
                rejection.isOf(each.pair().message().location())
                    || rejection.isOf(each.pair().orderbook().location()))
        .findFirst()
        .orElse(null);
  }

  private void reject(Pair pair, Rejection rejection) {
    String identity =
        pair.message().storedBytes()
            + "@"
            + pair.message().modifiedMillis()
            + " "
            + pair.orderbook().storedBytes()
            + "@"
            + pair.orderbook().modifiedMillis();
    rejected.add(new QuarantineLog.Item(pair.tickerDay(), rejection, identity));
  }

  private Report report(List<Inspection> published, List<Inspection> unchanged, double seconds) {
    List<List<Object>> rows = new ArrayList<>();
    long events = 0;
    for (Inspection each : published) {
      events += each.quality().rows();
      rows.add(
          row(
              each.pair().tickerDay(),
              "published",
              each.quality().rows(),
              each.message().bytes() + each.orderbook().bytes(),
              each.quality().brokenTransitions(),
              ""));
    }
    for (Inspection each : unchanged) {
      rows.add(
          row(
              each.pair().tickerDay(),
              "unchanged",
              null,
              each.message().bytes() + each.orderbook().bytes(),
              null,
              ""));
    }
    for (QuarantineLog.Item each : rejected) {
      rows.add(
          row(
              each.tickerDay(),
              "quarantined",
              null,
              null,
              null,
              each.rejection().reason() + ": " + each.rejection().message()));
    }
    String title =
        String.format(
            java.util.Locale.ROOT,
            "ingest into %s: %d published, %d unchanged, %d quarantined; %,d events in %.1f s",
            run.lake().root(),
            published.size(),
            unchanged.size(),
            rejected.size(),
            events,
            seconds);
    return new Report(
        title,
        List.of(
            "trade_date",
            "ticker",
            "levels",
            "state",
            "events",
            "csv_bytes",
            "broken_transitions",
            "reason"),
        rows,
        !rejected.isEmpty());
  }

  private static List<Object> row(
      TickerDay day, String state, Long events, Long bytes, Long broken, String reason) {
    List<Object> row = new ArrayList<>();
    row.add(day == null ? null : day.tradeDate());
    row.add(day == null ? null : day.ticker());
    row.add(day == null ? null : day.levels());
    row.add(state);
    row.add(events);
    row.add(bytes);
    row.add(broken);
    row.add(reason);
    return row;
  }
}
