package io.booklake.book;

import io.booklake.model.EventType;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * A ticker-day drawn by hand, a line per event:
 *
 * <pre>
 * second  word   id side  size @ price | bids, best first | asks, best first
 * 1       new     7 buy    100 @ 99    | 99x100 98x50     | 101x20
 * </pre>
 */
final class DrawnDay {
  private static final Map<String, Byte> TYPES =
      Map.of(
          "new", EventType.NEW_ORDER,
          "cancel", EventType.PARTIAL_CANCEL,
          "delete", EventType.DELETE,
          "execute", EventType.VISIBLE_EXECUTION,
          "hidden", EventType.HIDDEN_EXECUTION,
          "cross", EventType.CROSS_TRADE,
          "halt", EventType.HALT);

  private DrawnDay() {}

  static Day of(int levels, String drawing) {
    Day day = new Day(levels);
    drawing
        .lines()
        .map(String::trim)
        .filter(line -> !line.isEmpty())
        .forEach(line -> add(day, line));
    return day;
  }

  /** The drawing rebuilt, with a snapshot after every event. */
  static Recording rebuilt(int levels, String drawing) {
    Day day = of(levels, drawing);
    Recording recording = Recording.of(day, 1, 1024);
    ReplayCheck.everyRowAgrees(day, recording);
    ReplayCheck.everySnapshotLeadsToTheNext(day, recording, 1);
    return recording;
  }

  /** What the book looks like after an event: {@code 99: ?50 #7x100}, with {@code ?} residuals. */
  static String book(Recording recording, long eventIndex) {
    StringBuilder text = new StringBuilder();
    long lastPrice = Long.MIN_VALUE;
    for (Recording.SnapshotRow row : recording.snapshots) {
      if (row.snapshotIndex() != eventIndex) {
        continue;
      }
      if (row.priceTicks() != lastPrice) {
        text.append(text.isEmpty() ? "" : ", ").append(row.level() == 0 ? "(far) " : "");
        text.append(row.priceTicks()).append(':');
        lastPrice = row.priceTicks();
      }
      text.append(' ').append(row.orderId() == null ? "?" : "#" + row.orderId() + "x");
      text.append(row.size()).append(row.origin() == Origin.REVALIDATED ? "~" : "");
    }
    return text.toString();
  }

  private static void add(Day day, String line) {
    List<String> parts = Arrays.stream(line.split("\\|", -1)).map(String::trim).toList();
    List<String> event = Arrays.asList(parts.get(0).split("\\s+"));
    day.events.add(
        new Day.Event(
            day.events.size(),
            (long) (Double.parseDouble(event.get(0)) * 1e9),
            TYPES.get(event.get(1)),
            Long.parseLong(event.get(2)),
            Long.parseLong(event.get(4)),
            Long.parseLong(event.get(6)),
            (byte) (event.get(3).equals("buy") ? 1 : -1),
            Day.padded((byte) -1, day.levels, numbers(parts.get(2), 0)),
            Arrays.copyOf(numbers(parts.get(2), 1), day.levels),
            Day.padded((byte) 1, day.levels, numbers(parts.get(1), 0)),
            Arrays.copyOf(numbers(parts.get(1), 1), day.levels)));
  }

  private static long[] numbers(String levels, int part) {
    return Arrays.stream(levels.split("\\s+"))
        .filter(level -> !level.isEmpty())
        .mapToLong(level -> Long.parseLong(List.of(level.split("x")).get(part)))
        .toArray();
  }
}
