package io.booklake.aggregate;

import io.booklake.aggregate.ValueArea.TradedRow;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.LongStream;

/**
 * The slow twin of {@link ValueArea}: the rule word by word, on an array with every row between the
 * lowest and the highest trade.
 */
final class LiteralValueArea {

  private LiteralValueArea() {}

  /** NULL where nothing traded. */
  static ValueArea of(List<TradedRow> rows, long binTicks) {
    TreeMap<Long, Long> traded = new TreeMap<>();
    rows.stream()
        .filter(row -> row.volume() > 0)
        .forEach(row -> traded.put(row.priceTicks(), row.volume()));
    if (traded.isEmpty()) {
      return null;
    }
    long lowest = traded.firstKey();
    int size = (int) ((traded.lastKey() - lowest) / binTicks) + 1;
    long[] volumes =
        LongStream.range(0, size)
            .map(i -> traded.getOrDefault(lowest + i * binTicks, 0L))
            .toArray();
    int pointOfControl = 0;
    for (int i = 1; i < size; i++) {
      boolean nearer = Math.abs(i - (size - 1) / 2.0) < Math.abs(pointOfControl - (size - 1) / 2.0);
      boolean tied = volumes[i] == volumes[pointOfControl];
      if (volumes[i] > volumes[pointOfControl] || (tied && nearer)) {
        pointOfControl = i;
      }
    }
    int low = pointOfControl;
    int high = pointOfControl;
    while (10 * sum(volumes, low, high) < 7 * LongStream.of(volumes).sum()) {
      long above = sum(volumes, high + 1, high + 2);
      long below = sum(volumes, low - 2, low - 1);
      if (high < size - 1 && (low == 0 || above >= below)) {
        high = Math.min(high + 2, size - 1);
      } else {
        low = Math.max(low - 2, 0);
      }
    }
    return new ValueArea(
        lowest + pointOfControl * binTicks, lowest + low * binTicks, lowest + high * binTicks);
  }

  private static long sum(long[] volumes, int from, int to) {
    long sum = 0;
    for (int i = Math.max(from, 0); i <= Math.min(to, volumes.length - 1); i++) {
      sum += volumes[i];
    }
    return sum;
  }
}
