package io.booklake.job;

import io.booklake.book.Fidelity;
import io.booklake.format.lobster.FileName;
import io.booklake.format.lobster.Inspection;
import io.booklake.format.lobster.Pair;
import io.booklake.format.lobster.PairDiscovery;
import io.booklake.format.lobster.Rejection;
import io.booklake.lake.Ledger;
import io.booklake.lake.QuarantineLog;
import io.booklake.lake.ReplaceScope;
import io.booklake.lake.StepFigures;
import io.booklake.lake.columnar.DataFile;
import io.booklake.lake.event.EventBin;
import io.booklake.lake.event.EventTask;
import io.booklake.lake.event.TakenDay;
import io.booklake.landing.Provenance;
import io.booklake.model.TickerDay;
import io.booklake.table.Table;
import io.booklake.table.TableCatalog;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/**
 * Takes in LOBSTER pairs: {@code messages}, {@code depth}, {@code trades} and the order-level book,
 * then the ledger.
 *
 * <p>A pair is judged while it is written: only the files of sound ones become part of the tables,
 * each in place of what the lake held of its ticker-day, and last of all it is entered in {@code
 * ticker_days}. What is not sound goes to {@code quarantine} and stops nothing. A pair whose bytes
 * are published already is passed over.
 *
 * <pre>{@code booklake ingest --landing /data/lobster --lake /data/lake}</pre>
 */
public final class IngestJob {
  private final Run run;
  private final boolean force;
  private final List<DerivedTable> along;
  private final Ledger ledger;
  private final Provenance provenance;
  private final List<TakenDay> published = new ArrayList<>();
  private final List<Unchanged> unchanged = new ArrayList<>();
  private final List<QuarantineLog.Item> rejected = new ArrayList<>();
  private final Map<TickerDay, Ledger.Publisher> overtaken = new TreeMap<>();
  private Map<TickerDay, Ledger.Entry> before = Map.of();
  private long rowsWritten;
  private long bytesWritten;
  private Instant listedAt;

  /** What the title says where there is nothing to do. */
  private String remark = "";

  /**
   * A ticker-day that is published as it is.
   *
   * @param textBytes of both files
   * @param isRead to find that out
   */
  private record Unchanged(TickerDay day, long textBytes, boolean isRead) {}

  /**
   * A job of a run.
   *
   * @param force takes in pairs again whose bytes are published already
   */
  public IngestJob(Run run, boolean force) {
    this(run, force, List.of());
  }

  /**
   * A job of a run that goes on.
   *
   * @param force takes in pairs again whose bytes are published already
   * @param along tables whose jobs the run does next: their rows are made of the same reading, and
   *     wait for them
   */
  public IngestJob(Run run, boolean force, List<DerivedTable> along) {
    this.run = run;
    this.force = force;
    this.along = List.copyOf(along);
    this.ledger = run.lake().ledger();
    this.provenance = new Provenance(run.hadoop());
  }

  /**
   * Does it.
   *
   * @return a row per ticker-day or rejected file
   * @throws InvalidInputException if a landing URI matches nothing
   */
  public Report execute() {
    long started = System.nanoTime();
    List<EventBin.Candidate> candidates = candidates(discover());
    int size = run.settings().ingest().tickerDaysPerCommit();
    try (Progress.Step step = run.progress().begin("ingest", candidates.size(), "ticker-days")) {
      for (int from = 0; from < candidates.size(); from += size) {
        takeTogether(candidates.subList(from, Math.min(from + size, candidates.size())), step);
      }
    }
    for (Rejection each : provenance.unreadable()) {
      rejected.add(new QuarantineLog.Item(null, each, ""));
    }
    new QuarantineLog(run.lake()).add(rejected, run.id());
    return report((System.nanoTime() - started) / 1e9);
  }

  /**
   * What {@link #execute} would take in, as far as it can be told without reading a pair.
   *
   * @param before what the steps before it would do
   * @throws InvalidInputException if a landing URI matches nothing
   */
  public Plan plan(Plan before) {
    List<Plan.Item> items = new ArrayList<>();
    Map<TickerDay, Ledger.Entry> entries = run.published();
    // What will lie in the landing zone then is not known yet.
    for (TickerDay day : before.arriving()) {
      Plan.State state = entries.containsKey(day) ? Plan.State.CHANGED : Plan.State.NEW;
      items.add(new Plan.Item("ingest", day, state, null, "as it is fetched"));
    }
    for (Pair pair :
        before.arriving().isEmpty() || LandingZones.isThere(run) ? discover() : List.<Pair>of()) {
      if (!before.arriving().contains(pair.tickerDay())) {
        items.add(
            new Plan.Item(
                "ingest",
                pair.tickerDay(),
                Plan.State.of(pair, entries.get(pair.tickerDay())),
                pair.storedBytes(),
                pair.message().location()));
      }
    }
    for (QuarantineLog.Item each : rejected) {
      items.add(
          new Plan.Item(
              "ingest",
              each.tickerDay(),
              Plan.State.REJECTED,
              null,
              each.rejection().reason() + ": " + each.rejection().message()));
    }
    return new Plan(items);
  }

  private List<Pair> discover() {
    listedAt = Instant.now();
    PairDiscovery.Found found = LandingZones.find(run);
    for (PairDiscovery.Rejected each : found.rejected()) {
      TickerDay day = Optional.ofNullable(each.name()).map(FileName::tickerDay).orElse(null);
      // Nobody knows what is in an archive or a folder that cannot be looked into.
      if (day != null
          ? run.selection().includes(day)
          : run.selection().equals(Selection.ALL) || each.isContainer()) {
        rejected.add(new QuarantineLog.Item(day, each.rejection(), each.identity()));
      }
    }
    List<Pair> selected =
        found.pairs().stream().filter(pair -> run.selection().includes(pair.tickerDay())).toList();
    if (selected.isEmpty() && rejected.isEmpty()) {
      // Which may be as it should: of a weekend nothing is delivered.
      remark =
          found.pairs().isEmpty()
              ? "; no pair of LOBSTER files in " + String.join(", ", run.settings().landing())
              : "; none of " + found.pairs().size() + " pairs is of this selection";
    }
    return selected;
  }

  /**
   * What has to be read: not the files that lie there untouched since they were taken in. A task
   * passes over those others whose text has not changed either.
   */
  private List<EventBin.Candidate> candidates(List<Pair> pairs) {
    before = run.published();
    List<EventBin.Candidate> candidates = new ArrayList<>();
    for (Pair pair : pairs) {
      Ledger.Entry entry = force ? null : before.get(pair.tickerDay());
      if (entry != null && entry.delivery().isOf(pair)) {
        unchanged.add(new Unchanged(pair.tickerDay(), entry.delivery().textBytes(), false));
      } else {
        candidates.add(new EventBin.Candidate(pair, entry == null ? null : entry.source()));
      }
    }
    return candidates;
  }

  /** One set of commits: the files of all bins, table by table, and then the ledger. */
  private void takeTogether(List<EventBin.Candidate> candidates, Progress.Step step) {
    List<TakenDay> taken = new ArrayList<>();
    Map<String, List<DataFile>> files = new LinkedHashMap<>();
    List<EventTask.Result> results =
        new EventTasks(run)
            .execute(
                candidates, tables(), along.stream().map(DerivedTable::derivation).toList(), step);
    for (EventTask.Result result : results) {
      result.files().forEach((table, added) -> files.merge(table, added, IngestJob::both));
      along.forEach(table -> table.computedAhead(result.derived()));
      for (TakenDay day : result.days()) {
        if (day.isTaken()) {
          taken.add(day);
        } else if (day.inspection().isUnchanged()) {
          unchanged.add(new Unchanged(day.tickerDay(), bytes(day.inspection()), true));
        } else {
          reject(day.inspection().pair(), day.inspection().rejection());
        }
      }
    }
    if (!taken.isEmpty()) {
      publish(taken, files);
    }
  }

  private EventTask.Tables tables() {
    return run.settings().ingest().orderLevelBook()
        ? EventTask.Tables.ALL
        : EventTask.Tables.WITHOUT_ORDERS;
  }

  private static List<DataFile> both(List<DataFile> first, List<DataFile> second) {
    List<DataFile> both = new ArrayList<>(first);
    both.addAll(second);
    return both;
  }

  private void publish(List<TakenDay> taken, Map<String, List<DataFile>> files) {
    taken.sort(Comparator.comparing(TakenDay::tickerDay));
    List<TickerDay> days = taken.stream().map(TakenDay::tickerDay).toList();
    int levels = days.stream().mapToInt(TickerDay::levels).max().orElseThrow();
    ReplaceScope scope = ReplaceScope.of(days);
    Map<String, Long> versions = new LinkedHashMap<>();
    for (Table table : TableCatalog.perEvent(levels)) {
      if (files.containsKey(table.name())) {
        versions.put(table.name(), run.lake().replace(table, files.get(table.name()), scope));
      } else if (run.lake().has(table.name())) {
        // What an earlier delivery left there is not of these events.
        run.lake().replace(table, List.of(), scope);
      }
    }
    overtaken.putAll(
        ledger.publish(
            new Ledger.Written(
                taken, before, listedAt, versions, revisions(taken), emptyOf(taken, scope)),
            run.publisher(),
            new Ledger.Setup(Run.softwareVersion(), run.settings().hash())));
    taken.stream().filter(day -> !overtaken.containsKey(day.tickerDay())).forEach(published::add);
    for (List<DataFile> each : files.values()) {
      rowsWritten += each.stream().mapToLong(DataFile::rows).sum();
      bytesWritten += each.stream().mapToLong(DataFile::bytes).sum();
    }
  }

  /** Of the tables whose jobs follow those that hold nothing of ticker-days. */
  private Set<String> emptyOf(List<TakenDay> taken, ReplaceScope scope) {
    // It is noted of ticker-days that the ledger does not have.
    return taken.stream().allMatch(day -> before.containsKey(day.tickerDay()))
        ? Set.of()
        : along.stream()
            .filter(table -> table.isEmpty(scope))
            .map(table -> table.derivation().table().name())
            .collect(Collectors.toSet());
  }

  private Map<TickerDay, String> revisions(List<TakenDay> taken) {
    Map<TickerDay, String> revisions = new HashMap<>();
    for (TakenDay day : taken) {
      provenance
          .of(day.inspection().pair())
          .ifPresent(revision -> revisions.put(day.tickerDay(), revision));
    }
    return revisions;
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

  private Report report(double seconds) {
    List<List<Object>> rows = new ArrayList<>();
    long events = 0;
    long csvBytes = 0;
    for (TakenDay day : published) {
      Inspection each = day.inspection();
      events += each.quality().rows();
      csvBytes += bytes(each);
      rows.add(
          row(
              each.pair().tickerDay(),
              "published",
              each.quality().rows(),
              bytes(each),
              each.quality().brokenTransitions(),
              percent(day, Fidelity::proven),
              percent(day, Fidelity::known),
              ""));
    }
    for (Unchanged each : unchanged) {
      csvBytes += each.isRead ? each.textBytes : 0;
      rows.add(row(each.day, "unchanged", null, each.textBytes, null, null, null, ""));
    }
    for (QuarantineLog.Item each : rejected) {
      rows.add(
          row(
              each.tickerDay(),
              "quarantined",
              null,
              null,
              null,
              null,
              null,
              each.rejection().reason() + ": " + each.rejection().message()));
    }
    overtaken.forEach(
        (day, by) ->
            rows.add(
                row(
                    day,
                    "overtaken",
                    null,
                    null,
                    null,
                    null,
                    null,
                    by + " published it meanwhile, and that stands; run again to replace it")));
    String title =
        String.format(
            java.util.Locale.ROOT,
            "ingest into %s: %d published, %d unchanged, %d quarantined%s%s; %,d events in %.1f s",
            run.lake().root(),
            published.size(),
            unchanged.size(),
            rejected.size(),
            overtaken.isEmpty() ? "" : ", " + overtaken.size() + " overtaken",
            remark,
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
            "proven_%",
            "known_%",
            "reason"),
        rows,
        !rejected.isEmpty() || !overtaken.isEmpty(),
        new StepFigures(
            events,
            rowsWritten,
            bytesWritten,
            csvBytes,
            published.size(),
            unchanged.size(),
            rejected.size() + overtaken.size()));
  }

  private static long bytes(Inspection inspection) {
    return inspection.message().bytes() + inspection.orderbook().bytes();
  }

  /** Null where nothing was published, or the order-level book was left out. */
  private static BigDecimal percent(TakenDay day, ToDoubleFunction<Fidelity> of) {
    double share = day.book() == null ? Double.NaN : of.applyAsDouble(day.book().fidelity());
    return Double.isNaN(share)
        ? null
        : BigDecimal.valueOf(share).movePointRight(2).setScale(2, RoundingMode.HALF_EVEN);
  }

  private static List<Object> row(
      TickerDay day,
      String state,
      Long events,
      Long bytes,
      Long broken,
      BigDecimal proven,
      BigDecimal known,
      String reason) {
    List<Object> row = new ArrayList<>();
    row.add(day == null ? null : day.tradeDate());
    row.add(day == null ? null : day.ticker());
    row.add(day == null ? null : day.levels());
    row.addAll(Arrays.asList(state, events, bytes, broken, proven, known, reason));
    return row;
  }
}
