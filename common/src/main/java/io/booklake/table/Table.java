package io.booklake.table;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;

/**
 * One table of the lake.
 *
 * @param name folder under the lake's root, and the table's name everywhere
 * @param rowPer what one row stands for
 * @param comment one sentence, stored in the table itself
 * @param columns in their order
 * @param partitionColumns Delta partition columns; empty for the small tables of the lake itself
 * @param sortColumns order of the rows inside each file
 * @param statisticsColumns columns that readers prune files by: min and max are kept for exactly
 *     these
 */
public record Table(
    String name,
    String rowPer,
    String comment,
    List<Column> columns,
    List<String> partitionColumns,
    List<String> sortColumns,
    List<String> statisticsColumns)
    implements Serializable {

  /** Keeps its own copies and checks that the layout names columns of the table. */
  public Table {
    columns = List.copyOf(columns);
    partitionColumns = List.copyOf(partitionColumns);
    sortColumns = List.copyOf(sortColumns);
    statisticsColumns = List.copyOf(statisticsColumns);
    List<String> names = columns.stream().map(Column::name).toList();
    if (names.stream().distinct().count() != names.size()) {
      throw new IllegalArgumentException("a column of " + name + " is named twice");
    }
    for (List<String> layout : List.of(partitionColumns, sortColumns, statisticsColumns)) {
      List<String> unknown = new ArrayList<>(layout);
      unknown.removeAll(names);
      if (!unknown.isEmpty()) {
        throw new IllegalArgumentException(name + " has no columns " + unknown);
      }
    }
  }

  /** Its name on the command line: {@code volume-profile}. */
  public String word() {
    return name.replace('_', '-');
  }

  /** Names of all columns, in their order. */
  public List<String> columnNames() {
    return columns.stream().map(Column::name).toList();
  }

  /**
   * One of its columns.
   *
   * @throws NoSuchElementException if the table has no such column
   */
  public Column column(String wanted) {
    for (Column column : columns) {
      if (column.name().equals(wanted)) {
        return column;
      }
    }
    throw new NoSuchElementException(name + " has no column " + wanted);
  }

  /**
   * Some columns of this table, in the order they are named, without its layout: what a reader asks
   * for.
   *
   * @throws NoSuchElementException if the table has no such column
   */
  public Table of(List<String> names) {
    // Depth has as many columns as fifty levels need: each is not looked for among all others.
    Map<String, Column> known = new HashMap<>();
    columns.forEach(column -> known.put(column.name(), column));
    List<Column> chosen = new ArrayList<>();
    for (String wanted : names) {
      Column column = known.get(wanted);
      if (column == null) {
        throw new NoSuchElementException(name + " has no column " + wanted);
      }
      chosen.add(column);
    }
    return new Table(name, rowPer, comment, chosen, List.of(), List.of(), List.of());
  }
}
