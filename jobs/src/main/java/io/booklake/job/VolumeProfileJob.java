package io.booklake.job;

import io.booklake.aggregate.Aggregation;
import io.booklake.aggregate.VolumeProfile;
import io.booklake.lake.derived.Recipe;
import io.booklake.model.PriceBin;
import io.booklake.model.SliceSpec;
import io.booklake.model.TickerDay;
import io.booklake.table.TableCatalog;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Computes the {@code volume_profile} of published ticker-days from {@code messages}.
 *
 * <pre>{@code booklake volume-profile --windows session,time:30m --bin 0.01 --lake /data/lake}
 * </pre>
 */
public final class VolumeProfileJob {
  private final Run run;
  private final List<SliceSpec> windows;
  private final PriceBin bin;
  private final boolean force;

  /**
   * A job of a run.
   *
   * @param windows which; the settings' where empty
   * @param binDollars width of a bin; the settings' where null
   * @param force computes again what is there
   */
  public VolumeProfileJob(Run run, List<String> windows, String binDollars, boolean force) {
    this.run = run;
    this.windows =
        Specs.parse(
            windows.isEmpty() ? run.settings().volumeProfile().windows() : windows,
            SliceSpec::window);
    this.bin =
        Specs.bin(
            binDollars == null
                ? run.settings().volumeProfile().binDollars().toString()
                : binDollars);
    this.force = force;
  }

  /**
   * Does it, and reports the bins of each ticker-day.
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
        TableCatalog.VOLUME_PROFILE,
        Specs.names(windows).stream()
            .map(name -> name + "@" + bin.dollars())
            .collect(Collectors.toCollection(java.util.TreeSet::new)),
        Map.of("window_spec", Specs.names(windows), "bin_size", Set.of(bin.dollars())),
        new ProfileRecipe(windows, bin));
  }

  private record ProfileRecipe(List<SliceSpec> windows, PriceBin bin) implements Recipe {
    @Override
    public List<Aggregation> aggregations() {
      return windows.stream()
          .sorted(Comparator.comparing(SliceSpec::toString))
          .map(window -> (Aggregation) new VolumeProfile(window, bin))
          .toList();
    }

    @Override
    public int levels(TickerDay day) {
      return 0;
    }
  }
}
