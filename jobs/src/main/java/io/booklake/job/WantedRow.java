package io.booklake.job;

import io.booklake.model.SliceSpec;
import io.booklake.table.SlicedTable;
import io.booklake.table.Table;
import io.booklake.table.TableCatalog;
import java.time.LocalTime;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A row, or the rows that belong together, of a table of one ticker-day.
 *
 * @param table its name in the lake
 * @param spec the kind of bar, window or grid, as {@link io.booklake.read.RowQuery} takes it; null
 *     in a table of events
 * @param number of the bar, window or step; of the event in a table of events
 */
public record WantedRow(String table, String spec, long number) {

  private static final List<String> OF_EVENTS = List.of("messages", "depth", "trades", "mbo");

  private static final Pattern NUMBER = Pattern.compile("\\d{1,18}");

  /**
   * The rows of an event.
   *
   * @param name of the table, as the command line or the lake has it
   * @throws InvalidInputException if there is no such table
   */
  public static WantedRow event(String name, long eventIndex) {
    String table = table(name);
    if (!OF_EVENTS.contains(table)) {
      throw new InvalidInputException(
          SlicedTable.of(table).isPresent()
              ? "a row of " + name + " is named by --bar, not by --index"
              : unknown(name));
    }
    return new WantedRow(table, null, eventIndex);
  }

  /**
   * The rows of a bar, window or step.
   *
   * @param name of the table, as the command line or the lake has it
   * @param text the kind and which one of it, by its number or, for slices of time, by a time in
   *     it: {@code events:50@120}, {@code time:1m@09:35}, {@code session@0}; {@code session@0.05@0}
   *     where a window is held with several widths of price bins
   * @throws InvalidInputException if it cannot be read, or there is no such table
   */
  public static WantedRow bar(String name, String text) {
    String table = table(name);
    SlicedTable sliced =
        SlicedTable.of(table)
            .orElseThrow(
                () ->
                    new InvalidInputException(
                        OF_EVENTS.contains(table)
                            ? "a row of " + name + " is named by --index, not by --bar"
                            : unknown(name)));
    int mark = text.lastIndexOf('@');
    if (mark < 0) {
      throw unreadable(text, null);
    }
    String which = text.substring(mark + 1);
    String[] kindAndWidth = text.substring(0, mark).split("@", 2);
    SliceSpec slices = spec(sliced, kindAndWidth[0]);
    String spec = kindAndWidth.length == 1 ? slices.toString() : slices + "@" + kindAndWidth[1];
    if (NUMBER.matcher(which).matches()) {
      return new WantedRow(table, spec, Long.parseLong(which));
    }
    if (slices.kind() != SliceSpec.Kind.TIME) {
      throw unreadable(text, null);
    }
    try {
      return new WantedRow(table, spec, LocalTime.parse(which).toNanoOfDay() / slices.size());
    } catch (DateTimeParseException e) {
      throw unreadable(text, e);
    }
  }

  private static String table(String name) {
    return TableCatalog.named(name).map(Table::name).orElse(name);
  }

  private static SliceSpec spec(SlicedTable sliced, String text) {
    try {
      return sliced.parser().apply(text);
    } catch (IllegalArgumentException e) {
      throw new InvalidInputException("--bar: " + e.getMessage(), e);
    }
  }

  private static InvalidInputException unreadable(String text, Exception cause) {
    return new InvalidInputException(
        "--bar: found '"
            + text
            + "', expected a kind and which one of it, such as time:1m@09:35 (the bar of that time),"
            + " events:50@120 or session@0 (by number)",
        cause);
  }

  private static String unknown(String table) {
    return "--table: found '"
        + table
        + "', expected one of "
        + OF_EVENTS
        + " with --index or of "
        + SlicedTable.ALL.stream().map(each -> each.table().word()).toList()
        + " with --bar";
  }

  /** Whether it is of an event. */
  boolean isOfAnEvent() {
    return spec == null;
  }

  /** The column that holds the number. */
  String numberColumn() {
    return SlicedTable.of(table).map(SlicedTable::numberColumn).orElse("event_index");
  }

  /** For people: {@code time:1m number 575}, {@code event 12}. */
  @Override
  public String toString() {
    return isOfAnEvent() ? "event " + number : spec + " number " + number;
  }
}
