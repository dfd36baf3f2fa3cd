package io.booklake.table;

import io.booklake.model.SliceSpec;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A table of bars, windows or steps, which may hold several kinds of them.
 *
 * @param table as the catalog has it
 * @param specColumn tells the kinds apart
 * @param numberColumn has the number of the bar, window or step among those of its kind
 * @param parser reads a kind, or throws {@link IllegalArgumentException}
 * @param hasPriceBins whether rows are of price bins, whose width is part of the kind
 */
public record SlicedTable(
    Table table,
    String specColumn,
    String numberColumn,
    Function<String, SliceSpec> parser,
    boolean hasPriceBins) {

  /** All there are. */
  public static final List<SlicedTable> ALL =
      List.of(
          new SlicedTable(TableCatalog.CANDLES, "bar_spec", "bar_index", SliceSpec::bar, false),
          new SlicedTable(
              TableCatalog.VOLUME_PROFILE, "window_spec", "window_index", SliceSpec::window, true),
          new SlicedTable(
              TableCatalog.DEPTH_METRICS, "grid_spec", "step_index", SliceSpec::grid, false));

  /** The one of a name in the lake, if it is one. */
  public static Optional<SlicedTable> of(String name) {
    return ALL.stream().filter(each -> each.table.name().equals(name)).findFirst();
  }

  /**
   * Which rows the ledger notes by a name such as {@code time:1m+empty}: behind a '+' stands how
   * they were computed.
   */
  public static String rows(String held) {
    int plus = held.indexOf('+');
    return plus < 0 ? held : held.substring(0, plus);
  }
}
