package io.booklake.job;

import io.booklake.table.TableCatalog;
import io.booklake.transform.DepthMetrics;
import io.booklake.transform.SliceSpec;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

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

  /** Does it, and reports the steps of each ticker-day. */
  public Report execute() {
    return new DerivedTable(
            run,
            TableCatalog.DEPTH_METRICS,
            Specs.names(grids),
            Map.of("grid_spec", Specs.names(grids)),
            this::metrics)
        .update(force);
  }

  private Dataset<Row> metrics(DerivedTable.Inputs inputs) {
    Dataset<Row> paired = inputs.paired();
    return grids.stream()
        .map(grid -> DepthMetrics.of(paired, inputs.sessions(), grid))
        .reduce(Dataset::union)
        .orElseThrow();
  }
}
