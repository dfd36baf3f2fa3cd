package io.booklake.job;

import io.booklake.lake.Ledger;
import io.booklake.lake.ReplaceScope;
import io.booklake.lake.StepFigures;
import io.booklake.lake.columnar.DataFile;
import io.booklake.lake.derived.Derivation;
import io.booklake.lake.derived.DerivedTask;
import io.booklake.lake.derived.Recipe;
import io.booklake.model.TickerDay;
import io.booklake.table.SlicedTable;
import io.booklake.table.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How a table that is computed from the per-event tables comes to hold the published ticker-days:
 * the part that the jobs of this kind have in common.
 *
 * <p>What is held already is not computed again. Inputs are read in the versions that the ledger
 * names, so that an ingest that is under way, or that died, is never seen.
 */
public final class DerivedTable {

  private static final Logger LOG = LoggerFactory.getLogger(DerivedTable.class);

  private final Run run;
  private final Table table;
  private final Derivation derivation;
  private final Set<String> wanted;
  private final Map<String, Set<? extends Comparable<?>>> wantedRows;
  private final Ledger ledger;
  private final Map<TickerDay, Ledger.Publisher> replaced = new TreeMap<>();
  private long rowsWritten;
  private long bytesWritten;

  /**
   * Describes a table.
   *
   * @param wanted what shall be computed, each by a name that the ledger remembers
   * @param wantedRows the values, by column, that exactly these rows of the table have
   * @param recipe computes them
   */
  DerivedTable(
      Run run,
      Table table,
      Set<String> wanted,
      Map<String, Set<? extends Comparable<?>>> wantedRows,
      Recipe recipe) {
    this.run = run;
    this.table = table;
    this.derivation = new Derivation(table, recipe);
    this.wanted = wanted;
    this.wantedRows = wantedRows;
    this.ledger = run.lake().ledger();
  }

  /** What is computed. */
  Derivation derivation() {
    return derivation;
  }

  /**
   * Notes what the run's ingest computed, so that it is not computed again.
   *
   * @param derived by table
   */
  void computedAhead(Map<String, DerivedTask.Result> derived) {
    DerivedTask.Result result = derived.get(table.name());
    if (result != null) {
      run.ahead().add(derivation, result);
    }
  }

  /** Whether it surely holds nothing in a scope, and what is computed would fit into it. */
  boolean isEmpty(ReplaceScope scope) {
    try {
      run.lake().expectColumns(table);
      return !run.lake().mayHold(table.name(), scope);
    } catch (RuntimeException e) {
      // Events are published whatever is wrong with such a table; its own job tells that.
      LOG.warn("cannot tell what {} holds", table.name(), e);
      return false;
    }
  }

  /**
   * Computes what is missing.
   *
   * @param force computes what is held already again
   */
  public Report update(boolean force) {
    long started = System.nanoTime();
    Map<TickerDay, Ledger.Entry> published = run.published();
    Map<TickerDay, Ledger.Entry> work = new TreeMap<>(published);
    work.values().removeIf(entry -> !force && !lacks(entry));
    int days = work.size();
    long events = work.values().stream().mapToLong(Ledger.Entry::rows).sum();
    List<List<Object>> rows;
    try (Progress.Step step = run.progress().begin(name(), days, "ticker-days")) {
      rows = write(work, step);
    }
    String title =
        String.format(
            Locale.ROOT,
            "%s in %s: %s for %d of %d published ticker-days%s in %.1f s",
            table.name(),
            run.lake().root(),
            String.join(", ", wanted),
            days - replaced.size(),
            published.size(),
            replaced.isEmpty() ? "" : "; meanwhile replaced, so not for: " + replaced(),
            (System.nanoTime() - started) / 1e9);
    return new Report(
        title,
        List.of("trade_date", "ticker", "levels", "rows"),
        rows,
        !replaced.isEmpty(),
        new StepFigures(
            events,
            rowsWritten,
            bytesWritten,
            0,
            days - replaced.size(),
            published.size() - days,
            replaced.size()));
  }

  private String replaced() {
    return replaced.entrySet().stream()
        .map(each -> each.getKey() + " by " + each.getValue())
        .collect(Collectors.joining(", "));
  }

  /**
   * What {@link #update} would compute.
   *
   * @param before what the steps before it would do
   */
  public Plan plan(Plan before) {
    Map<TickerDay, Ledger.Entry> published = run.published();
    Set<TickerDay> arriving = before.arriving();
    Set<TickerDay> perhapsArriving = before.perhapsArriving();
    Set<TickerDay> days = new TreeSet<>(published.keySet());
    days.addAll(arriving);
    List<Plan.Item> items = new ArrayList<>();
    for (TickerDay day : days) {
      Plan.State state = null;
      if (arriving.contains(day) || lacks(published.get(day))) {
        state = Plan.State.MISSING;
      } else if (perhapsArriving.contains(day)) {
        state = Plan.State.IF_CHANGED;
      }
      if (state != null) {
        items.add(new Plan.Item(name(), day, state, null, String.join(", ", wanted)));
      }
    }
    return new Plan(items);
  }

  private String name() {
    return table.name().replace('_', '-');
  }

  private boolean lacks(Ledger.Entry entry) {
    return !entry.held(table.name()).containsAll(wanted);
  }

  /** Ticker-days whose inputs are in the same versions, at most so many in a commit. */
  private List<List<Object>> write(Map<TickerDay, Ledger.Entry> work, Progress.Step step) {
    Map<DerivedTasks.Inputs, List<TickerDay>> byInput = new TreeMap<>();
    work.forEach(
        (day, entry) ->
            byInput
                .computeIfAbsent(DerivedTasks.Inputs.of(entry), key -> new ArrayList<>())
                .add(day));
    List<List<Object>> rows = new ArrayList<>();
    int size = run.settings().ingest().tickerDaysPerCommit();
    byInput.forEach(
        (inputs, all) -> {
          for (int from = 0; from < all.size(); from += size) {
            List<TickerDay> together = all.subList(from, Math.min(from + size, all.size()));
            Map<TickerDay, Ledger.Entry> part = new TreeMap<>(work);
            part.keySet().retainAll(together);
            rows.addAll(write(part, inputs, step));
          }
        });
    return rows;
  }

  /**
   * Writes ticker-days in one commit and notes them in the ledger. Another run may compute other
   * rows of the same ticker-days meanwhile: both stay.
   */
  private List<List<Object>> write(
      Map<TickerDay, Ledger.Entry> published, DerivedTasks.Inputs inputs, Progress.Step step) {
    List<TickerDay> days = List.copyOf(published.keySet());
    List<DataFile> files = new ArrayList<>();
    Map<TickerDay, Long> rows = new TreeMap<>();
    for (DerivedTask.Result result :
        new DerivedTasks(run, derivation).execute(published, inputs, step)) {
      files.addAll(result.files());
      rows.putAll(result.rows());
    }
    clear(published);
    withdrawOthersOfTheseRows(published);
    long version;
    try {
      version =
          run.lake()
              .replace(
                  table,
                  files,
                  ReplaceScope.of(days).and(wantedRows),
                  () -> expectEventsOf(published));
    } catch (ReplacedException e) {
      replaced.putAll(e.by);
      Map<TickerDay, Ledger.Entry> others = new TreeMap<>(published);
      others.keySet().removeAll(e.by.keySet());
      step.advance(-others.size());
      return others.isEmpty() ? List.of() : write(others, inputs, step);
    }
    rowsWritten += files.stream().mapToLong(DataFile::rows).sum();
    bytesWritten += files.stream().mapToLong(DataFile::bytes).sum();
    Map<TickerDay, Ledger.Publisher> late =
        ledger.publishDerived(table.name(), version, published, wanted, this::isOtherOfTheseRows);
    replaced.putAll(late);
    rows.keySet().removeAll(late.keySet());
    return rows.entrySet().stream()
        .map(
            each ->
                List.<Object>of(
                    each.getKey().tradeDate(),
                    each.getKey().ticker(),
                    each.getKey().levels(),
                    each.getValue()))
        .toList();
  }

  /**
   * Takes away what the table holds of ticker-days of which the ledger notes nothing of it: rows of
   * an older delivery, or of a run that died. That is noted before any rows are added, and nobody
   * clears what is noted: so rows are never lost again, but to rows that take their place.
   */
  private void clear(Map<TickerDay, Ledger.Entry> published) {
    Map<TickerDay, Ledger.Entry> uncleared = uncleared(published);
    if (!uncleared.isEmpty()) {
      // Nothing is to be noted of a table into which no row will fit.
      run.lake().expectColumns(table);
    }
    while (!uncleared.isEmpty()) {
      Map<TickerDay, Ledger.Entry> now = uncleared;
      try {
        run.lake()
            .replace(table, List.of(), ReplaceScope.of(now.keySet()), () -> expectUncleared(now));
        ledger.noteCleared(table.name(), now);
        return;
      } catch (ClearedException e) {
        uncleared = uncleared(published);
      }
    }
  }

  private Map<TickerDay, Ledger.Entry> uncleared(Map<TickerDay, Ledger.Entry> published) {
    Map<TickerDay, Ledger.Entry> uncleared = new TreeMap<>(published);
    Map<TickerDay, Ledger.Entry> newest = run.published();
    uncleared
        .entrySet()
        .removeIf(
            each -> {
              Ledger.Entry entry = newest.get(each.getKey());
              return entry == null
                  || !entry.hasEventsOf(each.getValue())
                  || entry.isCleared(table.name());
            });
    return uncleared;
  }

  /** Somebody else cleared ticker-days, or replaced them. */
  private static final class ClearedException extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  private void expectUncleared(Map<TickerDay, Ledger.Entry> days) {
    if (!uncleared(days).keySet().equals(days.keySet())) {
      throw new ClearedException();
    }
  }

  /**
   * Takes back what is noted of the rows that are to be replaced, if it is noted otherwise: a run
   * that dies behind its commit must not leave its rows under the old name.
   */
  private void withdrawOthersOfTheseRows(Map<TickerDay, Ledger.Entry> published) {
    // What another run noted while this one computed is among it.
    Map<TickerDay, Ledger.Entry> newest = run.published();
    newest.keySet().retainAll(published.keySet());
    if (newest.values().stream()
        .flatMap(entry -> entry.held(table.name()).stream())
        .anyMatch(this::isOtherOfTheseRows)) {
      ledger.withdrawDerived(table.name(), published, this::isOtherOfTheseRows);
    }
  }

  private boolean isOtherOfTheseRows(String name) {
    return !wanted.contains(name)
        && wanted.stream()
            .anyMatch(other -> SlicedTable.rows(other).equals(SlicedTable.rows(name)));
  }

  /** Ticker-days were replaced, so that what was computed is not of what is published. */
  private static final class ReplacedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Map<TickerDay, Ledger.Publisher> by;

    ReplacedException(Map<TickerDay, Ledger.Publisher> by) {
      super(by.toString());
      this.by = by;
    }
  }

  /**
   * Looks whether the events are still those that are published. Rows of an older delivery must not
   * come to lie above those of a newer one: whoever computes other rows of the ticker-day later
   * keeps what lies there.
   */
  private void expectEventsOf(Map<TickerDay, Ledger.Entry> published) {
    Map<TickerDay, Ledger.Entry> now = run.published();
    Map<TickerDay, Ledger.Publisher> by = new TreeMap<>();
    published.forEach(
        (day, before) -> {
          Ledger.Entry entry = now.get(day);
          if (entry == null || !entry.hasEventsOf(before)) {
            by.put(day, entry == null ? Ledger.Publisher.UNKNOWN : entry.publisher());
          }
        });
    if (!by.isEmpty()) {
      throw new ReplacedException(by);
    }
  }
}
