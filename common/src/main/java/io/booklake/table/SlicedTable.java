package io.booklake.table;

import io.booklake.model.SliceSpec;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** The tables of bars, windows or steps, each of which may hold several kinds of them. */
public enum SlicedTable {
  CANDLES(TableCatalog.CANDLES, "bar_spec", "bar_index", SliceSpec::bar, false),
  VOLUME_PROFILE(
      TableCatalog.VOLUME_PROFILE, "window_spec", "window_index", SliceSpec::window, true),
  DEPTH_METRICS(TableCatalog.DEPTH_METRICS, "grid_spec", "step_index", SliceSpec::grid, false);

  private final Table table;
  private final String specColumn;
  private final String numberColumn;
  private final Function<String, SliceSpec> parser;
  private final boolean hasPriceBins;

  SlicedTable(
      Table table,
      String specColumn,
      String numberColumn,
      Function<String, SliceSpec> parser,
      boolean hasPriceBins) {
    this.table = table;
    this.specColumn = specColumn;
    this.numberColumn = numberColumn;
    this.parser = parser;
    this.hasPriceBins = hasPriceBins;
  }

  /** The one of a name in the lake, if it is one. */
  public static Optional<SlicedTable> of(String name) {
    return Stream.of(values()).filter(each -> each.table.name().equals(name)).findFirst();
  }

  /** As the catalog has it. */
  public Table table() {
    return table;
  }

  /** The column that tells the kinds apart. */
  public String specColumn() {
    return specColumn;
  }

  /** The column with the number of the bar, window or step among those of its kind. */
  public String numberColumn() {
    return numberColumn;
  }

  /** Whether rows are of price bins, whose width is part of the kind. */
  public boolean hasPriceBins() {
    return hasPriceBins;
  }

  /**
   * Reads a kind.
   *
   * @throws IllegalArgumentException saying what was found and what was expected
   */
  public SliceSpec spec(String text) {
    return parser.apply(text);
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
