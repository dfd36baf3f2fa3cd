package io.booklake.lake.columnar;

import io.booklake.table.ColumnRange;
import java.io.Serializable;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * One row group of a data file, as the footer tells of it.
 *
 * @param file URI of the file, decoded
 * @param number 0-based, in the file
 * @param rows in it
 * @param ranges by column; no entry where the footer does not say
 */
public record RowGroup(String file, int number, long rows, Map<String, ColumnRange> ranges)
    implements Serializable {

  /** By where they begin in the order of some columns; what is not known, or NULL, comes first. */
  public static Comparator<RowGroup> byBegin(List<String> order) {
    Comparator<RowGroup> byPlace =
        Comparator.comparing(RowGroup::file).thenComparing(RowGroup::number);
    return Stream.concat(order.stream().map(RowGroup::byBegin), Stream.of(byPlace))
        .reduce(Comparator::thenComparing)
        .orElseThrow();
  }

  private static Comparator<RowGroup> byBegin(String column) {
    return (one, other) -> compareBegin(column, one, other);
  }

  private static int compareBegin(String column, RowGroup one, RowGroup other) {
    boolean isKnown = one.isKnown(column);
    return isKnown && other.isKnown(column)
        ? compare(one.ranges.get(column).min(), other.ranges.get(column).min())
        : Boolean.compare(isKnown, other.isKnown(column));
  }

  /**
   * Whether no row of another row group comes before one of this, in the order of some columns; of
   * two that follow one another in a file it is taken for granted.
   */
  public boolean isBefore(RowGroup other, List<String> order) {
    if (file.equals(other.file) && number + 1 == other.number) {
      return true;
    }
    for (String column : order) {
      if (!isKnown(column) || !other.isKnown(column)) {
        return false;
      }
      Comparable<?> last = ranges.get(column).max();
      int step = compare(last, other.ranges.get(column).min());
      if (step != 0) {
        return step < 0;
      }
      boolean isOneValue =
          compare(ranges.get(column).min(), last) == 0
              && compare(last, other.ranges.get(column).max()) == 0;
      if (!isOneValue) {
        return false;
      }
    }
    return true;
  }

  private boolean isKnown(String column) {
    ColumnRange range = ranges.get(column);
    return range != null && range.nulls() == 0 && range.min() != null;
  }

  /** Values of one column have one type. */
  @SuppressWarnings("unchecked")
  private static int compare(Comparable<?> left, Comparable<?> right) {
    return ((Comparable<Object>) left).compareTo(right);
  }
}
