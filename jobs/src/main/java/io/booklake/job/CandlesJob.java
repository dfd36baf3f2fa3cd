package io.booklake.job;

import io.booklake.table.TableCatalog;
import io.booklake.transform.Candles;
import io.booklake.transform.SliceSpec;
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

  /** Does it, and reports the bars of each ticker-day. */
  public Report execute() {
    return new DerivedTable(
            run,
            TableCatalog.CANDLES,
            names(),
            Map.of("bar_spec", Specs.names(bars)),
            inputs ->
                emptyBars
                    ? Candles.withEmptyBars(inputs.paired(), inputs.sessions(), bars)
                    : Candles.of(inputs.paired(), inputs.sessions(), bars))
        .update(force);
  }

  /** With and without empty bars are two things to hold. */
  private Set<String> names() {
    return bars.stream()
        .map(
            bar -> emptyBars && bar.kind() == SliceSpec.Kind.TIME ? bar + "+empty" : bar.toString())
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
