package io.booklake.job;

import io.booklake.format.lobster.FileName;
import io.booklake.format.lobster.Pair;
import io.booklake.format.lobster.PairDiscovery;
import io.booklake.format.lobster.Rejection;
import io.booklake.lake.Ledger;
import io.booklake.lake.QuarantineLog;
import io.booklake.lake.ReplaceScope;
import io.booklake.lake.columnar.DataFile;
import io.booklake.lake.event.EventBin;
import io.booklake.lake.event.EventTask;
import io.booklake.lake.event.TakenDay;
import io.booklake.landing.Provenance;
import io.booklake.model.TickerDay;
import io.booklake.table.Table;
import io.booklake.table.TableCatalog;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
  private final List<QuarantineLog.Item> rejected = new ArrayList<>();
  private final IngestReport report = new IngestReport();
  private Map<TickerDay, Ledger.Entry> before = Map.of();
  private Instant listedAt;

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
    return report.report(run.lake().root(), rejected, (System.nanoTime() - started) / 1e9);
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
      report.remark(
          found.pairs().isEmpty()
              ? "; no pair of LOBSTER files in " + String.join(", ", run.settings().landing())
              : "; none of " + found.pairs().size() + " pairs is of this selection");
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
        report.untouched(pair.tickerDay(), entry.delivery().textBytes());
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
          report.unchanged(day.inspection());
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
    report.taken(
        taken,
        ledger.publish(
            new Ledger.Written(
                taken, before, listedAt, versions, revisions(taken), emptyOf(taken, scope)),
            run.publisher(),
            new Ledger.Setup(Run.softwareVersion(), run.settings().hash())));
    files.values().forEach(report::written);
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
}
