package io.booklake.table;

import java.util.List;
import java.util.stream.Collectors;

/** The table catalog as a Markdown page: {@code docs/data-dictionary.md}. */
public final class DataDictionary {
  private static final String INTRODUCTION =
      """
      # Data dictionary

      Every table of the lake, one folder each under its root, readable by any Delta reader. Generated from the table
      catalog; a test fails where this page and the catalog differ, and says how to write it anew.

      `event_index` is the only order key: many events share a time. Prices of events are whole numbers of 1/10,000 USD;
      prices of bars, profiles and metrics are USD.
      """;

  private static final String REPEATED_LEVELS =
      """

      The columns of level 1 repeat for every level, `_1`, `_2` and so on, to the deepest that the lake has seen.
      """;

  private DataDictionary() {}

  /** The whole page. */
  public static String markdown() {
    return INTRODUCTION
        + TableCatalog.all().stream().map(DataDictionary::section).collect(Collectors.joining());
  }

  private static String section(Table table) {
    return "\n## "
        + table.name()
        + "\n\n"
        + table.comment()
        + ".\n\n- One row per: "
        + table.rowPer()
        + "\n- Partitioned by: "
        + names(table.partitionColumns())
        + "\n- Sorted within a file by: "
        + names(table.sortColumns())
        + "\n- Files are pruned by: "
        + names(table.statisticsColumns())
        + "\n\n| column | type | meaning |\n|---|---|---|\n"
        + table.columns().stream().map(DataDictionary::row).collect(Collectors.joining())
        + (table.name().equals(TableCatalog.depth(1).name()) ? REPEATED_LEVELS : "");
  }

  private static String names(List<String> columns) {
    return columns.isEmpty()
        ? "nothing"
        : columns.stream().map(DataDictionary::code).collect(Collectors.joining(", "));
  }

  private static String row(Column column) {
    return "| "
        + code(column.name())
        + " | "
        + column.type().sql()
        + " | "
        + column.comment().replace("|", "\\|")
        + " |\n";
  }

  private static String code(String name) {
    return "`" + name + "`";
  }
}
