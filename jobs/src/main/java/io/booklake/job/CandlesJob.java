package io.booklake.job;

import io.booklake.aggregate.Aggregation;
import io.booklake.aggregate.Candles;
import io.booklake.lake.derived.Recipe;
import io.booklake.model.SliceSpec;
import io.booklake.model.TickerDay;
import io.booklake.table.TableCatalog;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Computes the {@code candles} of published ticker-days from {@code messages} and {@code depth}.
 *
 * <pre>{@code booklake candles --bars time:1m,events:50,volume:10000 --lake /data/lake}</pre>
 */
public final class CandlesJob {
  private final Run run;
  private final List<SliceSpec> bars;
  private final boolean emptyBars;
  private final boolean force;

  /**
   * A job of a run.
   *
   * @param bars which; the settings' where empty
   * @param force computes again what is there
   */
  public CandlesJob(Run run, List<String> bars, boolean emptyBars, boolean force) {
    this.run = run;
    this.bars =
        Specs.parse(bars.isEmpty() ? run.settings().candles().bars() : bars, SliceSpec::bar);
    this.emptyBars = emptyBars || run.settings().candles().emptyBars();
    this.force = force;
  }

  /**
   * Does it, and reports the bars of each ticker-day.
   *
   * @throws InvalidInputException if there is no lake
   */
  public Report execute() {
    run.requireLake();
    return table().update(force);
  }

  /** The table that it brings up to date. */
  public DerivedTable table() {
    return new DerivedTable(
        run,
        TableCatalog.CANDLES,
        names(),
        Map.of("bar_spec", Specs.names(bars)),
        new CandlesRecipe(bars, emptyBars));
  }

  /** With and without empty bars are two things to hold. */
  private Set<String> names() {
    return bars.stream()
        .map(
            bar -> emptyBars && bar.kind() == SliceSpec.Kind.TIME ? bar + "+empty" : bar.toString())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private record CandlesRecipe(List<SliceSpec> bars, boolean emptyBars) implements Recipe {
    @Override
    public List<Aggregation> aggregations() {
      return bars.stream()
          .sorted(Comparator.comparing(SliceSpec::toString))
          .map(bar -> (Aggregation) new Candles(bar, emptyBars))
          .toList();
    }

    /** Bars look at the best level alone. */
    @Override
    public int levels(TickerDay day) {
      return 1;
    }
  }
}
