package io.booklake.read;

import io.booklake.model.PriceBin;
import io.booklake.model.TickerDay;
import io.booklake.table.SlicedTable;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * The bars, windows or grids that a derived table holds of a ticker-day, as its ledger notes them:
 * {@code time:1m+empty}, {@code session@0.01}.
 *
 * <p>Each has one name. That of a window is enough where one width of price bins is held of it;
 * where several are, the width in US dollars is part of the name.
 */
final class HeldSpecs {
  private static final String WIDTH = "bin_size";

  /**
   * One of them.
   *
   * @param slices as it stands in the table
   * @param bin null in a table without price bins
   */
  private record Held(String slices, PriceBin bin) {
    String full() {
      return bin == null ? slices : slices + "@" + bin;
    }
  }

  private final TickerDay day;
  private final String table;
  private final List<Held> all;

  /**
   * Those of a table; none of a table that is not derived.
   *
   * @param note the ledger's, with commas between; empty if there are none
   */
  HeldSpecs(TickerDay day, String table, String note) {
    this.day = day;
    this.table = table;
    this.all =
        Arrays.stream(note.split(","))
            .filter(name -> !name.isEmpty())
            .map(name -> held(table, name))
            .distinct()
            .toList();
  }

  private static Held held(String table, String name) {
    String[] parts = SlicedTable.rows(name).split("@", 2);
    boolean hasWidth = parts.length > 1 && hasWidths(table);
    return new Held(parts[0], hasWidth ? PriceBin.parse(parts[1]) : null);
  }

  private static boolean hasWidths(String table) {
    return SlicedTable.of(table).filter(SlicedTable::hasPriceBins).isPresent();
  }

  /** Whether a query of a table may name one of them. */
  static boolean areIn(String table) {
    return SlicedTable.of(table).isPresent();
  }

  /** The name of each, which stands for it alone. */
  List<String> names() {
    return all.stream()
        .map(each -> widths(each.slices).count() > 1 ? each.full() : each.slices)
        .toList();
  }

  private Stream<Held> widths(String slices) {
    return all.stream().filter(each -> each.slices.equals(slices));
  }

  /**
   * What the rows of one of them meet.
   *
   * @param wanted its name in any spelling: {@code time:60s} is {@code time:1m}
   * @throws IllegalArgumentException if the table has none at all, or several are called so
   * @throws NotPublishedException if it is not held
   */
  List<Condition> conditions(String wanted) {
    SlicedTable sliced =
        SlicedTable.of(table)
            .orElseThrow(
                () -> new IllegalArgumentException(table + " has no bars, windows or grids"));
    Held named = named(sliced, wanted);
    List<Held> found =
        widths(named.slices)
            .filter(each -> named.bin == null || named.bin.equals(each.bin))
            .toList();
    if (found.isEmpty()) {
      throw new NotPublishedException(
          table
              + " of "
              + day
              + " does not hold "
              + wanted
              + ", but "
              + (all.isEmpty() ? "nothing yet" : String.join(", ", names()))
              + ": run the job that makes it first");
    }
    if (found.size() > 1) {
      throw new IllegalArgumentException(
          "found "
              + wanted
              + ", of which "
              + table
              + " of "
              + day
              + " holds several widths of price bins, expected one of "
              + String.join(", ", found.stream().map(Held::full).toList()));
    }
    Condition slices = Condition.equal(sliced.specColumn(), found.get(0).slices);
    PriceBin bin = found.get(0).bin;
    return bin == null ? List.of(slices) : List.of(slices, Condition.equal(WIDTH, bin.dollars()));
  }

  /** What is no name of any bar at all is held nowhere, which is what its user is told. */
  private static Held named(SlicedTable sliced, String wanted) {
    String[] parts = wanted.split("@", 2);
    try {
      if (parts.length > 1 && !sliced.hasPriceBins()) {
        return new Held(wanted, null);
      }
      return new Held(
          sliced.parser().apply(parts[0]).toString(),
          parts.length > 1 ? PriceBin.parse(parts[1]) : null);
    } catch (IllegalArgumentException e) {
      return new Held(wanted, null);
    }
  }
}
