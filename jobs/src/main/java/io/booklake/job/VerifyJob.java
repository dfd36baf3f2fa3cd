package io.booklake.job;

import io.booklake.format.lobster.HadoopSource;
import io.booklake.lake.ReplaceScope;
import io.booklake.lake.StepFigures;
import io.booklake.model.TickerDay;
import io.booklake.table.Column;
import io.booklake.table.ColumnType;
import io.booklake.table.TableCatalog;
import io.booklake.verify.CheckResult;
import io.booklake.verify.FileCheck;
import io.booklake.verify.Published;
import io.booklake.verify.SourceCheck;
import io.booklake.verify.SourceFiles;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.spark.util.SerializableConfiguration;

/**
 * Reads ticker-days back, in the versions that the ledger names, and holds their tables against one
 * another, against the ledger and against the files they came from.
 *
 * <pre>{@code booklake verify --lake /data/lake --sample 20 --cross-levels}</pre>
 */
public final class VerifyJob {
  /** Ticker-days in one pass of Spark, by core: the user sees one pass after the other end. */
  private static final int LEAST_DAYS_PER_CORE = 4;

  /** More of them, where they are small: each pass has to be planned. */
  private static final long EVENTS_PER_CORE = 1_000_000;

  /** Not too many, on however many cores: each is a part of the filter that Spark compiles. */
  private static final int MOST_DAYS = 128;

  private final Run run;
  private final Sample sample;
  private final boolean crossLevels;
  private final Map<TickerDay, Map<String, Object>> ledger = new TreeMap<>();
  private final List<CheckResult> results = new ArrayList<>();
  private final FileCheck files;

  /**
   * A job of a run.
   *
   * @param sample which of the selected ticker-days
   * @param crossLevels compares them with deeper ones of the same day too
   */
  public VerifyJob(Run run, Sample sample, boolean crossLevels) {
    this.run = run;
    this.sample = sample;
    this.crossLevels = crossLevels;
    files = new FileCheck(run.hadoop());
  }

  /**
   * Does it.
   *
   * @return a row per ticker-day and check; partly failed if anything differs
   * @throws InvalidInputException if there is no lake, or no ticker-day of the selection in it
   */
  public Report execute() {
    run.requireLake();
    return execute(true);
  }

  /**
   * Does it, and takes it that there may be nothing: dates without trading, or all of whose pairs
   * were rejected.
   *
   * @return as {@link #execute()}
   */
  public Report executeIfAny() {
    return execute(false);
  }

  private Report execute(boolean isAnyExpected) {
    long started = System.nanoTime();
    // Shares by level are not checked, and are most of a row.
    List<String> columns =
        TableCatalog.TICKER_DAYS.columns().stream()
            .filter(column -> column.type() != ColumnType.STRING_TO_DOUBLE)
            .map(Column::name)
            .toList();
    for (Map<String, Object> row :
        run.lake().rows(TableCatalog.TICKER_DAYS.of(columns), run.selection().dates())) {
      ledger.put(
          new TickerDay(
              (LocalDate) row.get("trade_date"),
              (String) row.get("ticker"),
              (Integer) row.get("levels")),
          row);
    }
    List<TickerDay> selected = ledger.keySet().stream().filter(run.selection()::includes).toList();
    if (selected.isEmpty() && isAnyExpected) {
      throw new InvalidInputException(
          "no ticker-day of this selection is published in "
              + run.lake().root()
              + ": look at 'booklake show ticker-days'");
    }
    List<TickerDay> days = sample.of(selected);
    try (Progress.Step step = run.progress().begin("verify", days.size(), "ticker-days")) {
      for (List<TickerDay> batch : batches(days)) {
        check(batch);
        if (crossLevels) {
          batch.forEach(this::compareLevels);
        }
        step.advance(batch.size());
      }
    }
    return report(days, selected.size(), (System.nanoTime() - started) / 1e9);
  }

  /**
   * What {@link #execute} would read back.
   *
   * @param before what the steps before it would do
   */
  public Plan plan(Plan before) {
    Set<TickerDay> days = new TreeSet<>(run.published().keySet());
    days.addAll(before.arriving());
    return new Plan(
        sample.of(days).stream()
            .map(day -> new Plan.Item("verify", day, Plan.State.SAMPLED, null, ""))
            .toList());
  }

  /** Ticker-days whose tables the ledger has in the same versions are read together. */
  private List<List<TickerDay>> batches(List<TickerDay> days) {
    List<List<TickerDay>> batches = new ArrayList<>();
    days.stream()
        .collect(Collectors.groupingBy(this::versions, LinkedHashMap::new, Collectors.toList()))
        .values()
        .forEach(
            group -> {
              for (int from = 0; from < group.size(); ) {
                int to = from + batch(group.subList(from, group.size()));
                batches.add(group.subList(from, to));
                from = to;
              }
            });
    return batches;
  }

  /** How many of the first of some ticker-days are read together. */
  private int batch(List<TickerDay> days) {
    int cores = run.spark().context().defaultParallelism();
    int size = 0;
    long events = 0;
    for (TickerDay day : days) {
      events += events(day);
      boolean isFull = size >= MOST_DAYS || events > EVENTS_PER_CORE * cores;
      if (isFull && size >= LEAST_DAYS_PER_CORE * cores) {
        break;
      }
      size++;
    }
    return size;
  }

  private void check(List<TickerDay> days) {
    TickerDayTables tables = tables(days);
    Map<TickerDay, Published> published =
        days.stream().collect(Collectors.toMap(day -> day, this::published));
    try {
      List<CheckResult> found =
          new ArrayList<>(StreamedChecks.byEvent(tables, published, run.hadoop()));
      found.addAll(StreamedChecks.byOrder(tables, published));
      results.addAll(found);
    } catch (Exception e) { // Spark throws checked exceptions that it does not declare
      if (days.size() > 1) {
        // In halves: few passes find the one ticker-day of many that cannot be read.
        check(days.subList(0, days.size() / 2));
        check(days.subList(days.size() / 2, days.size()));
      } else {
        results.add(ofSource(published.get(days.get(0))));
        results.add(unreadable(days.get(0), e));
      }
    }
  }

  /** What can be told of a ticker-day whose tables cannot be read. */
  private CheckResult ofSource(Published published) {
    SerializableConfiguration configuration = new SerializableConfiguration(run.hadoop());
    return run.spark()
        .tasks()
        .parallelize(List.of(published), 1)
        .map(day -> SourceCheck.ofHashes(day, new HadoopSource(configuration.value())))
        .first();
  }

  /** What cannot be read back is as wrong as what reads differently. */
  private CheckResult unreadable(TickerDay day, Exception failure) {
    return CheckResult.failed(
        day, "readable", damage(day).orElse("its tables cannot be read: " + root(failure)));
  }

  /** Spark does not say which column. */
  private Optional<String> damage(TickerDay day) {
    return new TreeMap<>(versions(day))
        .entrySet().stream()
            .map(each -> damage(day, each.getKey(), each.getValue()))
            .flatMap(Optional::stream)
            .findFirst();
  }

  private Optional<String> damage(TickerDay day, String table, long version) {
    try {
      List<String> paths = run.lake().files(table, version).paths(ReplaceScope.of(List.of(day)));
      return files.of(paths).map(words -> table + ": " + words);
    } catch (RuntimeException e) { // of Delta Kernel, of many kinds
      return Optional.of(table + ": version " + version + " cannot be read: " + root(e));
    }
  }

  private static Throwable root(Exception failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root;
  }

  private void compareLevels(TickerDay day) {
    ledger.keySet().stream()
        .filter(
            other ->
                other.tradeDate().equals(day.tradeDate())
                    && other.ticker().equals(day.ticker())
                    && other.levels() > day.levels())
        .max(Comparator.comparingInt(TickerDay::levels))
        .ifPresent(
            deepest -> {
              try {
                results.add(LevelsComparison.of(tables(List.of(deepest)), tables(List.of(day))));
              } catch (Exception e) { // Spark throws checked exceptions that it does not declare
                results.add(unreadable(day, e));
              }
            });
  }

  private TickerDayTables tables(List<TickerDay> days) {
    return new TickerDayTables(run.spark(), run.lake(), days, versions(days.get(0)));
  }

  @SuppressWarnings("unchecked")
  private Map<String, Long> versions(TickerDay day) {
    return (Map<String, Long>) ledger.get(day).get("table_versions");
  }

  private long events(TickerDay day) {
    return (Long) ledger.get(day).get("row_count");
  }

  private Published published(TickerDay day) {
    Map<String, Object> row = ledger.get(day);
    Map<String, Long> figures = new HashMap<>();
    TableCatalog.TICKER_DAYS.columns().stream()
        .filter(each -> each.type() == ColumnType.LONG || each.type() == ColumnType.INT)
        .filter(each -> row.get(each.name()) != null)
        .forEach(each -> figures.put(each.name(), ((Number) row.get(each.name())).longValue()));
    return new Published(
        day,
        figures,
        new SourceFiles(
            (String) row.get("message_file"),
            (String) row.get("message_sha256"),
            (String) row.get("orderbook_file"),
            (String) row.get("orderbook_sha256")),
        new TreeSet<>(versions(day).keySet()),
        held(row));
  }

  private static Map<String, Set<String>> held(Map<String, Object> row) {
    Map<String, Set<String>> held = new HashMap<>();
    ((Map<?, ?>) row.get("table_parameters"))
        .forEach(
            (table, names) -> {
              if (!names.equals("")) {
                held.put(table.toString(), new TreeSet<>(List.of(names.toString().split(","))));
              }
            });
    return held;
  }

  private Report report(List<TickerDay> days, int selected, double seconds) {
    results.sort(Comparator.comparing(CheckResult::tickerDay));
    long failed = results.stream().filter(each -> each.state() == CheckResult.State.FAILED).count();
    String title =
        String.format(
            Locale.ROOT,
            "verify of %s: %d of %d published ticker-days, %d checks, %d failed; %,d rows in %.1f s",
            run.lake().root(),
            days.size(),
            selected,
            results.size(),
            failed,
            results.stream().mapToLong(CheckResult::rows).sum(),
            seconds);
    return new Report(
        title,
        List.of("trade_date", "ticker", "levels", "check", "state", "rows", "first_difference"),
        results.stream().map(VerifyJob::row).toList(),
        failed > 0,
        figures(days));
  }

  private StepFigures figures(List<TickerDay> days) {
    long different =
        results.stream()
            .filter(each -> each.state() == CheckResult.State.FAILED)
            .map(CheckResult::tickerDay)
            .distinct()
            .count();
    long events = days.stream().mapToLong(this::events).sum();
    return new StepFigures(events, 0, 0, 0, 0, days.size() - different, different);
  }

  private static List<Object> row(CheckResult result) {
    return List.of(
        result.tickerDay().tradeDate(),
        result.tickerDay().ticker(),
        result.tickerDay().levels(),
        result.check(),
        result.state().word(),
        result.rows(),
        result.note());
  }
}
