package io.booklake.job;

import io.booklake.aggregate.Aggregation;
import io.booklake.aggregate.DepthMetrics;
import io.booklake.lake.derived.Recipe;
import io.booklake.model.SliceSpec;
import io.booklake.model.TickerDay;
import io.booklake.table.TableCatalog;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * Computes the {@code depth_metrics} of published ticker-days from {@code messages} and {@code
 * depth}.
 *
 * <pre>{@code booklake depth-metrics --grids time:1s,events:1000 --lake /data/lake}</pre>
 */
public final class DepthMetricsJob {
  private final Run run;
  private final List<SliceSpec> grids;
  private final boolean force;

  /**
   * A job of a run.
   *
   * @param grids which; the settings' where empty
   * @param force computes again what is there
   */
  public DepthMetricsJob(Run run, List<String> grids, boolean force) {
    this.run = run;
    this.grids =
        Specs.parse(
            grids.isEmpty() ? run.settings().depthMetrics().grids() : grids, SliceSpec::grid);
    this.force = force;
  }

  /**
   * Does it, and reports the steps of each ticker-day.
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
        TableCatalog.DEPTH_METRICS,
        Specs.names(grids),
        Map.of("grid_spec", Specs.names(grids)),
        new MetricsRecipe(grids));
  }

  private record MetricsRecipe(List<SliceSpec> grids) implements Recipe {
    @Override
    public List<Aggregation> aggregations() {
      return grids.stream()
          .sorted(Comparator.comparing(SliceSpec::toString))
          .map(grid -> (Aggregation) new DepthMetrics(grid))
          .toList();
    }

    /** All there are: near the mid is a matter of price. */
    @Override
    public int levels(TickerDay day) {
      return day.levels();
    }
  }
}
