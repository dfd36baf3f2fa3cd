package io.booklake.spark;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/** Packs work into bins of about equal size, one for each of Spark's tasks. */
public final class Bins {
  private Bins() {}

  /**
   * Packs. What belongs together by its group is never in a bin with another group; an item is
   * never split, so one that is larger than a bin stands alone.
   *
   * @param items in the order that they shall have in their bins
   * @param target size at which a bin is full
   * @return the largest first, so that no large one begins last and is waited for
   */
  public static <T, G> List<List<T>> pack(
      List<T> items, Function<T, G> group, ToLongFunction<T> size, long target) {
    List<List<T>> bins = new ArrayList<>();
    List<T> open = new ArrayList<>();
    long filled = 0;
    for (T item : items) {
      boolean fits =
          filled + size.applyAsLong(item) <= target
              && (open.isEmpty() || group.apply(open.get(0)).equals(group.apply(item)));
      if (!open.isEmpty() && !fits) {
        bins.add(open);
        open = new ArrayList<>();
        filled = 0;
      }
      open.add(item);
      filled += size.applyAsLong(item);
    }
    if (!open.isEmpty()) {
      bins.add(open);
    }
    bins.sort(
        Comparator.comparingLong((List<T> bin) -> bin.stream().mapToLong(size).sum()).reversed());
    return bins;
  }
}
